// Until when a yes holds: to the first instant at which the law says no, whichever grant ends or begins there.
import { expect, test } from 'vitest'
import type { GrantId } from '../kernel/ids.ts'
import type { Instant } from '../kernel/instant.ts'
import { decide } from './decide.ts'
import { explain } from './explain.ts'
import type { GrantFact } from './facts.ts'
import { holdsUntil } from './holds-until.ts'
import type { Action } from './law.ts'
import { facts, grant, lawOf, manager, now, personal, type Scene } from './scene.test-support.ts'

const law = lawOf('support-desk')
const at = (text: string) => `${text}T00:00:00.000Z` as Instant
const until = (scene: Scene, action: Action = 'service_request:read') => holdsUntil(law, action, facts(scene))
const later = (level: string, more: Partial<GrantFact>) => personal(level, { id: `later-${level}` as GrantId, ...more })

test('a yes by one grant holds until its end, and one by a role has no end', () => {
  expect(until({ grants: [grant('look')] })).toBe(at('2027-01-01'))
  expect(until({ subject: manager })).toBe(null)
  expect(until({ subject: manager, grants: [grant('look')] })).toBe(null)
})

test('where a more specific grant ends and a less specific one allows it too, the yes goes on', () => {
  const both = [grant('look', { until: at('2027-03-01') }), personal('update')]
  expect(until({ grants: both })).toBe(at('2027-03-01'))
  // What the less specific one does not allow ends with the other.
  expect(until({ grants: both }, 'service_request:update')).toBe(at('2027-01-01'))
  expect(until({ grants: [...both].reverse() })).toBe(at('2027-03-01'))
})

test('where a more specific grant that allows less begins before the end, the yes holds until then', () => {
  const narrow = later('cc', { from: at('2026-12-01'), until: at('2026-12-15') })
  expect(until({ grants: [grant('look'), narrow] })).toBe(at('2026-12-01'))
  // Not one that was given after the instant of the question, for whoever asks about a past day.
  expect(until({ grants: [grant('look'), { ...narrow, givenAt: at('2026-11-30') }] })).toBe(at('2027-01-01'))
  expect(until({ grants: [grant('look'), { ...narrow, givenAt: now }] })).toBe(at('2026-12-01'))
})

test('a grant that follows another without a gap goes on, and one after a gap does not', () => {
  const after = (from: string) => grant('look', { id: 'next' as GrantId, from: at(from), until: at('2028-01-01') })
  expect(until({ grants: [grant('look'), after('2027-01-01')] })).toBe(at('2028-01-01'))
  expect(until({ grants: [grant('look'), after('2027-01-02')] })).toBe(at('2027-01-01'))
})

test('the instant of the question is not one of those that are asked', () => {
  expect(until({ grants: [grant('look')], at: at('2026-01-01') })).toBe(at('2027-01-01'))
  const beginning = grant('look', { id: 'next' as GrantId, from: now, until: at('2026-12-01') })
  expect(until({ grants: [beginning], at: now })).toBe(at('2026-12-01'))
})

test('is what an explanation says of a yes', () => {
  const given = facts({ grants: [grant('look', { until: at('2027-03-01') }), personal('update')] })
  const action = 'service_request:read'
  expect(explain(law, action, given, decide(law, action, given)).until).toBe(at('2027-03-01'))
})
