// Who lets in colleagues: a role at the partner, what the customer gave, and what it chose; and why not, in a sentence.
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { readDefinition } from '../definition/read.ts'
import { decide } from './decide.ts'
import { explain } from './explain.ts'
import type { ColleagueChoice, Law } from './law.ts'
import { letInAction } from './law.ts'
import { acme, consultant, facts, grant } from './scene.test-support.ts'

const file = new URL('../../portals/managed-services.yaml', import.meta.url).pathname
const law = readDefinition(readFileSync(file, 'utf8'), file)
const administrator = { ...consultant, roles: ['partner_administrator'] }

function asked(roles: string[], level: string, colleagues: ColleagueChoice | null, by: Law = law) {
  const scene = facts({
    subject: { ...administrator, roles },
    grants: [grant(level, { personId: consultant.personId, ...(level === 'administrator' ? {} : { level: null, rights: [level] }) })],
    on: { kind: 'customer', id: acme },
    customer: { colleagues },
  })
  const decision = decide(by, letInAction, scene)
  return [decision.allowed, decision.forbidden, explain(by, letInAction, scene, decision).sentences.at(-1)?.text]
}

test('BX-15 C-A10 an administrator of the partner with Administrator at the customer lets in, unless the customer forbids it', () => {
  expect(asked(['partner_administrator'], 'administrator', null)[0]).toBe(true)
  expect(asked(['partner_administrator'], 'administrator', 'ask')[0]).toBe(true)
  expect(asked(['partner_administrator'], 'administrator', 'forbid')).toEqual([
    false,
    'colleagues_forbidden',
    'It is forbidden: Acme does not let partners add people themselves.',
  ])
  const silent = { ...law, colleagues: null }
  expect(asked(['partner_administrator'], 'administrator', null, silent)[1]).toBe('colleagues_forbidden')
  expect(asked(['partner_administrator'], 'administrator', 'tell', silent)[0]).toBe(true)
})

test('CD-017 CD-039 neither the role nor the access alone is enough', () => {
  expect(asked(['partner_user'], 'administrator', 'tell')).toEqual([
    false,
    'no_administrator',
    'It is forbidden: only an administrator of Larkfield lets in colleagues.',
  ])
  expect(asked(['partner_administrator'], 'orders', 'tell').slice(0, 2)).toEqual([false, null])
})
