// A sanity check of the naive reading of the managed-services portal, on worlds small enough to see through.

import { describe, expect, test } from 'vitest'
import type { PortalGrant, PortalWorld } from '../portal-world.ts'
import { grant, may as mayAt, person, reads as readsAt, record, related, worldWith } from './tiny-world.ts'

const may = (world: PortalWorld, who: string, what: string) => mayAt('managed-services', world, who, what)
const reads = (world: PortalWorld, who: string) => readsAt('managed-services', world, who)

function services(grants: readonly PortalGrant[], more: Partial<PortalWorld> = {}): PortalWorld {
  return worldWith({
    people: [person('paul', 'partner'), person('petra', 'partner'), person('vera', 'vendor')],
    grants,
    records: [
      record('order', 'o', { state: 'current', site: 'north' }),
      record('invoice', 'i', { state: 'current' }),
      record('usage', 'u', { state: 'current' }),
      record('article', 'a', { state: 'current' }),
      record('ticket', 't'),
      record('ticket', 't-closed', { state: 'closed', site: 'north' }),
    ],
    ...more,
  })
}

const own = (more: Partial<PortalGrant>) => grant({ person: 'paul', ...more })
const all = 'o i u a t t-closed'

describe('the naive reading of the managed-services portal', () => {
  test('at home an administrator and the primary user have everything, the others their areas', () => {
    for (const role of ['administrator', 'primary_user']) {
      const world = services([], { people: [person('carla', 'customer', [role])] })
      expect([reads(world, 'carla'), may(world, 'carla', 't'), may(world, 'carla', 't-closed'), may(world, 'carla', 'i')]).toEqual([
        all,
        'read reply update open close',
        'read open',
        'read',
      ])
    }
    const few = services([], { people: [person('carla', 'customer', ['usage', 'knowledge'])] })
    expect(reads(few, 'carla')).toBe('u a')
    expect(reads(services([], { people: [person('olga', 'other', ['administrator'])] }), 'olga')).toBe('')
  })

  test('a switch gives its area, and an area whose switch is off is refused', () => {
    for (const [right, area] of [
      ['orders', 'o'],
      ['invoices', 'i'],
      ['usage', 'u'],
      ['knowledge', 'a'],
      ['tickets', 't t-closed'],
    ] as const) {
      expect(reads(services([own({ rights: [right] })]), 'paul')).toBe(area)
    }
    expect(reads(services([own({})]), 'paul')).toBe('')
    expect(may(services([own({ rights: ['orders'] })]), 'paul', 't')).toBe('')
  })

  test('an administrator has every area whatever the switches say', () => {
    expect(reads(services([own({ level: 'administrator' })]), 'paul')).toBe(all)
    expect(reads(services([own({ level: 'administrator', rights: ['usage'] })]), 'paul')).toBe(all)
    expect(reads(services([own({ level: 'user', rights: ['usage'] })]), 'paul')).toBe('u')
  })

  test('a scope holds for an administrator too, and grants add up on their own rows', () => {
    const north = own({ level: 'administrator', scope: { kind: 'sites', sites: ['north'] } })
    expect(reads(services([north]), 'paul')).toBe('o t-closed')
    expect(reads(services([north, own({ rights: ['usage'] })]), 'paul')).toBe('o u t-closed')
  })

  test('a colleague without a grant of their own has nothing, nor has anybody by a link or by a grant to everyone', () => {
    const relationships = [related('works_with', 'customer', 'partner'), related('preferred', 'customer', 'partner')]
    const world = services([own({ level: 'administrator' }), grant({ level: 'administrator' })], { relationships })
    expect([reads(world, 'paul'), reads(world, 'petra')]).toEqual([all, ''])
  })

  test("the vendor's people are treated as a partner's", () => {
    const world = services([grant({ partner: 'vendor', person: 'vera', rights: ['tickets'] })])
    expect([reads(world, 'vera'), reads(services([]), 'vera')]).toEqual(['t t-closed', ''])
  })

  test('a record of no customer is read by nobody', () => {
    const records = [record('article', 'a', { customer: null })]
    expect(reads(services([own({ level: 'administrator' })], { records }), 'paul')).toBe('')
    expect(reads(services([], { records, people: [person('carla', 'customer', ['administrator'])] }), 'carla')).toBe('')
  })
})
