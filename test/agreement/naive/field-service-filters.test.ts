// A sanity check of the naive reading of field-service's named filters, on worlds small enough to see through.

import { describe, expect, test } from 'vitest'
import type { PortalOrganization, PortalWorld } from '../portal-world.ts'
import { customer, grant, partner, person, reads as readsAt, record, related, worldWith } from './tiny-world.ts'

const reads = (world: PortalWorld, who: string) => readsAt('field-service', world, who)

const dealer = { partnerType: 'partner_customer', reference: '7' }
const on = (partnerId: string, relation: string) => [{ partner: partnerId, relation }]

function organizations(...changed: readonly PortalOrganization[]): readonly PortalOrganization[] {
  const usual = [
    ...['customer', 'other', 'sub', 'sub-sub'].map((id) => customer(id)),
    partner('dealer', dealer),
    partner('twin', dealer),
    partner('stranger', { ...dealer, reference: '8' }),
    partner('supplier', { ...dealer, partnerType: 'partner_vendor' }),
  ]
  return usual.map((one) => changed.find((other) => other.id === one.id) ?? one)
}

function field(more: Partial<PortalWorld>): PortalWorld {
  const people = [person('pia', 'dealer'), person('viktor', 'supplier')]
  return worldWith({ organizations: organizations(), people, ...more })
}

describe('the naive reading of the filters of field-service', () => {
  test('a partner with the same type and reference counts, while it is active; without a reference nobody does', () => {
    const records = ['dealer', 'twin', 'stranger', 'supplier'].map((id) => record('interaction', id, { partners: on(id, 'partner') }))
    expect([reads(field({ records }), 'pia'), reads(field({ records }), 'viktor')]).toEqual(['dealer twin', 'supplier'])
    const inactive = organizations(partner('twin', { ...dealer, suspended: true }))
    expect(reads(field({ records, organizations: inactive }), 'pia')).toBe('dealer')
    const nameless = organizations(partner('dealer', { ...dealer, reference: null }), partner('twin', { ...dealer, reference: null }))
    expect(reads(field({ records, organizations: nameless }), 'pia')).toBe('dealer')
  })

  test('the filtered customers are the own one and those that prefer a filtered partner', () => {
    const records = ['customer', 'other', 'sub'].map((id) => record('unit', id, { customer: id }))
    const relationships = [
      related('associated', 'customer', 'dealer'),
      related('preferred', 'other', 'twin'),
      related('works_with', 'sub', 'dealer'),
    ]
    expect(reads(field({ records, relationships }), 'pia')).toBe('customer other')
    const ended = relationships.map((one) => ({ ...one, until: 0 }))
    expect(reads(field({ records, relationships: ended }), 'pia')).toBe('')
  })

  test('an interaction is filtered by its partner and by its customer', () => {
    const records = [
      record('interaction', 'own'),
      record('interaction', 'preferring', { customer: 'other' }),
      record('interaction', 'partners', { customer: null, partners: on('twin', 'partner') }),
      record('interaction', 'owned', { customer: 'sub', partners: on('dealer', 'owner') }),
    ]
    const relationships = [related('associated', 'customer', 'dealer'), related('preferred', 'other', 'twin')]
    expect(reads(field({ records, relationships }), 'pia')).toBe('own preferring partners')
  })

  test('a partner-vendor has no customer of its own, only those that prefer it; a grant changes nothing', () => {
    const records = ['customer', 'other'].map((id) => record('unit', id, { customer: id }))
    const relationships = [related('associated', 'customer', 'supplier'), related('preferred', 'other', 'supplier')]
    expect(reads(field({ records, relationships }), 'viktor')).toBe('other')
    const grants = [
      grant({ partner: 'supplier', person: 'viktor', level: 'full_admin' }),
      grant({ partner: 'supplier', customer: 'other' }),
    ]
    expect(reads(field({ records, relationships, grants }), 'viktor')).toBe('other')
  })

  test('a service order is filtered by its header, its lines, their operations and its own, and its customer', () => {
    const lead = { partners: on('twin', 'lead_partner') }
    const records = [
      ...['header', 'lined', 'deep', 'flat', 'none'].map((id) => record('service_order', id, id === 'header' ? lead : {})),
      record('service_order', 'preferring', { customer: 'other' }),
      record('service_order', 'owned', { partners: on('twin', 'owner') }),
      record('service_order_line', 'line', { parent: 'lined', ...lead }),
      record('service_order_line', 'line-of-deep', { parent: 'deep' }),
      record('service_order_operation', 'deep-operation', { parent: 'line-of-deep', ...lead }),
      record('service_order_operation', 'flat-operation', { parent: 'flat', ...lead }),
      record('service_order_transaction', 'of-none', { parent: 'none', ...lead }),
      record('service_order_transaction', 'of-deep', { parent: 'deep' }),
    ]
    const relationships = [related('preferred', 'other', 'dealer')]
    expect(reads(field({ records, relationships }), 'pia')).toBe('header lined deep flat preferring of-deep')
  })

  test('an incident is filtered by its SSR, its owner, its customer and its service order', () => {
    const records = [
      record('service_order', 'order', { partners: on('dealer', 'lead_partner') }),
      record('service_order', 'foreign-order'),
      record('incident', 'ssr', { partners: on('dealer', 'ssr') }),
      record('incident', 'owner', { partners: on('twin', 'owner'), customer: null }),
      record('incident', 'through', { refersTo: 'order' }),
      record('incident', 'preferring', { customer: 'other' }),
      record('incident', 'foreign', { refersTo: 'foreign-order', partners: on('dealer', 'lead_partner') }),
      record('incident', 'lost', { refersTo: 'nothing' }),
    ]
    const relationships = [related('preferred', 'other', 'dealer')]
    expect(reads(field({ records, relationships }), 'pia')).toBe('order ssr owner through preferring')
  })

  test("a suspended customer's service order leads to no incident of another", () => {
    const records = [
      record('service_order', 'order', { customer: 'other', partners: on('dealer', 'lead_partner') }),
      record('incident', 'through', { refersTo: 'order' }),
    ]
    expect(reads(field({ records }), 'pia')).toBe('order through')
    expect(reads(field({ records, organizations: organizations(customer('other', { suspended: true })) }), 'pia')).toBe('')
  })

  test('warranty claims are filtered as incidents or as service orders, by the switch of the person', () => {
    const records = [
      record('service_order', 'order', { partners: on('dealer', 'lead_partner') }),
      record('warranty_claim', 'by-ssr', { partners: on('dealer', 'ssr') }),
      record('warranty_claim', 'by-lead', { partners: on('dealer', 'lead_partner') }),
      record('warranty_claim', 'through', { refersTo: 'order' }),
      record('warranty_claim', 'preferring', { customer: 'other' }),
    ]
    const relationships = [related('preferred', 'other', 'dealer')]
    expect(reads(field({ records, relationships }), 'pia')).toBe('order by-lead preferring')
    const people = [person('pia', 'dealer', [], { switches: ['claim_authorization_required'] })]
    expect(reads(field({ records, relationships, people }), 'pia')).toBe('order by-ssr through preferring')
  })

  test('a partner-customer sees the money of its own customer and those below, never of one that prefers it', () => {
    const records = ['customer', 'other', 'sub', 'sub-sub'].flatMap((id) => [
      record('balance', `balance-${id}`, { customer: id }),
      record('invoice', `invoice-${id}`, { customer: id }),
    ])
    const relationships = [
      related('associated', 'customer', 'dealer'),
      related('preferred', 'other', 'dealer'),
      related('subordinate', 'sub', 'customer'),
      related('subordinate', 'sub-sub', 'sub'),
      related('subordinate', 'customer', 'sub-sub'),
    ]
    const world = field({ records, relationships })
    const all = 'balance-customer invoice-customer balance-sub invoice-sub balance-sub-sub invoice-sub-sub'
    expect([reads(world, 'pia'), reads(world, 'viktor')]).toEqual([all, ''])
    const cut = field({ records, relationships, organizations: organizations(customer('sub', { suspended: true })) })
    expect(reads(cut, 'pia')).toBe('balance-customer invoice-customer')
  })

  test('a subordinate customer is not one of the filtered customers', () => {
    const records = [record('unit', 'own'), record('unit', 'below', { customer: 'sub' })]
    const relationships = [related('associated', 'customer', 'dealer'), related('subordinate', 'sub', 'customer')]
    expect(reads(field({ records, relationships }), 'pia')).toBe('own')
  })
})
