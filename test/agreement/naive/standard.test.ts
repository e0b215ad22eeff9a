// A sanity check of the naive reading of the standard portal, on worlds small enough to see through.

import { describe, expect, test } from 'vitest'
import type { PortalGrant, PortalWorld } from '../portal-world.ts'
import { grant, may as mayAt, person, reads as readsAt, record, related, worldWith } from './tiny-world.ts'

const may = (world: PortalWorld, who: string, what: string) => mayAt('standard', world, who, what)
const reads = (world: PortalWorld, who: string) => readsAt('standard', world, who)

const paul = { person: 'paul', relation: 'additional_contact' }
const ours = (relation: string) => ({ partner: 'partner', relation })

function office(grants: readonly PortalGrant[], more: Partial<PortalWorld> = {}): PortalWorld {
  return worldWith({
    people: [
      person('carla', 'customer', ['contact']),
      person('mona', 'customer', ['contact_manager']),
      person('prim', 'customer', ['primary_contact']),
      person('paul', 'partner'),
      person('petra', 'partner'),
      person('rita', 'rival'),
      person('olga', 'other', ['primary_contact', 'contact_manager']),
      person('vera', 'vendor'),
    ],
    groups: [{ id: 'crew', partner: 'partner', members: [{ person: 'paul', from: -3, until: null }] }],
    grants,
    records: [
      record('service_request', 'r-north', { site: 'north' }),
      record('service_request', 'r-south', { site: 'south', named: [paul] }),
      record('service_request', 'r-assigned', { partners: [ours('assigned')] }),
      record('service_order', 'o-plain', { site: 'north' }),
      record('service_order', 'o-lead', { partners: [ours('lead_partner')] }),
      record('invoice', 'i', { site: 'north', partners: [ours('assigned')] }),
    ],
    ...more,
  })
}

const assigned = 'r-assigned o-lead'
const allButMoney = 'r-north r-south r-assigned o-plain o-lead'

describe('the naive reading of the standard portal', () => {
  test('at home managers read orders, only the primary contact sees money, a contact what names them', () => {
    const world = office([])
    expect([reads(world, 'carla'), reads(world, 'mona'), reads(world, 'prim')]).toEqual(['', allButMoney, `${allButMoney} i`])
    expect([may(world, 'mona', 'i'), may(world, 'prim', 'i'), may(world, 'prim', 'o-plain')]).toEqual(['', 'read pay', 'read'])
    expect(may(office([], { records: [record('invoice', 'i', { state: 'closed' })] }), 'prim', 'i')).toBe('read')
  })

  test('a level never gives invoices and the right to them gives nothing else', () => {
    expect(reads(office([grant({ level: 'full_admin' })]), 'paul')).toBe(allButMoney)
    const world = office([grant({ rights: ['invoices'] })])
    expect([reads(world, 'paul'), may(world, 'paul', 'i')]).toEqual([`${assigned} i`, 'read pay'])
  })

  test('copied in only reads what names the person, and no order', () => {
    expect(reads(office([grant({ level: 'cc' })]), 'paul')).toBe(`r-south ${assigned}`)
    const records = [record('service_order', 'o-named', { named: [paul] })]
    expect(reads(office([grant({ level: 'cc' })], { records }), 'paul')).toBe('')
    expect(reads(office([grant({ level: 'look' })], { records }), 'paul')).toBe('o-named')
  })

  test('a scope of sites covers the records there, and a scope of records just those', () => {
    const north = office([grant({ level: 'look', rights: ['invoices'], scope: { kind: 'sites', sites: ['north'] } })])
    expect(reads(north, 'paul')).toBe('r-north r-assigned o-plain o-lead i')
    const one = office([grant({ level: 'look', scope: { kind: 'records', records: ['r-south', 'i'] } })])
    expect(reads(one, 'paul')).toBe(`r-south ${assigned}`)
    expect(reads(office([grant({ level: 'look', scope: { kind: 'sites', sites: [] } })]), 'paul')).toBe(assigned)
  })

  test('a site of another customer covers nothing', () => {
    const records = [record('service_request', 'odd', { site: 'elsewhere' })]
    const world = office([grant({ level: 'look', scope: { kind: 'sites', sites: ['elsewhere'] } })], { records })
    expect(reads(world, 'paul')).toBe('')
  })

  test('grants of one sort add up, each on its own rows', () => {
    const world = office([
      grant({ level: 'look' }),
      grant({ level: 'update', scope: { kind: 'sites', sites: ['north'] } }),
      grant({ rights: ['invoices'], scope: { kind: 'records', records: [] } }),
    ])
    expect(may(world, 'petra', 'r-north')).toBe('read reply update close add_contact be_point_of_contact')
    expect([may(world, 'petra', 'r-south'), may(world, 'petra', 'i')]).toEqual(['read', ''])
  })

  test("the person's grant replaces the group's, and that everyone's, also where it is narrower", () => {
    const everyone = grant({ level: 'look' })
    const crew = grant({ level: 'look', group: 'crew', scope: { kind: 'sites', sites: ['north'] } })
    const own = grant({ level: 'look', person: 'paul', scope: { kind: 'sites', sites: ['south'] } })
    expect(reads(office([everyone, crew]), 'paul')).toBe('r-north r-assigned o-plain o-lead')
    expect(reads(office([everyone, crew]), 'petra')).toBe(allButMoney)
    expect(reads(office([everyone, crew, own]), 'paul')).toBe(`r-south ${assigned}`)
    expect(reads(office([everyone, grant({ ...own, customer: 'other' })]), 'paul')).toBe(allButMoney)
  })

  test('being named or assigned gives reading and nothing more, and only to that partner', () => {
    const world = office([])
    expect([reads(world, 'paul'), may(world, 'paul', 'r-assigned'), may(world, 'paul', 'o-lead')]).toEqual([assigned, 'read', 'read'])
    expect([reads(world, 'rita'), reads(world, 'olga')]).toEqual(['', ''])
  })

  test('the preferred partner reads all but money, until a grant reaches the person', () => {
    const relationships = [related('preferred', 'customer', 'partner')]
    expect(reads(office([], { relationships }), 'petra')).toBe(allButMoney)
    expect(may(office([], { relationships }), 'petra', 'r-north')).toBe('read')
    const held = office([grant({ level: 'cc', person: 'paul' })], { relationships })
    expect([reads(held, 'paul'), reads(held, 'petra')]).toEqual([`r-south ${assigned}`, allButMoney])
    const onlyMoney = office([grant({ rights: ['invoices'], group: 'crew' })], { relationships })
    expect([reads(onlyMoney, 'paul'), reads(onlyMoney, 'petra')]).toEqual([`${assigned} i`, allButMoney])
    for (const flaw of [{ until: 0 }, { confirmed: false }, { customer: 'other' }]) {
      expect(reads(office([grant({ level: 'cc', ...flaw })], { relationships }), 'paul')).toBe(allButMoney)
    }
  })

  test('a relationship that has ended, or is another one, gives nothing', () => {
    for (const one of [related('preferred', 'customer', 'partner', { until: 0 }), related('works_with', 'customer', 'partner')]) {
      expect(reads(office([], { relationships: [one] }), 'petra')).toBe(assigned)
    }
    expect(reads(office([], { relationships: [related('preferred', 'other', 'partner')] }), 'petra')).toBe(assigned)
  })

  test('the vendor reads nothing by a relation, only by a grant to the person', () => {
    const relationships = [related('preferred', 'customer', 'vendor')]
    const records = [record('service_order', 'o', { partners: [{ partner: 'vendor', relation: 'lead_partner' }] })]
    expect(reads(office([], { relationships, records }), 'vera')).toBe('')
    expect(reads(office([grant({ partner: 'vendor', person: 'vera', level: 'look' })], { records }), 'vera')).toBe('o')
  })
})
