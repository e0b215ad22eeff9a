// The telephony account: roles given to groups that the partner fills, and roles of the customer's own people, also at single sites.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { grant, person, record, worldWith } from '../agreement/naive/tiny-world.ts'
import type { PortalWorld } from '../agreement/portal-world.ts'
import { databaseKinds } from '../database.ts'
import { createWorld, type World } from '../world.ts'
import { type AskedWorld, askedWorld } from './asked-world.ts'

const member = (id: string, from = -5, until: number | null = null) => ({ person: id, from, until })

const small: PortalWorld = {
  ...worldWith({}),
  people: [
    person('dora', 'customer', ['decision_maker']),
    person('phil', 'customer', ['phone_manager']),
    person('nora', 'customer', [], { siteRoles: [{ role: 'phone_manager', site: 'north' }] }),
    // Decision Maker and Billing are for the whole account: held at a site they give nothing.
    person('sid', 'customer', [], {
      siteRoles: [
        { role: 'decision_maker', site: 'north' },
        { role: 'billing_contact', site: 'north' },
      ],
    }),
    person('bill', 'customer', ['billing_contact']),
    ...['max', 'pia', 'both', 'former', 'later', 'none'].map((id) => person(id, 'partner', ['partner_user'])),
    person('admin', 'partner', ['partner_administrator']),
    person('site', 'partner', ['partner_user']),
  ],
  groups: [
    { id: 'deciders', partner: 'partner', members: [member('max'), member('both'), member('former', -5, 0), member('later', 1)] },
    { id: 'phones', partner: 'partner', members: [member('pia'), member('both')] },
    { id: 'north-phones', partner: 'partner', members: [member('site')] },
  ],
  grants: [
    grant({ group: 'deciders', rights: ['decision_maker'] }),
    grant({ group: 'phones', rights: ['phone_manager'] }),
    grant({ group: 'north-phones', rights: ['phone_manager', 'decision_maker'], scope: { kind: 'sites', sites: ['north'] } }),
  ],
  records: [
    record('user', 'user-north', { site: 'north' }),
    record('user', 'user-south', { site: 'south' }),
    record('ticket', 'ticket'),
    record('invoice', 'invoice', { site: 'north' }),
    record('user', 'user-other', { customer: 'other' }),
    record('invoice', 'invoice-other', { customer: 'other' }),
  ],
}

describe.each(databaseKinds)('the telephony account on %s', (kind) => {
  let world: World
  let asked: AskedWorld
  beforeAll(async () => {
    world = await createWorld(kind, 'telephony-account')
    asked = await askedWorld(world, small)
  })
  afterAll(() => world.close())
  const reads = (who: string) => asked.where(who, 'read')
  const everything = ['invoice', 'ticket', 'user-north', 'user-south']
  const phones = ['ticket', 'user-north', 'user-south']

  test("MI-012 a member of a group has that role on the customer's account, and a member of both groups has both", () => {
    expect([reads('max'), reads('pia'), reads('both')]).toEqual([everything, phones, everything])
    expect(asked.may('pia', 'user-north')).toBe('read update open close')
  })

  test('MI-013 who works at the partner and is in no group has no access, an administrator neither', () => {
    expect([reads('none'), reads('admin')]).toEqual([[], []])
  })

  test('MI-014 who left the group has no access any more, and who joins later has none yet', () => {
    expect([reads('former'), reads('later')]).toEqual([[], []])
  })

  test('MI-015 a Phone Manager, also one of the partner, opens no invoices', () => {
    for (const who of ['phil', 'pia', 'nora']) expect(asked.may(who, 'invoice')).toBe('')
  })

  test('MI-016 a Decision Maker of the partner views and pays bills', () => {
    expect(asked.may('max', 'invoice')).toBe('read pay')
    expect(asked.may('max', 'invoice-other')).toBe('')
  })

  test('MI-038 a Decision Maker has all self-service functions, billing and support included', () => {
    expect(reads('dora')).toEqual(everything)
    expect([asked.may('dora', 'invoice'), asked.may('dora', 'ticket'), asked.may('dora', 'user-south')]).toEqual([
      'read pay',
      'read reply update open close',
      'read update open close',
    ])
    const home = world.stage.law.homeRoles.get('decision_maker')?.may
    for (const action of ['people:manage', 'access:give'] as const) expect(home?.has(action)).toBe(true)
  })

  test('MI-039 a Phone Manager is for the whole organization or for one location', () => {
    expect([reads('phil'), reads('nora')]).toEqual([phones, ['user-north']])
    expect(reads('site')).toEqual(['user-north'])
  })

  test('MI-040 Decision Maker and Billing are for the account alone: at a location they give nothing', () => {
    expect([reads('sid'), asked.may('site', 'invoice')]).toEqual([[], ''])
    expect(reads('bill')).toEqual(['invoice', 'ticket'])
  })
})
