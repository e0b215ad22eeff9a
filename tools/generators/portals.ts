// What each portal definition says, in three texts that need no TypeScript to review: who may do what, the row policies, and the schema of a definition.
import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { z } from 'zod'
import { policyRules } from '../../src/context/portal-definition.ts'
import { permissions } from '../../src/definition/printed/permissions.ts'
import { checkedDefinition, readDefinition } from '../../src/definition/read.ts'
import { definitionSchema } from '../../src/definition/schema.ts'
import { rowPolicies } from '../../src/rows/row-policies.ts'

const folder = join(import.meta.dirname, '..', '..', 'portals')

export function generate(): { path: string; text: string }[] {
  const portals = readdirSync(folder).filter((file) => file.endsWith('.yaml'))
  return [schema(), ...portals.flatMap((file) => texts(readFileSync(join(folder, file), 'utf8'), file, basename(file, '.yaml')))]
}

function texts(source: string, file: string, name: string): { path: string; text: string }[] {
  const law = readDefinition(source, file)
  return [
    { path: `docs/permissions/${name}.txt`, text: permissions(checkedDefinition(source, file), law) },
    {
      path: `docs/row-policies/${name}.sql`,
      text: `-- Generated from portals/${name}.yaml: what the database itself lets through, under every query.\n${rowPolicies(policyRules(law))}\n`,
    },
  ]
}

function schema(): { path: string; text: string } {
  const title = 'A portal definition of Latchkey'
  return { path: 'docs/portal.schema.json', text: `${JSON.stringify({ title, ...z.toJSONSchema(definitionSchema) }, null, 2)}\n` }
}
