// What may be chosen in portals of each shape, how it is compared, and how it is put in words.
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { readDefinition } from '../../definition/read.ts'
import { isRefusal } from '../../kernel/refusal.ts'
import { type AccessGiven, type AccessInput, accessNamed, accessWords, covers, sameAccess } from './access-rules.ts'

const lawOf = (portal: string) => readDefinition(readFileSync(`portals/${portal}.yaml`, 'utf8'), `portals/${portal}.yaml`)
const laws = Object.fromEntries(['support-desk', 'telephony-account', 'managed-services', 'standard'].map((name) => [name, lawOf(name)]))
const law = (portal: string) => laws[portal] as ReturnType<typeof lawOf>

/** What is taken, as "level + rights", or the field and the words of the refusal. */
function taken(portal: string, input: AccessInput): string {
  try {
    const { level, rights } = accessNamed(law(portal), input, 'items.0.')
    return [level ?? '-', ...rights].join(' + ')
  } catch (error) {
    if (!isRefusal(error)) throw error
    return `${error.more.field}: ${error.message}`
  }
}

test('OR-015 OR-016 OR-040 a ladder takes one of its levels; Admin is the old name of Service Admin', () => {
  const { levels } = law('support-desk')
  expect(levels.map(({ code }) => taken('support-desk', { level: code }))).toEqual([
    'cc',
    'look',
    'update',
    'create',
    'service_admin',
    'full_admin',
  ])
  expect(taken('support-desk', { level: 'admin' })).toBe('service_admin')
  for (const unknown of ['Admin ', 'access', 'updates', '__proto__', 'contact_manager'])
    expect(taken('support-desk', { level: unknown })).toMatch(/^items\.0\.level: There is no such level/)
  for (const nothing of [{}, { level: null }, { level: '' }, { rights: [] }])
    expect(taken('support-desk', nothing)).toBe('items.0.level: Choose a level.')
  expect(taken('support-desk', { level: 'look', rights: ['invoices'] })).toMatch(/^items\.0\.rights: This portal knows no single rights/)
})

test('a ladder with rights takes a level, a right, or both', () => {
  expect(taken('standard', { level: 'look', rights: ['invoices'] })).toBe('look + invoices')
  expect(taken('standard', { rights: ['invoices', 'invoices'] })).toBe('- + invoices')
  expect(taken('standard', {})).toBe('items.0.level: Choose a level, or switch on a right.')
})

test('MI-004 MI-005 roles: one or both of the two that there are, and no other role of an account', () => {
  expect(taken('telephony-account', { rights: ['phone_manager', 'decision_maker'] })).toBe('- + decision_maker + phone_manager')
  for (const other of ['billing_contact', 'technical_contact', 'emergency_contact'])
    expect(taken('telephony-account', { rights: ['decision_maker', other] })).toMatch(/^items\.0\.rights: There is no such role/)
  expect(taken('telephony-account', { rights: [] })).toBe('items.0.rights: Choose at least one role.')
  expect(taken('telephony-account', { level: 'decision_maker' })).toMatch(/^items\.0\.level: This portal knows no levels/)
})

test('CD-018 CD-019 rights: each by its switch, or the Administrator, beside which the others say nothing', () => {
  expect(taken('managed-services', { rights: ['tickets', 'orders'] })).toBe('- + orders + tickets')
  expect(taken('managed-services', { level: 'administrator', rights: ['orders'] })).toBe('administrator')
  expect(taken('managed-services', { level: 'administrator', rights: ['payroll'] })).toMatch(/^items\.0\.rights: There is no such right/)
  expect(taken('managed-services', {})).toBe('items.0.level: Choose Administrator, or switch on at least one right.')
})

test('M-A11 a narrower scope is for what may be held so narrowly, names something, and one sort of thing', () => {
  const sites = { sites: [1] }
  expect(taken('telephony-account', { rights: ['phone_manager'], scope: sites })).toBe('- + phone_manager')
  expect(taken('telephony-account', { rights: ['phone_manager', 'decision_maker'], scope: sites })).toBe(
    'items.0.scope: “Decision Maker” is given for the whole customer, and not for single sites.',
  )
  const records = { records: [{ kind: 'ticket', id: '1' }] }
  expect(taken('telephony-account', { rights: ['phone_manager'], scope: records })).toMatch(/not for single records/)
  expect(taken('standard', { level: 'look', scope: { ...sites, ...records } })).toMatch(/^items\.0\.scope: Name at least one site/)
  for (const none of [{}, { sites: [] }, { sites: [], records: [] }])
    expect(taken('standard', { level: 'look', scope: none })).toMatch(/^items\.0\.scope: Name at least one site/)
  expect(taken('support-desk', { level: 'look', scope: sites })).toMatch(/given for the whole customer/)
})

const all = { kind: 'all' } as const
const bonn = { kind: 'sites', sites: [{ siteNo: 4, name: 'Bonn' }] } as const
const both = { kind: 'sites', sites: [...bonn.sites, { siteNo: 2, name: 'Berlin' }] } as const
const one = { kind: 'records', records: [{ kind: 'ticket', id: '7', number: 'T-7' }] } as const
const roles = (scope: AccessGiven['scope'], ...rights: string[]): AccessGiven => ({ level: null, rights, scope })

test('what is given is said by the names of the definition, with what it covers', () => {
  const words = (portal: string, access: AccessGiven) => accessWords(law(portal), access)
  expect(words('telephony-account', roles(all, 'decision_maker', 'phone_manager'))).toBe('Decision Maker + Phone Manager')
  expect(words('telephony-account', roles(both, 'phone_manager'))).toBe('Phone Manager (Bonn and Berlin only)')
  expect(words('standard', { level: 'look', rights: ['invoices'], scope: one })).toBe('See all requests + Invoices and payment (T-7 only)')
  expect(words('support-desk', { level: 'admin', rights: [], scope: all })).toBe('Manage the account')
  // An older definition gave what is gone now.
  expect(words('support-desk', { level: null, rights: ['payroll'], scope: all })).toBe('payroll')
})

test('two accesses are the same when they give the same on the same things, in whatever order', () => {
  expect(sameAccess(roles(both, 'a', 'b'), roles({ ...both, sites: both.sites.toReversed() }, 'b', 'a'))).toBe(true)
  for (const other of [roles(bonn, 'a', 'b'), roles(both, 'a'), { ...roles(both, 'a', 'b'), level: 'a' }])
    expect(sameAccess(roles(both, 'a', 'b'), other)).toBe(false)
  expect([covers(all, bonn), covers(both, bonn), covers(bonn, both), covers(bonn, all), covers(one, one), covers(one, bonn)]).toEqual([
    true,
    true,
    false,
    false,
    true,
    false,
  ])
})
