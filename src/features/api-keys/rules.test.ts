import { expect, test } from 'vitest'
import type { Instant, LocalDate } from '../../kernel/instant.ts'
import { checkNewKey, keyEnd, keyState, looksLikeKey, type NewKey } from './rules.ts'

const now = '2026-11-21T23:30:00.000Z' as Instant
const date = (text: string) => text as LocalDate
const key = (more: Partial<NewKey>): NewKey => ({
  name: 'crm',
  side: 'vendor',
  organization: null,
  expiresOn: null,
  operator: false,
  ...more,
})

test('only a key of the vendor runs the portal', () => {
  expect(() => checkNewKey(key({ operator: true }))).not.toThrow()
  expect(() => checkNewKey(key({ side: 'partner', organization: 'larkfield', operator: true }))).toThrow('Only a key of the vendor')
})

test.each(['customer', 'partner'] as const)('a key of a %s names which one', (side) => {
  expect(() => checkNewKey(key({ side }))).toThrow(`Say which ${side}`)
  expect(() => checkNewKey(key({ side, organization: 'x' }))).not.toThrow()
})

test('a key counts through its last day where its organization is', () => {
  expect(keyEnd(null, 'UTC', now)).toBeNull()
  expect(keyEnd(date('2026-11-21'), 'UTC', now)).toBe('2026-11-22T00:00:00.000Z')
  expect(keyEnd(date('2026-11-22'), 'Europe/Madrid', now)).toBe('2026-11-22T23:00:00.000Z')
})

test('a last day that is over, or more than ten years away, is refused', () => {
  expect(() => keyEnd(date('2026-11-20'), 'UTC', now)).toThrow('over already')
  // In Madrid it is the 22nd by then.
  expect(() => keyEnd(date('2026-11-21'), 'Europe/Madrid', now)).toThrow('over already')
  expect(() => keyEnd(date('2036-11-18'), 'UTC', now)).not.toThrow()
  expect(() => keyEnd(date('2036-11-19'), 'UTC', now)).toThrow('ten years')
})

test.each([
  [{ expiresAt: null, endedAt: null }, 'active'],
  [{ expiresAt: '2026-11-21T23:30:00.001Z' as Instant, endedAt: null }, 'active'],
  [{ expiresAt: now, endedAt: null }, 'expired'],
  [{ expiresAt: null, endedAt: now }, 'ended'],
])('a key with %j is %s', (times, state) => {
  expect(keyState(times, now)).toBe(state)
})

test.each([
  [`lk_${'a'.repeat(43)}`, true],
  [`lk_${'a'.repeat(42)}`, false],
  [`lk_${'a'.repeat(42)}+`, false],
  ['', false],
])('%s looks like a key: %s', (text, looks) => {
  expect(looksLikeKey(text)).toBe(looks)
})
