// Which state a grant is in, until when one may be given, and what is left after a removal.
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { readDefinition } from '../../definition/read.ts'
import { dayInWords, type Instant } from '../../kernel/instant.ts'
import { isRefusal } from '../../kernel/refusal.ts'
import { wholeCustomer } from './access-rules.ts'
import {
  type Grant,
  type GrantState,
  gives,
  isAmong,
  leftInWords,
  namesInWords,
  refuseGrantee,
  rolesThatMay,
  stands,
  stateOf,
  termUntil,
} from './rules.ts'

const file = 'portals/support-desk.yaml'
const law = readDefinition(readFileSync(file, 'utf8'), file)
const at = (text: string) => text as Instant
const now = at('2026-11-21T10:00:00.000Z')

const larkfield = { id: 'p' as Grant['partner']['id'], name: 'Larkfield', side: 'partner' as const, suspendedAt: null }
const base = {
  id: 'g' as Grant['id'],
  number: 77,
  customer: { id: 'c' as Grant['customer']['id'], name: 'Acme Robotics', timeZone: 'Europe/Madrid' },
  partner: larkfield,
  person: null,
  group: null,
  level: 'look',
  rights: [],
  scope: wholeCustomer,
  from: at('2026-01-01T00:00:00.000Z'),
  until: at('2027-05-21T22:00:00.000Z'),
  confirmedAt: at('2026-01-01T00:00:00.000Z'),
  reason: null,
  givenBy: null,
  givenAt: at('2026-01-01T00:00:00.000Z'),
  requestId: null,
  ended: null,
} satisfies Grant
const endedAt = (when: string, kind: 'removed' | 'replaced' | 'relinquished') => ({ at: at(when), by: null, kind, reason: null })
const grant = (more: Partial<Grant>): Grant => ({ ...base, ...more })
const priya = { id: 'priya' as never, name: 'Priya Raman', email: 'priya@larkfield.example' }

const states: [string, Partial<Grant>, GrantState, boolean, boolean][] = [
  ['in force', {}, 'active', true, true],
  ['to the last 30 days', { until: at('2026-12-21T10:00:00.001Z') }, 'active', true, true],
  ['in the last 30 days', { until: at('2026-12-21T10:00:00.000Z') }, 'ending', true, true],
  ['a millisecond before its end', { until: at('2026-11-21T10:00:00.001Z') }, 'ending', true, true],
  ['at its end', { until: now }, 'expired', false, false],
  ['past', { until: at('2026-11-01T00:00:00.000Z') }, 'expired', false, false],
  ['from now on', { from: now }, 'active', true, true],
  ['a millisecond early', { from: at('2026-11-21T10:00:00.001Z') }, 'later', false, true],
  ['imported and not confirmed', { confirmedAt: null }, 'unconfirmed', false, true],
  ['of a partner that the vendor suspends', { partner: { ...larkfield, suspendedAt: now } }, 'suspended', false, true],
  ['of a partner that will be suspended', { partner: { ...larkfield, suspendedAt: at('2026-11-21T10:00:00.001Z') } }, 'active', true, true],
  ['imported, not confirmed and past', { confirmedAt: null, until: now }, 'expired', false, false],
  ['removed', { ended: endedAt('2026-11-01T00:00:00.000Z', 'removed') }, 'removed', false, false],
  ['given back', { ended: endedAt('2026-11-01T00:00:00.000Z', 'relinquished') }, 'relinquished', false, false],
  ['replaced', { ended: endedAt('2026-11-01T00:00:00.000Z', 'replaced') }, 'replaced', false, false],
  [
    'replaced after its day had come',
    { until: at('2026-10-01T00:00:00.000Z'), ended: endedAt('2026-11-01T00:00:00.000Z', 'replaced') },
    'expired',
    false,
    false,
  ],
]

test.each(states)('OR-008 OR-009 a grant %s', (_words, more, state, isGiving, isStanding) => {
  const one = grant(more)
  expect([stateOf(one, now), gives(one, now), stands(one, now)]).toEqual([state, isGiving, isStanding])
})

test('a list of active grants holds those that end soon, start later or wait to be confirmed, and no past ones', () => {
  const among = (filter: Parameters<typeof isAmong>[1]) =>
    (['active', 'ending', 'later', 'unconfirmed', 'suspended', 'expired', 'removed', 'relinquished', 'replaced'] as const).filter((state) =>
      isAmong(state, filter),
    )
  expect(among('active')).toEqual(['active', 'ending', 'later', 'unconfirmed', 'suspended'])
  expect(among('ending')).toEqual(['ending'])
  expect(among('ended')).toEqual(['expired', 'removed', 'relinquished', 'replaced'])
  expect(among('all')).toHaveLength(9)
})

const terms: [string, string, string, string | RegExp][] = [
  ['2027-05-21', 'Europe/Madrid', '2026-11-21T10:00:00.000Z', '2027-05-21T22:00:00.000Z'],
  ['2026-11-21', 'Europe/Madrid', '2026-11-21T10:00:00.000Z', '2026-11-21T23:00:00.000Z'],
  ['2028-11-21', 'Europe/Madrid', '2026-11-21T10:00:00.000Z', '2028-11-21T23:00:00.000Z'],
  ['2028-11-22', 'Europe/Madrid', '2026-11-21T10:00:00.000Z', /at most 2 years, so until 21 Nov 2028/],
  ['2026-11-20', 'Europe/Madrid', '2026-11-21T10:00:00.000Z', /20 Nov 2026 is past: in Europe\/Madrid it is 21 Nov 2026/],
  // It is still Friday in Los Angeles, and already Saturday in Tokyo.
  ['2026-11-20', 'America/Los_Angeles', '2026-11-21T07:59:00.000Z', '2026-11-21T08:00:00.000Z'],
  ['2026-11-20', 'Asia/Tokyo', '2026-11-20T15:00:00.000Z', /is past/],
  ['2027-03-28', 'Europe/Madrid', '2026-11-21T10:00:00.000Z', '2027-03-28T22:00:00.000Z'],
  ['2027-02-29', 'Europe/Madrid', '2026-11-21T10:00:00.000Z', /a day that exists/],
  ['21.5.2027', 'Europe/Madrid', '2026-11-21T10:00:00.000Z', /written as YYYY-MM-DD/],
  ['', 'Europe/Madrid', '2026-11-21T10:00:00.000Z', /written as YYYY-MM-DD/],
  ['9998-12-31', 'Europe/Madrid', '2026-11-21T10:00:00.000Z', /too far away/],
]

test.each(terms)('O-A12 access until %s in %s, asked at %s, ends at %s', (day, zone, asked, expected) => {
  if (typeof expected === 'string') {
    expect(termUntil(day, zone, at(asked), law).until).toBe(expected)
    return
  }
  try {
    termUntil(day, zone, at(asked), law)
    expect.unreachable()
  } catch (error) {
    expect(isRefusal(error) && [error.code, error.more.field, expected.test(error.message)]).toEqual(['invalid-input', 'endsOn', true])
  }
})

test('who may be let in, and who may give, is said by the definition', () => {
  expect(() => refuseGrantee({ grantees: ['person'] }, 'organization')).toThrow('no access to everyone at a partner')
  expect(() => refuseGrantee({ grantees: ['person'] }, 'person')).not.toThrow()
  expect(rolesThatMay(law, 'customer', 'access:give').sort()).toEqual(['contact_manager', 'primary_contact'])
  expect(rolesThatMay(law, 'partner', 'access:give')).toEqual([])
})

test('what is left after a removal is named, level and end, and nothing that is over or waits', () => {
  const personal = grant({ id: 'p1' as never, person: priya, level: 'service_admin', until: at('2027-03-31T22:00:00.000Z') })
  const over = grant({ id: 'p2' as never, person: { ...priya, name: 'Omar Nasser' }, until: now })
  const unconfirmed = grant({ id: 'p3' as never, person: { ...priya, name: 'Ada Boss' }, confirmedAt: null })
  expect(leftInWords(law, base, [personal, over, unconfirmed], now)).toEqual([
    'Priya Raman still has: Manage the account until 31 Mar 2027 (a personal level).',
  ])
  expect(leftInWords(law, personal, [base], now)).toEqual([
    'Priya Raman still has: See all requests until 21 May 2027, like everyone at Larkfield.',
  ])
  expect(leftInWords(law, personal, [], now)).toEqual(['Priya Raman has no access to Acme Robotics any more.'])
  const group = grant({ id: 'g1' as never, group: { id: 'group', name: 'Acme Phone Manager' }, level: 'update' })
  expect(leftInWords(law, personal, [base, group], now, ['group'])).toEqual([
    'Priya Raman still has: Work on requests until 21 May 2027, by the group “Acme Phone Manager”.',
  ])
  expect(leftInWords(law, personal, [base, group], now)).toEqual([
    'Priya Raman still has: See all requests until 21 May 2027, like everyone at Larkfield.',
  ])
  expect(leftInWords(law, group, [base], now)).toEqual(['Everyone at Larkfield still has: See all requests until 21 May 2027.'])
  expect(leftInWords(law, base, [group], now)).toEqual(['The group “Acme Phone Manager” still has: Work on requests until 21 May 2027.'])
  expect(leftInWords(law, base, [base, over], now)).toEqual(['Nobody at Larkfield has access to Acme Robotics any more.'])
})

test('days and names are said as people say them', () => {
  expect(dayInWords('2027-05-01' as never)).toBe('1 May 2027')
  expect(dayInWords('2026-09-23' as never)).toBe('23 Sept 2026')
  expect(
    [[], ['Ana'], ['Ana', 'Ben'], ['Ana', 'Ben', 'Cem'], ['Ana', 'Ben', 'Cem', 'Dan'], ['Ana', 'Ben', 'Cem', 'Dan', 'Eva']].map((names) =>
      namesInWords(names),
    ),
  ).toEqual(['', 'Ana', 'Ana and Ben', 'Ana, Ben and Cem', 'Ana, Ben, Cem and 1 other', 'Ana, Ben, Cem and 2 others'])
})
