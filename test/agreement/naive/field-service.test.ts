// A sanity check of the naive reading of field-service's page table, on worlds small enough to see through.

import { describe, expect, test } from 'vitest'
import type { PortalPerson, PortalWorld } from '../portal-world.ts'
import { isOnPageNaively, mayOpenPageNaively } from './naive.ts'
import { customer, may, partner, person, reads as readsAt, record, related, worldWith } from './tiny-world.ts'

const reads = (world: PortalWorld, who: string) => readsAt('field-service', world, who)

const everyPage = [
  ...['home', 'unit_registration', 'incidents', 'knowledge_base', 'service_orders', 'transactions', 'warranty_claims', 'inbox'],
  ...['announcements', 'documents', 'interactions', 'inventory', 'balance', 'invoices', 'contact_us', 'account_management'],
  ...['create_user_account', 'customers', 'register_customer'],
]

const onCustomersPages = ['unit', 'incident', 'interaction', 'inventory_item', 'document', 'balance', 'invoice', 'account']

const people: readonly PortalPerson[] = [
  person('carla', 'customer', ['portal_user']),
  person('emil', 'employees'),
  person('pia', 'dealer'),
  person('viktor', 'supplier'),
  person('vera', 'vendor'),
]

function field(more: Partial<PortalWorld>): PortalWorld {
  return worldWith({
    organizations: [
      customer('customer'),
      customer('other'),
      partner('employees', { partnerType: 'partner_employee' }),
      partner('dealer', { partnerType: 'partner_customer' }),
      partner('supplier', { partnerType: 'partner_vendor' }),
      { id: 'vendor', kind: 'vendor', suspended: false, partnerType: null, reference: null },
    ],
    people,
    ...more,
  })
}

function opens(world: PortalWorld, who: string): readonly string[] {
  return everyPage.filter((page) => mayOpenPageNaively(world, who, page))
}

const switchedOn = (name: string) => people.map((one) => ({ ...one, switches: [name] }))
const without = (...pages: string[]) => everyPage.filter((page) => !pages.includes(page))

describe('the naive reading of the page table of field-service', () => {
  test('each type opens its pages', () => {
    const starred = ['create_user_account', 'register_customer']
    expect(opens(field({}), 'carla')).toEqual(without('service_orders', 'transactions', 'warranty_claims', 'customers', ...starred))
    expect(opens(field({}), 'emil')).toEqual(without('balance', 'invoices', ...starred))
    expect(opens(field({}), 'pia')).toEqual(without(...starred))
    expect(opens(field({}), 'viktor')).toEqual(without('balance', 'invoices', ...starred))
    expect(opens(field({}), 'vera')).toEqual([])
  })

  test('Can Create Users opens the starred pages, and registering a customer never to a plain customer', () => {
    const world = field({ people: switchedOn('can_create_users') })
    expect(opens(world, 'carla')).toEqual(without('service_orders', 'transactions', 'warranty_claims', 'customers', 'register_customer'))
    expect(opens(world, 'emil')).toEqual(without('balance', 'invoices'))
    expect(opens(world, 'pia')).toEqual(everyPage)
    expect(opens(world, 'viktor')).toEqual(without('balance', 'invoices'))
  })

  test('an inactive partner and an ended membership open no page', () => {
    const organizations = [partner('dealer', { partnerType: 'partner_customer', suspended: true })]
    expect(opens(field({ organizations }), 'pia')).toEqual([])
    expect(opens(field({ people: [person('pia', 'dealer', [], { until: 0 })] }), 'pia')).toEqual([])
  })

  test('a partner-employee sees all data but money and the inboxes of others', () => {
    const records = [
      ...onCustomersPages.map((kind) => record(kind, kind)),
      record('service_order', 'order', { customer: null }),
      record('service_order_line', 'line', { parent: 'order' }),
      record('service_order_transaction', 'transaction', { parent: 'order' }),
      record('inbox_message', 'mine', { customer: null, named: [{ person: 'emil', relation: 'recipient' }] }),
      record('inbox_message', 'not-mine', { named: [{ person: 'carla', relation: 'recipient' }] }),
    ]
    expect(reads(field({ records }), 'emil')).toBe('unit incident interaction inventory_item document account order transaction mine')
    expect(may('field-service', field({ records }), 'emil', 'unit')).toBe('read')
  })

  test('a plain customer sees its own, what is for everybody, and its own inbox', () => {
    const records = [
      ...onCustomersPages.map((kind) => record(kind, kind)),
      ...onCustomersPages.map((kind) => record(kind, `other-${kind}`, { customer: 'other' })),
      ...onCustomersPages.map((kind) => record(kind, `nobodys-${kind}`, { customer: null })),
      record('article', 'article', { customer: null }),
      record('announcement', 'announcement', { customer: 'other' }),
      record('inbox_message', 'mine', { customer: null, named: [{ person: 'carla', relation: 'recipient' }] }),
      record('inbox_message', 'not-mine'),
      record('service_order', 'order'),
      record('warranty_claim', 'claim'),
    ]
    expect(reads(field({ records }), 'carla')).toBe([...onCustomersPages, 'article', 'announcement', 'mine'].join(' '))
    const subordinate = field({ records, relationships: [related('subordinate', 'other', 'customer')] })
    expect(reads(subordinate, 'carla')).toBe(reads(field({ records }), 'carla'))
  })

  test('articles and announcements have no filter for any type, whosever they are', () => {
    const records = [record('article', 'article', { customer: 'other' }), record('announcement', 'announcement', { customer: null })]
    for (const who of ['carla', 'emil', 'pia', 'viktor']) expect(reads(field({ records }), who)).toBe('article announcement')
    expect(reads(field({ records }), 'vera')).toBe('')
  })

  test('a document of no customer is for the partners of an addressed type', () => {
    const records = [
      record('document', 'for-dealers', { customer: null, addressedTo: ['partner_customer'] }),
      record('document', 'for-nobody', { customer: null }),
      record('document', 'of-a-customer', { addressedTo: ['partner_customer'] }),
    ]
    const world = field({ records })
    expect([reads(world, 'pia'), reads(world, 'viktor'), reads(world, 'carla')]).toEqual(['for-dealers', '', 'of-a-customer'])
    expect(reads(world, 'emil')).toBe('for-dealers for-nobody of-a-customer')
  })

  test('an account stands on the starred pages only for who may open them', () => {
    const records = [record('account', 'account')]
    const relationships = [related('preferred', 'customer', 'supplier')]
    const standsOn = (world: PortalWorld, who: string) => everyPage.filter((page) => isOnPageNaively(world, who, page, 'account'))
    expect(standsOn(field({ records, relationships }), 'viktor')).toEqual(['account_management', 'customers'])
    const world = field({ records, relationships, people: switchedOn('can_create_users') })
    expect(standsOn(world, 'viktor')).toEqual(['account_management', 'create_user_account', 'customers', 'register_customer'])
    expect(standsOn(world, 'carla')).toEqual(['account_management', 'create_user_account'])
    expect(standsOn(world, 'pia')).toEqual([])
  })

  test('a suspended customer is closed to all, on the pages without a filter too', () => {
    const organizations = field({}).organizations.map((one) => (one.id === 'customer' ? customer('customer', { suspended: true }) : one))
    const records = [record('unit', 'unit'), record('announcement', 'announcement')]
    const world = field({ organizations, records })
    for (const who of ['carla', 'emil', 'pia']) expect(reads(world, who)).toBe('')
    expect(isOnPageNaively(world, 'emil', 'announcements', 'announcement')).toBe(false)
  })
})
