// Who lets in colleagues: an administrator of the partner, with what the customer gave, where the customer allows it.
import { beforeEach, expect, test } from 'vitest'
import { compile } from '../definition/compile.ts'
import { smallWith } from '../definition/small.test-support.ts'
import { decide } from './decide.ts'
import { explain } from './explain.ts'
import type { SubjectFact } from './facts.ts'
import { type ColleagueChoice, type Law, letInAction } from './law.ts'
import { acme, consultant, facts, grant, type Scene } from './scene.test-support.ts'

let law: Law
beforeEach(() => {
  law = lawWith('tell')
})
const lawWith = (colleagues: ColleagueChoice | undefined): Law =>
  compile(
    smallWith(({ home, access }) => {
      home.partner['agent'] = { may: { colleague: ['let_in'] } }
      home.partner['driver'] = {}
      home.vendor['clerk_of_all'] = { may: { colleague: ['let_in'] } }
      Object.assign(access?.levels?.['high'] as object, { may: { colleague: ['let_in'] } })
      Object.assign(access as object, colleagues ? { colleagues } : {})
    }),
    { source: '', version: 0 },
  )

const administrator: SubjectFact = { ...consultant, roles: ['driver', 'agent'] }
const asked = (scene: Scene) => {
  const given = facts({ subject: administrator, grants: [grant('high')], on: { kind: 'customer', id: acme }, ...scene })
  const decision = decide(law, letInAction, given)
  return { ...decision, last: explain(law, letInAction, given, decision).sentences.at(-1)?.text }
}

test('C-A10 an administrator whose partner was given enough lets in colleagues; one whose partner was given less does not', () => {
  expect(asked({})).toMatchObject({ allowed: true, forbidden: null })
  expect(asked({ grants: [grant('low')] })).toMatchObject({ allowed: false, forbidden: null })
})

test('C-A10 nobody but an administrator of a partner does, whatever the customer gave', () => {
  const forbidden = { allowed: false, forbidden: 'no_administrator' }
  expect(asked({ subject: { ...administrator, roles: ['driver'] } })).toMatchObject(forbidden)
  expect(asked({ subject: { ...administrator, roles: ['no_such_role'] } })).toMatchObject(forbidden)
  expect(asked({ subject: { ...administrator, personId: null, roles: ['api_key', 'agent'] } })).toMatchObject(forbidden)
  expect(asked({ subject: { ...administrator, side: 'vendor', roles: ['clerk_of_all'] } })).toMatchObject(forbidden)
  expect(asked({ subject: { ...administrator, roles: [] } }).last).toBe(
    'It is forbidden: only an administrator of Larkfield lets in colleagues.',
  )
})

test('BX-15 the choice of the customer counts, then the word of the definition, and without either it is forbidden', () => {
  const forbids = (choice: ColleagueChoice | null, word: ColleagueChoice | undefined): boolean => {
    law = lawWith(word)
    return asked({ customer: { colleagues: choice } }).forbidden === 'colleagues_forbidden'
  }
  expect([forbids('tell', 'forbid'), forbids('ask', undefined), forbids(null, 'tell'), forbids(null, 'ask')]).toEqual([
    false,
    false,
    false,
    false,
  ])
  expect([forbids('forbid', 'tell'), forbids(null, 'forbid'), forbids(null, undefined)]).toEqual([true, true, true])
  expect(asked({ customer: { colleagues: 'forbid' } }).last).toBe('It is forbidden: Acme does not let partners add people themselves.')
  expect(asked({ customer: null, grants: [] }).last).toBe('It is forbidden: the customer does not let partners add people themselves.')
})

test('of anything but a customer it is not asked so', () => {
  expect(asked({ on: { kind: 'partner', id: 'larkfield' }, subject: { ...administrator, roles: [] } }).forbidden).toBe(null)
})
