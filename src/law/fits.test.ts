// What is done to one sort of thing is a no on every other, whatever its rule says.
import { expect, test } from 'vitest'
import { decide } from './decide.ts'
import type { On } from './facts.ts'
import { fits } from './fits.ts'
import type { Action } from './law.ts'
import { consultant, facts, grant, lawOf } from './scene.test-support.ts'

const law = lawOf('support-desk')
const fieldService = lawOf('field-service')
const things: readonly On[] = [
  { kind: 'record', recordKind: 'invoice', id: '1' },
  { kind: 'customer', id: 'c' },
  { kind: 'partner', id: 'p' },
  { kind: 'portal' },
  { kind: 'access_request', id: 'r' },
  { kind: 'grant', id: 'g' },
]
const fitting = (action: Action) => things.filter((on) => fits(fieldService, action, on)).map(({ kind }) => kind)

test.each<[Action, string[]]>([
  ['invoice:read', ['record']],
  ['announcement:read', []],
  ['page:invoices', ['record']],
  ['page:announcements', []],
  ['page:home', []],
  ['self:manage', ['portal']],
  ['decision:ask', ['portal']],
  ['portal:operate', ['portal']],
  ['letters:read', ['portal']],
  ['invoice:open', ['record', 'customer']],
  ['access:give', ['customer', 'partner', 'portal', 'grant']],
  ['access_request:answer', ['customer', 'partner', 'portal', 'access_request']],
])('%s is done to %j', (action, expected) => {
  expect(fitting(action)).toEqual(expected)
})

test.each<[Action, string[]]>([
  ['system:tidy', ['portal']],
  ['notices:send', ['portal']],
  ['announcement:invoices', ['customer']],
  ['page:nowhere', []],
])('neither a customer, nor a record of another kind, nor one on no page: %s is done to %j', (action, expected) => {
  expect(fitting(action)).toEqual(expected)
})

test("one's own things are one's own, and a right of another kind is no right to a record", () => {
  expect(fits(fieldService, 'page:home', { kind: 'self' })).toBe(true)
  const ask = (action: Action) => decide(law, action, facts({ subject: consultant, grants: [grant('full_admin')] }))
  for (const action of ['self:manage', 'decision:ask', 'people:manage', 'account:ask_site_deletion'] as const) {
    expect(ask(action)).toMatchObject({ allowed: false, seen: false })
  }
  expect(ask('service_request:read').allowed).toBe(true)
})

test('a role that the definition knows on another side gives nothing', () => {
  const on = { kind: 'portal' } as const
  const withRole = (side: 'partner' | 'vendor') => facts({ subject: { ...consultant, side, roles: ['operator'] }, on })
  expect([decide(law, 'portal:operate', withRole('partner')).allowed, decide(law, 'portal:operate', withRole('vendor')).allowed]).toEqual([
    false,
    true,
  ])
})
