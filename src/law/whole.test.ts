// Seeing every record of a kind, what everybody at a partner has, and that who looks through another's eyes only reads.
import { expect, test } from 'vitest'
import { decide } from './decide.ts'
import { explain } from './explain.ts'
import { acme, facts, grant, lawOf, manager } from './scene.test-support.ts'
import { readsEvery, rolesOfEverybody } from './whole.ts'

const onCustomer = { thing: { on: { kind: 'customer', id: acme } as const, record: null } }

test('BX-01 who reads every record of a kind is known without a record; who reads some of them does not read every one', () => {
  const desk = lawOf('support-desk')
  const as = (roles: string[]) => readsEvery(desk, 'service_request', facts({ ...onCustomer, subject: { ...manager, roles } }))
  expect([as(['contact_manager']), as(['contact']), as([])]).toEqual([true, false, false])
  const given = (level: string) => readsEvery(desk, 'service_request', facts({ ...onCustomer, grants: [grant(level)] }))
  expect([given('look'), given('cc')]).toEqual([true, false])
  expect(readsEvery(desk, 'no_such_kind', facts({ ...onCustomer, subject: manager }))).toBe(false)
  expect(readsEvery(desk, 'service_request', facts({ ...onCustomer, subject: { ...manager, suspended: true } }))).toBe(false)
  const standard = (role: string) =>
    readsEvery(lawOf('standard'), 'invoice', facts({ ...onCustomer, subject: { ...manager, roles: [role] } }))
  expect([standard('contact_manager'), standard('primary_contact')]).toEqual([false, true])
})

test('BX-01 what a partner reads because single records name it is not every record', () => {
  const named = facts({ ...onCustomer, grants: [] })
  expect(readsEvery(lawOf('standard'), 'service_request', named)).toBe(false)
  expect(readsEvery(lawOf('standard'), 'service_request', { ...named, thing: null })).toBe(false)
})

test('BX-01 an ordinary person of a partner has the roles that every other role of its people includes', () => {
  expect(['support-desk', 'managed-services', 'telephony-account', 'standard'].map((portal) => rolesOfEverybody(lawOf(portal)))).toEqual([
    ['consultant'],
    ['partner_user'],
    ['partner_user'],
    ['consultant'],
  ])
})

test('BX-01 who looks through the eyes of another reads what they read, and is forbidden all they may do', () => {
  const law = lawOf('support-desk')
  const theirs = facts({ grants: [grant('update')], state: 'active' })
  const asked = (action: 'service_request:read' | 'service_request:reply', looking: boolean) => decide(law, action, { ...theirs, looking })
  expect([asked('service_request:read', true).allowed, asked('service_request:reply', false).allowed]).toEqual([true, true])
  const no = asked('service_request:reply', true)
  expect(no).toMatchObject({ allowed: false, seen: true, forbidden: 'looking' })
  const { sentences } = explain(law, 'service_request:reply', { ...theirs, looking: true }, no)
  expect(sentences.at(-1)?.text).toBe('It is forbidden: who looks through the eyes of another changes nothing.')
})
