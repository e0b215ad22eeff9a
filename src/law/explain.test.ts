// The sentences of a yes and of a no.
import { beforeEach, describe, expect, test } from 'vitest'
import type { Instant } from '../kernel/instant.ts'
import { decide } from './decide.ts'
import { explain } from './explain.ts'
import type { Action, Law } from './law.ts'
import { consultant, facts, grant, lawOf, now, personal, type Scene } from './scene.test-support.ts'

let law: Law
beforeEach(() => {
  law = lawOf('support-desk')
})

describe('why', () => {
  const sentences = (action: Action, scene: Scene) => {
    const given = facts(scene)
    return explain(law, action, given, decide(law, action, given))
  }

  test('BX-23 a yes names the record, the person, the grant that decides and the one that is not used', () => {
    const { sentences: said, until } = sentences('service_request:reply', {
      grants: [grant('look'), personal('service_admin', { reason: 'runs our migration' })],
    })
    expect(said.map(({ text }) => text)).toEqual([
      'SR-1 belongs to Acme.',
      'Priya Raman works at Larkfield.',
      'Dana Lee gave Priya Raman “Manage the account” (A-77) at Acme until the end of 1 Jan 2027, which includes: answer and attach files. Reason: “runs our migration”.',
      'Everyone at Larkfield also has “See all requests” (A-76). It is not used: a personal level replaces the level for everyone.',
    ])
    expect(until).toBe('2027-01-01T00:00:00.000Z')
  })

  test('BX-23 a no says that nothing allows it, and the nearest level that would', () => {
    const { sentences: said, nearest } = sentences('service_request:reply', { grants: [grant('look')] })
    expect(said.at(-1)?.text).toBe(
      'Nothing allows it. “See all requests” does not include it. To answer and attach files needs “Work on requests”.',
    )
    expect(nearest).toEqual({ level: 'update', name: 'Work on requests' })
  })

  test('BX-23 ended, unconfirmed and later grants are told as such, and a suspended partner is forbidden', () => {
    const text = (scene: Scene) =>
      sentences('service_request:read', scene)
        .sentences.map((sentence) => sentence.text)
        .join(' ')
    expect(text({ grants: [grant('look', { endedAt: now })] })).toContain('was ended on 21 Nov 2026')
    expect(text({ grants: [grant('look')], at: '2027-02-01T00:00:00.000Z' as Instant })).toContain('ended with 1 Jan 2027')
    expect(text({ grants: [grant('look', { confirmedAt: null })] })).toContain('is not confirmed')
    expect(text({ grants: [grant('look')], at: '2025-02-01T00:00:00.000Z' as Instant })).toMatch(/not confirmed|not started/)
    expect(text({ grants: [grant('look')], subject: { ...consultant, suspended: true } })).toContain(
      'It is forbidden: Larkfield is suspended.',
    )
  })
})
