// The texts that are generated from the portals and committed for review are what the compiled portals say: row policies, and who may do what in words.
import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { permissions } from '../../../src/definition/printed/permissions.ts'
import { checkedDefinition } from '../../../src/definition/read.ts'
import type { Action, Law } from '../../../src/law/law.ts'
import { lawOf } from '../../../src/law/scene.test-support.ts'
import { never } from '../../../src/rows/expression.ts'
import { rowPolicies } from '../../../src/rows/row-policies.ts'

const root = new URL('../../../', import.meta.url)
const textOf = (path: string): string => readFileSync(new URL(path, root), 'utf8')
const portals = readdirSync(new URL('portals', root)).map((file) => file.replace('.yaml', ''))

/** The rules of every kind as the policies need them: what is read, what is opened, and everything else that changes a record. */
function policiesOf(law: Law): string {
  const kinds = [...law.kinds.values()].map(({ kind, actions }) => {
    const rule = (action: string) => law.rules.get(`${kind}:${action}` as Action) ?? never
    const change = actions.filter(({ action }) => !['read', 'open'].includes(action)).map(({ action }) => rule(action))
    return { kind, read: rule('read'), open: rule('open'), change }
  })
  return rowPolicies({ kinds, grantees: law.grantees })
}

test.each(portals)('docs/row-policies/%s.sql is what is generated', (portal) => {
  const [head, ...policies] = textOf(`docs/row-policies/${portal}.sql`).split('\n')
  expect(head).toContain(`portals/${portal}.yaml`)
  expect(`${policiesOf(lawOf(portal))}\n`).toBe(policies.join('\n'))
})

test.each(portals)('docs/permissions/%s.txt is what the definition says in words', (portal) => {
  const definition = checkedDefinition(textOf(`portals/${portal}.yaml`), `${portal}.yaml`)
  expect(permissions(definition, lawOf(portal))).toBe(textOf(`docs/permissions/${portal}.txt`))
})
