// The field-service portal by its own words: the filters, and every cell of the page table, asked in every way there is, on both databases.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { databaseKinds } from '../database.ts'
import { createWorld, type World } from '../world.ts'
import { type AskedWorld, askedWorld } from './asked-world.ts'
import { of, ofPc, ofPv, ordersOfPc, table } from './field-service-table.ts'
import { customers, fieldServiceWorld } from './field-service-world.ts'

describe.each(databaseKinds)('the field-service portal on %s', (kind) => {
  let world: World
  let asked: AskedWorld

  beforeAll(async () => {
    world = await createWorld(kind, 'field-service')
    asked = await askedWorld(world, fieldServiceWorld)
  })
  afterAll(() => world.close())

  const opens = (who: string, page: string) => asked.opens(who, page)
  const on = (who: string, page: string) => asked.where(who, `page ${page}`)
  const reads = (who: string) => asked.where(who, 'read')

  describe.each(table)('page %s (may open: %s)', (page, _may, cells) => {
    test.each(Object.entries(cells).map(([who, [id, rows]]) => ({ who, id, rows })))('$id $who', ({ who, rows }) => {
      expect(opens(who, page)).toBe(rows !== null)
      expect(on(who, page)).toEqual([...(rows ?? [])].sort())
    })
  })

  test('IN-001 IN-002 IN-003 the three types of partner get different data: an employee all but balances and invoices, the others what is filtered', () => {
    const kinds = (who: string) => new Set(reads(who).map((id) => fieldServiceWorld.records.find((one) => one.id === id)?.kind))
    expect(reads('eve').length).toBeGreaterThan(reads('paul').length)
    expect(reads('paul').length).toBeGreaterThan(reads('vic').length)
    expect([kinds('eve').has('balance'), kinds('eve').has('invoice'), kinds('vic').has('balance'), kinds('paul').has('balance')]).toEqual([
      false,
      false,
      false,
      true,
    ])
    expect(reads('eve').filter((id) => id.startsWith('unit-'))).toHaveLength(customers.length)
  })

  test('IN-004 what is filtered by user name is for the very person who is signed in', () => {
    for (const who of ['eve', 'paul', 'vic', 'carl']) expect(on(who, 'inbox')).toEqual([`to-${who}`])
  })

  test('IN-005 IN-006 filtered partners are the active partner of the user and every active one with the same type and number', () => {
    expect(reads('paul')).toEqual(expect.arrayContaining(['so-lead', 'so-lead-twin']))
    expect(reads('paul')).not.toContain('so-lead-other')
    // The vendor-type partner has the same number and another type.
    expect(reads('vic')).not.toContain('so-lead')
  })

  test("IN-007 an inactive partner is in nobody's filter, and its own people see nothing", () => {
    expect(reads('paul')).not.toContain('so-lead-off')
    expect(reads('paul')).not.toContain('unit-prefers-off')
    expect([reads('olga'), table.filter(([page]) => opens('olga', page))]).toEqual([[], []])
  })

  test("IN-008 IN-009 filtered customers are the partner's own customer and those whose preferred partner is a filtered one", () => {
    expect(on('paul', 'customers')).toEqual(of('account', ofPc).sort())
    // A vendor-type partner has no customer of its own (I-A9).
    expect(on('vic', 'customers')).toEqual(of('account', ofPv))
  })

  test('IN-010 IN-011 IN-012 IN-013 filtered service orders: lead partner at header, line or operation, or a filtered customer', () => {
    expect(on('paul', 'service_orders')).toEqual([...ordersOfPc].sort())
    for (const one of ['so-lead', 'so-line', 'so-operation', 'service_order-prefers']) expect(on('paul', 'service_orders')).toContain(one)
  })

  test('IN-014 IN-015 IN-016 IN-017 filtered incidents: SSR, owner, a filtered customer, or a reference to a filtered service order', () => {
    for (const one of ['i-ssr', 'i-owner', 'incident-acme', 'i-order', 'i-order-of-customer'])
      expect(on('paul', 'incidents')).toContain(one)
    expect(on('paul', 'incidents')).not.toContain('i-order-other')
  })

  test('IN-018 IN-019 IN-020 IN-021 filtered interactions: of the active partner, of those alike, of its customer, of customers that prefer them', () => {
    for (const one of ['x-partner', 'x-twin', 'interaction-acme', 'interaction-prefers', 'interaction-prefers-twin']) {
      expect(on('paul', 'interactions')).toContain(one)
    }
    expect(on('paul', 'interactions')).not.toContain('interaction-stranger')
  })

  test("IN-022 a record that matches none of a filter's rules is in no list, count or search, and its address is refused", () => {
    for (const one of ['unit-stranger', 'incident-stranger', 'service_order-stranger', 'interaction-stranger', 'document-stranger']) {
      expect([reads('paul').includes(one), reads('vic').includes(one)]).toEqual([false, false])
    }
  })

  test('IN-023 IN-025 IN-027 warranty claims are filtered as incidents where authorization is required, else as service orders', () => {
    const customersClaims = of('warranty_claim', ofPc)
    expect(on('paul+', 'warranty_claims')).toEqual([...customersClaims, 'w-ssr', 'w-order'].sort())
    expect(on('paul', 'warranty_claims')).toEqual([...customersClaims, 'w-lead'].sort())
  })

  test('IN-105 the starred pages are there only for users with Can Create Users', () => {
    for (const page of ['create_user_account', 'register_customer']) {
      for (const who of ['eve', 'paul', 'vic', 'carl']) expect([page, who, opens(who, page), on(who, page)]).toEqual([page, who, false, []])
      for (const who of ['eve+', 'paul+', 'vic+']) expect([page, who, opens(who, page)]).toEqual([page, who, true])
    }
  })

  test("IN-106 a customer's own user registers no new customer, even with Can Create Users", () => {
    expect([opens('carl+', 'create_user_account'), opens('carl+', 'register_customer')]).toEqual([true, false])
  })

  test('IN-107 a partner-employee is refused balances and invoices, whatever else they see', () => {
    expect([opens('eve', 'balance'), opens('eve', 'invoices'), opens('eve+', 'balance')]).toEqual([false, false, false])
    expect(reads('eve').filter((id) => /^(balance|invoice)-/.test(id))).toEqual([])
  })

  test("IN-110 Claim Authorization Required says nothing about a customer's own users", () => {
    expect(reads('carl+').filter((id) => id.startsWith('w-') || id.startsWith('warranty_claim'))).toEqual([])
    expect(reads('carl+').map((id) => id.replace('carl+', 'carl'))).toEqual(reads('carl'))
  })
})
