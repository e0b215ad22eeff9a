// A sanity check of the naive reading itself, on worlds small enough to see through.

import { describe, expect, test } from 'vitest'
import { mayNaively } from './naive-reading.ts'
import type { SmallGrant, SmallPerson, SmallRecord, SmallWorld } from './small-world.ts'

const actions = ['read', 'reply', 'update', 'close', 'reopen', 'add_contact', 'be_point_of_contact']

function person(id: string, organization: string, ...roles: string[]): SmallPerson {
  return { id, organization, roles, from: -10, until: null }
}

function grant(level: string, more: Partial<SmallGrant> = {}): SmallGrant {
  return { customer: 'customer', partner: 'partner', person: null, level, from: -5, until: 5, confirmed: true, endedAt: null, ...more }
}

function request(id: string, state: string, ...named: SmallRecord['named'][number][]): SmallRecord {
  return { id, customer: 'customer', state, named }
}

const paul = { person: 'paul', relation: 'additional_contact' }

function worldWith(grants: readonly SmallGrant[], suspended: readonly string[] = [], more: readonly SmallPerson[] = []): SmallWorld {
  return {
    organizations: [
      { id: 'customer', kind: 'customer', suspended: suspended.includes('customer') },
      { id: 'partner', kind: 'partner', suspended: suspended.includes('partner') },
      { id: 'vendor', kind: 'vendor', suspended: false },
    ],
    people: [
      person('carla', 'customer', 'contact'),
      person('mona', 'customer', 'contact_manager'),
      person('prim', 'customer', 'primary_contact'),
      person('paul', 'partner', 'consultant'),
      person('petra', 'partner', 'partner_administrator'),
      person('vera', 'vendor', 'vendor_staff', 'operator'),
      ...more,
    ],
    grants,
    records: [
      request('open', 'active'),
      request('closed', 'closed'),
      request('open-named', 'resolved', paul, { person: 'carla', relation: 'requester' }),
      request('closed-named', 'closed', paul, { person: 'carla', relation: 'requester' }),
    ],
  }
}

/** What the person may do to the record, as one line. */
function may(world: SmallWorld, who: string, record: string): string {
  return actions.filter((action) => mayNaively(world, who, action, record)).join(' ')
}

const everything = actions.join(' ')
const whateverTheState = 'read reopen add_contact be_point_of_contact'

describe('the naive reading', () => {
  test('a contact reads what they are named on, and replies while it is open', () => {
    const world = worldWith([])
    expect(may(world, 'carla', 'open')).toBe('')
    expect(may(world, 'carla', 'open-named')).toBe('read reply')
    expect(may(world, 'carla', 'closed-named')).toBe('read')
  })

  test('a contact manager and a primary contact do everything to open requests and do not change closed ones', () => {
    const world = worldWith([])
    for (const who of ['mona', 'prim']) {
      expect(may(world, who, 'open')).toBe(everything)
      expect(may(world, who, 'closed')).toBe(whateverTheState)
    }
  })

  test('without a grant neither a partner nor the vendor may do anything, named or not', () => {
    const world = worldWith([])
    for (const who of ['paul', 'petra', 'vera']) expect(may(world, who, 'open-named')).toBe('')
  })

  test('each level gives what the one below gives and more, up to Create', () => {
    const expected: [string, string, string, string, string][] = [
      ['cc', '', '', 'read reply', 'read'],
      ['look', 'read', 'read', 'read reply', 'read'],
      [
        'update',
        'read reply update close add_contact be_point_of_contact',
        'read add_contact be_point_of_contact',
        'read reply update close add_contact be_point_of_contact',
        'read add_contact be_point_of_contact',
      ],
      ['create', everything, whateverTheState, everything, whateverTheState],
      ['service_admin', everything, whateverTheState, everything, whateverTheState],
      ['full_admin', everything, whateverTheState, everything, whateverTheState],
    ]
    for (const [level, open, closed, openNamed, closedNamed] of expected) {
      const world = worldWith([grant(level)])
      expect([level, may(world, 'paul', 'open'), may(world, 'paul', 'closed')]).toEqual([level, open, closed])
      expect([level, may(world, 'paul', 'open-named'), may(world, 'paul', 'closed-named')]).toEqual([level, openNamed, closedNamed])
    }
  })

  test("a person's own grant replaces everyone's, upward and downward, and only while it is in force", () => {
    expect(may(worldWith([grant('look'), grant('full_admin', { person: 'paul' })]), 'paul', 'open')).toBe(everything)
    expect(may(worldWith([grant('look'), grant('full_admin', { person: 'paul' })]), 'petra', 'open')).toBe('read')
    expect(may(worldWith([grant('update'), grant('cc', { person: 'paul' })]), 'paul', 'open')).toBe('')
    expect(may(worldWith([grant('look'), grant('cc', { person: 'paul', until: 0 })]), 'paul', 'open')).toBe('read')
  })

  test('a grant counts from its first hour until before its end, if it is confirmed and not removed', () => {
    expect(may(worldWith([grant('look', { from: 0, until: 1 })]), 'paul', 'open')).toBe('read')
    expect(may(worldWith([grant('look', { endedAt: 1 })]), 'paul', 'open')).toBe('read')
    for (const flaw of [{ from: 1 }, { until: 0 }, { confirmed: false }, { endedAt: 0 }, { endedAt: -1 }, { customer: 'other' }]) {
      expect(may(worldWith([grant('look', flaw)]), 'paul', 'open')).toBe('')
    }
  })

  test('a grant to the vendor counts for the named person and never for everyone', () => {
    expect(may(worldWith([grant('look', { partner: 'vendor' })]), 'vera', 'open')).toBe('')
    expect(may(worldWith([grant('look', { partner: 'vendor', person: 'vera' })]), 'vera', 'open')).toBe('read')
  })

  test("a grant for a person of another organization than the grant's counts for nothing", () => {
    expect(may(worldWith([grant('look', { partner: 'vendor', person: 'paul' })]), 'paul', 'open')).toBe('')
    expect(may(worldWith([grant('look'), grant('cc', { partner: 'vendor', person: 'paul' })]), 'paul', 'open')).toBe('read')
  })

  test('people of a suspended organization may do nothing, and a suspended customer is closed to its partners too', () => {
    expect(may(worldWith([grant('look')], ['partner']), 'paul', 'open')).toBe('')
    expect(may(worldWith([grant('look')], ['customer']), 'mona', 'open')).toBe('')
    expect(may(worldWith([grant('look')], ['customer']), 'paul', 'open')).toBe('')
  })

  test('a membership counts from its first hour until before its end', () => {
    const last = { ...person('last', 'customer', 'contact_manager'), from: 0, until: 1 }
    const gone = { ...person('gone', 'customer', 'contact_manager'), until: 0 }
    const coming = { ...person('coming', 'partner', 'consultant'), from: 1 }
    const world = worldWith([grant('look')], [], [last, gone, coming])
    expect([may(world, 'last', 'open'), may(world, 'gone', 'open'), may(world, 'coming', 'open')]).toEqual([everything, '', ''])
  })

  test('an unknown person, record or action is refused', () => {
    const world = worldWith([])
    expect(may(world, 'nobody', 'open')).toBe('')
    expect(may(world, 'mona', 'nothing')).toBe('')
    expect(mayNaively(world, 'mona', 'burn', 'open')).toBe(false)
  })
})
