// A thing as its subject meets it: what row expressions are asked about.
import { beforeEach, describe, expect, test } from 'vitest'
import type { OrganizationId } from '../kernel/ids.ts'
import { bareView } from '../rows/holds.ts'
import type { Facts } from './facts.ts'
import type { Law } from './law.ts'
import { acme, consultant, facts, grant, larkfield, lawOf, manager, personal } from './scene.test-support.ts'
import { rolesOf, typeOf, viewOf } from './view.ts'

let law: Law
beforeEach(() => {
  law = lawOf('telephony-account')
})
const bright = 'bright' as OrganizationId

test('everything that is known of a record, its customer and the one who looks at it', () => {
  law = lawOf('support-desk')
  const found = facts({
    subject: { ...consultant, partnerType: 'dealer', switches: ['bulk'], attributes: { role: 'admin', age: 4 } },
    relations: ['requester'],
    state: 'closed',
    record: {
      attributes: { status: 'open', size: 1 },
      reference: 'suspended',
      partners: [
        { relation: 'lead', partnerId: larkfield },
        { relation: 'owner', partnerId: bright },
      ],
    },
    thing: {
      related: [
        { relation: 'preferred', through: 'record', partnerId: bright },
        { relation: 'associated', through: 'reference', partnerId: larkfield },
      ],
    },
  })
  const asked = { subject: { role: 'guest' }, resource: { size: 2 }, action: { soft: true } }
  const used = [personal('look'), personal('update'), grant('look')]
  expect(viewOf(law, { ...found, asked }, used)).toEqual({
    gives: ['look', 'update'],
    granted: true,
    homeRoles: [],
    relations: ['requester'],
    state: 'closed',
    type: 'dealer',
    switches: ['bulk'],
    assigned: [
      { relation: 'lead', alike: false },
      { relation: 'owner', alike: true },
    ],
    related: [
      { relation: 'preferred', through: 'record', alike: true },
      { relation: 'associated', through: 'reference', alike: false },
    ],
    customer: 'standing',
    reference: 'suspended',
    record: { status: 'open', size: 2 },
    person: { role: 'guest', age: 4 },
    action: { soft: true },
  })
})

test('nobody and nothing is a bare view, of no customer', () => {
  const nothing: Facts = { ...facts({}), subject: null, thing: null }
  expect(viewOf(law, nothing, [])).toEqual({ ...bareView, customer: 'none' })
  const foreign = facts({
    record: { partners: [{ relation: 'lead', partnerId: larkfield }] },
    thing: { related: [{ relation: 'preferred', through: 'record', partnerId: larkfield }] },
  })
  const { assigned, related } = viewOf(law, { ...foreign, subject: null }, [])
  expect([assigned, related]).toEqual([[{ relation: 'lead', alike: true }], [{ relation: 'preferred', through: 'record', alike: true }]])
})

test('a customer stands, is suspended, or there is none', () => {
  expect(viewOf(law, facts({}), []).customer).toBe('standing')
  expect(viewOf(law, facts({ customer: { suspended: true } }), []).customer).toBe('suspended')
  expect(viewOf(law, facts({ customer: null }), []).customer).toBe('none')
})

test('what was given for all of a customer is given before there is any thing; what was given narrowly is not', () => {
  const nowhere = { ...facts({}), thing: null }
  const narrow = grant('update', { scope: { kind: 'sites', siteNos: [4] } })
  expect(viewOf(lawOf('support-desk'), nowhere, [grant('look'), narrow]).gives).toEqual(['look'])
})

test('a grant that gives nothing here decides all the same', () => {
  const narrow = grant('look', { scope: { kind: 'sites', siteNos: [4] } })
  expect(viewOf(lawOf('support-desk'), facts({}), [narrow])).toMatchObject({ gives: [], granted: true })
})

test('types of users: of a partner what it says, of a customer "customers", of others none', () => {
  const type = (more: object) => typeOf({ ...consultant, partnerType: 'dealer', ...more })
  expect([type({}), type({ side: 'customer' }), type({ side: 'vendor' })]).toEqual(['dealer', 'customers', null])
  expect([type({ suspended: true }), type({ side: 'customer', suspended: true }), type({ personId: null }), typeOf(null)]).toEqual([
    null,
    null,
    null,
    null,
  ])
  expect(type({ partnerType: null })).toBe(null)
})

describe('home roles', () => {
  const roles = (more: object, scene: Parameters<typeof facts>[0] = {}) =>
    viewOf(law, facts({ subject: { ...manager, roles: ['billing_contact'], ...more }, ...scene }), []).homeRoles
  const held = {
    siteRoles: [
      { role: 'phone_manager', siteNo: 4 },
      { role: 'decision_maker', siteNo: 4 },
      { role: 'technical_contact', siteNo: 7 },
    ],
  }

  test("count on what is of one's own organization", () => {
    expect(roles({})).toEqual(['billing_contact'])
    expect(roles({ organizationId: bright })).toEqual([])
    expect(roles({ organizationId: null })).toEqual([])
    expect(roles({}, { thing: { owners: [] } })).toEqual([])
    expect(roles({}, { thing: { owners: [larkfield, acme] } })).toEqual(['billing_contact'])
    expect(roles({ suspended: true })).toEqual([])
    expect(viewOf(law, { ...facts({ subject: manager }), thing: null }, []).homeRoles).toEqual([])
  })

  test('of keys are theirs alone, and keys have no others', () => {
    const key = { ...manager, personId: null, roles: ['api_key'] }
    expect([rolesOf(law, key), rolesOf(law, { ...key, personId: manager.personId })]).toEqual([['api_key'], []])
  })

  test('count for the portal wherever one works', () => {
    const portal = { on: { kind: 'portal' }, thing: { owners: [] } } as const
    expect(roles({ organizationId: null }, portal)).toEqual(['billing_contact'])
    expect(roles({ suspended: true }, portal)).toEqual([])
    expect(roles(held, portal)).toEqual(['billing_contact'])
  })

  test('count at single sites on the records there, where the role may be held so', () => {
    expect(roles(held, { record: { siteNo: 4 } })).toEqual(['billing_contact', 'phone_manager'])
    expect(roles(held, { record: { siteNo: 7 } })).toEqual(['billing_contact', 'technical_contact'])
    expect(roles(held, { record: { siteNo: null } })).toEqual(['billing_contact'])
    expect(roles(held, { on: { kind: 'customer', id: acme } })).toEqual(['billing_contact'])
    // A question about a customer may name a site; a partner has none.
    expect(roles(held, { on: { kind: 'customer', id: acme, siteNo: 4 } })).toEqual(['billing_contact', 'phone_manager'])
    expect(roles(held, { on: { kind: 'partner', id: acme, siteNo: 4 } as never })).toEqual(['billing_contact'])
    expect(roles({ siteRoles: [{ role: 'nobody', siteNo: 4 }] }, { record: { siteNo: 4 } })).toEqual(['billing_contact'])
    expect(roles(held, { record: { siteNo: 4 }, thing: { owners: [] } })).toEqual([])
  })
})
