// A sanity check of the naive reading of the support desk, and of what is common to all portals, on worlds small enough to see through.

import { describe, expect, test } from 'vitest'
import type { PortalGrant, PortalWorld } from '../portal-world.ts'
import { customer, grant, may as mayAt, partner, person, reads as readsAt, record, worldWith } from './tiny-world.ts'

const may = (world: PortalWorld, who: string, what: string) => mayAt('support-desk', world, who, what)
const reads = (world: PortalWorld, who: string) => readsAt('support-desk', world, who)

const everything = 'read reply update close reopen add_contact be_point_of_contact'
const paul = { person: 'paul', relation: 'additional_contact' }
const carla = { person: 'carla', relation: 'requester' }

function desk(grants: readonly PortalGrant[], more: Partial<PortalWorld> = {}): PortalWorld {
  return worldWith({
    people: [
      person('carla', 'customer', ['contact']),
      person('mona', 'customer', ['contact_manager']),
      person('paul', 'partner', ['consultant']),
      person('petra', 'partner', ['partner_administrator']),
      person('vera', 'vendor', ['vendor_staff']),
    ],
    grants,
    records: [
      record('service_request', 'open'),
      record('service_request', 'closed', { state: 'closed' }),
      record('service_request', 'named', { state: 'resolved', named: [paul, carla], site: 'north' }),
      record('service_request', 'foreign', { customer: 'other' }),
      record('invoice', 'invoice'),
    ],
    ...more,
  })
}

describe('the naive reading of the support desk', () => {
  test('the customer is served by its roles and the other customer not at all', () => {
    const world = desk([])
    expect(reads(world, 'mona')).toBe('open closed named')
    expect(reads(world, 'carla')).toBe('named')
    expect(may(world, 'mona', 'closed')).toBe('read reopen add_contact be_point_of_contact')
    expect(may(world, 'carla', 'named')).toBe('read reply')
  })

  test('a role held at one site only gives nothing', () => {
    const mona = person('mona', 'customer', [], { siteRoles: [{ role: 'contact_manager', site: 'north' }] })
    expect(reads(desk([], { people: [mona] }), 'mona')).toBe('')
  })

  test('without a grant nobody else reads anything, named or not', () => {
    for (const who of ['paul', 'petra', 'vera']) expect(reads(desk([]), who)).toBe('')
  })

  test('each level gives more than the one below', () => {
    const expected = [
      ['cc', '', 'read reply'],
      ['look', 'read', 'read reply'],
      ['update', 'read reply update close add_contact be_point_of_contact', 'read reply update close add_contact be_point_of_contact'],
      ['create', everything, everything],
      ['full_admin', everything, everything],
    ] as const
    for (const [level, open, named] of expected) {
      const world = desk([grant({ level })])
      expect([level, may(world, 'paul', 'open'), may(world, 'paul', 'named')]).toEqual([level, open, named])
    }
    expect(may(desk([grant({ level: 'update' })]), 'paul', 'closed')).toBe('read add_contact be_point_of_contact')
  })

  test("a person's own grant replaces everyone's, upward and downward", () => {
    const world = desk([grant({ level: 'update' }), grant({ level: 'cc', person: 'paul' })])
    expect([reads(world, 'paul'), reads(world, 'petra')]).toEqual(['named', 'open closed named'])
    expect(may(desk([grant({ level: 'look' }), grant({ level: 'create', person: 'paul' })]), 'paul', 'open')).toBe(everything)
  })

  test('a grant counts from its first hour until before its end, if it is confirmed and not removed', () => {
    expect(may(desk([grant({ level: 'look', from: 0, until: 1, endedAt: 1 })]), 'paul', 'open')).toBe('read')
    for (const flaw of [{ from: 1 }, { until: 0 }, { confirmed: false }, { endedAt: 0 }, { customer: 'other' }, { partner: 'rival' }]) {
      expect(may(desk([grant({ level: 'look', ...flaw })]), 'paul', 'open')).toBe('')
    }
    expect(may(desk([grant({ level: 'look' }), grant({ level: 'cc', person: 'paul', until: 0 })]), 'paul', 'open')).toBe('read')
  })

  test("the vendor's people are always named", () => {
    expect(reads(desk([grant({ level: 'look', partner: 'vendor' })]), 'vera')).toBe('')
    const groups = [{ id: 'team', partner: 'vendor', members: [{ person: 'vera', from: -1, until: null }] }]
    expect(reads(desk([grant({ level: 'look', partner: 'vendor', group: 'team' })], { groups }), 'vera')).toBe('')
    expect(reads(desk([grant({ level: 'look', partner: 'vendor', person: 'vera' })]), 'vera')).toBe('open closed named')
  })

  test('a suspended partner may do nothing, and a suspended customer is closed to all', () => {
    const grants = [grant({ level: 'look' }), grant({ level: 'look', partner: 'vendor', person: 'vera' })]
    const inactive = desk(grants, { organizations: [customer('customer'), partner('partner', { suspended: true })] })
    expect([reads(inactive, 'paul'), reads(inactive, 'mona')]).toEqual(['', 'open closed named'])
    const vendor = desk([]).organizations.filter((one) => one.kind === 'vendor')
    const shut = desk(grants, { organizations: [customer('customer', { suspended: true }), partner('partner'), ...vendor] })
    for (const who of ['paul', 'mona', 'vera']) expect(reads(shut, who)).toBe('')
  })

  test('a membership counts from its first hour until before its end', () => {
    const grants = [grant({ level: 'look' })]
    for (const [from, until, expected] of [
      [0, 1, 'open closed named'],
      [-5, 0, ''],
      [1, null, ''],
    ] as const) {
      const world = desk(grants, { people: [person('paul', 'partner', [], { from, until })] })
      expect([from, until, reads(world, 'paul')]).toEqual([from, until, expected])
    }
  })

  test('the unknown is refused', () => {
    expect(may(desk([]), 'nobody', 'open')).toBe('')
    expect(may(desk([]), 'mona', 'nothing')).toBe('')
    expect(may(desk([grant({ level: 'emperor' })]), 'paul', 'named')).toBe('')
  })
})
