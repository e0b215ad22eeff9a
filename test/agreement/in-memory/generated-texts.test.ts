// The texts that are generated from the portals and committed for review are what the compiled portals say: row policies, and who may do what in words.
import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { policyRules } from '../../../src/context/portal-definition.ts'
import { permissions } from '../../../src/definition/printed/permissions.ts'
import { checkedDefinition } from '../../../src/definition/read.ts'
import type { Law } from '../../../src/law/law.ts'
import { lawOf } from '../../../src/law/scene.test-support.ts'
import { rowPolicies } from '../../../src/rows/row-policies.ts'

const root = new URL('../../../', import.meta.url)
const textOf = (path: string): string => readFileSync(new URL(path, root), 'utf8')
const portals = readdirSync(new URL('portals', root)).map((file) => file.replace('.yaml', ''))

const policiesOf = (law: Law): string => rowPolicies(policyRules(law))

test.each(portals)('docs/row-policies/%s.sql is what is generated', (portal) => {
  const [head, ...policies] = textOf(`docs/row-policies/${portal}.sql`).split('\n')
  expect(head).toContain(`portals/${portal}.yaml`)
  expect(`${policiesOf(lawOf(portal))}\n`).toBe(policies.join('\n'))
})

test.each(portals)('docs/permissions/%s.txt is what the definition says in words', (portal) => {
  const definition = checkedDefinition(textOf(`portals/${portal}.yaml`), `${portal}.yaml`)
  expect(permissions(definition, lawOf(portal))).toBe(textOf(`docs/permissions/${portal}.txt`))
})
