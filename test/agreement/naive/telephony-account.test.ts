// A sanity check of the naive reading of the telephony account portal, on worlds small enough to see through.

import { describe, expect, test } from 'vitest'
import type { PortalGrant, PortalPerson, PortalWorld } from '../portal-world.ts'
import { grant, may as mayAt, partner, person, reads as readsAt, record, worldWith } from './tiny-world.ts'

const may = (world: PortalWorld, who: string, what: string) => mayAt('telephony-account', world, who, what)
const reads = (world: PortalWorld, who: string) => readsAt('telephony-account', world, who)

const member = (from: number, until: number | null) => ({ person: 'paul', from, until })

function account(grants: readonly PortalGrant[], more: Partial<PortalWorld> = {}): PortalWorld {
  return worldWith({
    people: [person('paul', 'partner', ['partner_administrator']), person('petra', 'partner', ['partner_user'])],
    groups: [
      { id: 'deciders', partner: 'partner', members: [member(-3, null)] },
      { id: 'phones', partner: 'partner', members: [member(-3, null)] },
    ],
    grants,
    records: [
      record('user', 'u', { site: 'north' }),
      record('ticket', 't', { site: 'south' }),
      record('ticket', 't-closed', { state: 'closed' }),
      record('invoice', 'i', { site: 'north' }),
    ],
    ...more,
  })
}

function home(roles: readonly string[], siteRoles: PortalPerson['siteRoles'] = []): PortalWorld {
  return account([], { people: [person('carla', 'customer', roles, { siteRoles })] })
}

const phoneManager = grant({ group: 'phones', rights: ['phone_manager'] })
const decisionMaker = grant({ group: 'deciders', rights: ['decision_maker'] })

describe('the naive reading of the telephony account portal', () => {
  test('each role at home gives its part, and nothing of another customer', () => {
    expect(reads(home(['decision_maker']), 'carla')).toBe('u t t-closed i')
    expect(reads(home(['phone_manager']), 'carla')).toBe('u t t-closed')
    expect(reads(home(['billing_contact']), 'carla')).toBe('t t-closed i')
    expect(reads(home(['technical_contact']), 'carla')).toBe('t t-closed')
    expect(reads(home(['emergency_contact']), 'carla')).toBe('')
    const foreign = account([], { people: [person('olga', 'other', ['decision_maker'])] })
    expect(reads(foreign, 'olga')).toBe('')
  })

  test('what may be done, while open and after', () => {
    expect(may(home(['decision_maker']), 'carla', 'u')).toBe('read update open close')
    expect(may(home(['phone_manager']), 'carla', 't')).toBe('read reply update open close')
    expect(may(home(['phone_manager']), 'carla', 't-closed')).toBe('read open')
    expect(may(home(['billing_contact']), 'carla', 'i')).toBe('read pay')
    expect(may(home(['billing_contact']), 'carla', 't')).toBe('read')
    expect(may(home(['technical_contact']), 'carla', 't')).toBe('read reply')
    expect(may(home(['technical_contact']), 'carla', 't-closed')).toBe('read')
  })

  test('a phone manager or technical contact of one site sees that site; a decision maker or billing contact of one site nothing', () => {
    expect(reads(home([], [{ role: 'phone_manager', site: 'north' }]), 'carla')).toBe('u')
    expect(reads(home([], [{ role: 'technical_contact', site: 'south' }]), 'carla')).toBe('t')
    expect(reads(home([], [{ role: 'decision_maker', site: 'north' }]), 'carla')).toBe('')
    expect(reads(home([], [{ role: 'billing_contact', site: 'north' }]), 'carla')).toBe('')
  })

  test('a member of the group has its role, a colleague outside it nothing', () => {
    expect([reads(account([phoneManager]), 'paul'), reads(account([phoneManager]), 'petra')]).toEqual(['u t t-closed', ''])
    expect(may(account([phoneManager]), 'paul', 'i')).toBe('')
    expect(may(account([decisionMaker]), 'paul', 'i')).toBe('read pay')
  })

  test('who has left the group or is not yet in it has nothing', () => {
    for (const [from, until] of [
      [-3, 0],
      [1, null],
    ] as const) {
      const groups = [{ id: 'phones', partner: 'partner', members: [member(from, until)] }]
      expect(reads(account([phoneManager], { groups }), 'paul')).toBe('')
    }
  })

  test("a group of another partner does not count, neither by the grant nor by the person's own work", () => {
    const groups = [{ id: 'phones', partner: 'rival', members: [member(-3, null)] }]
    expect(reads(account([phoneManager], { groups }), 'paul')).toBe('')
    expect(reads(account([grant({ ...phoneManager, partner: 'rival' })], { groups }), 'paul')).toBe('')
    expect(reads(account([grant({ ...phoneManager, partner: 'rival' })]), 'paul')).toBe('')
  })

  test('the roles of two groups add up, and ending one leaves the other', () => {
    const scoped = grant({ ...phoneManager, scope: { kind: 'sites', sites: ['north'] } })
    expect(reads(account([scoped, decisionMaker]), 'paul')).toBe('u t t-closed i')
    expect(reads(account([scoped, grant({ ...decisionMaker, endedAt: -1 })]), 'paul')).toBe('u')
  })

  test('a decision maker for a part of the account is none', () => {
    const part = grant({ ...decisionMaker, rights: ['decision_maker', 'phone_manager'], scope: { kind: 'sites', sites: ['north'] } })
    expect([reads(account([part]), 'paul'), may(account([part]), 'paul', 'i')]).toEqual(['u', ''])
  })

  test('no other role can be given, and nothing to a person or to everyone', () => {
    expect(reads(account([grant({ group: 'phones', rights: ['billing_contact', 'technical_contact'] })]), 'paul')).toBe('')
    expect(reads(account([grant({ rights: ['decision_maker'] })]), 'paul')).toBe('')
    expect(reads(account([grant({ person: 'paul', rights: ['decision_maker'] })]), 'paul')).toBe('')
    expect(reads(account([grant({ person: 'paul', rights: ['decision_maker'] }), phoneManager]), 'paul')).toBe('')
  })

  test('a suspended partner has nothing by its groups', () => {
    const organizations = account([]).organizations.map((one) => (one.id === 'partner' ? partner('partner', { suspended: true }) : one))
    expect(reads(account([decisionMaker], { organizations }), 'paul')).toBe('')
  })
})
