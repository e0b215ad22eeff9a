// Managed services: an Administrator switch that has everything, or single rights; areas whose switch is off are refused.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { grant, person, record, worldWith } from '../agreement/naive/tiny-world.ts'
import type { PortalWorld } from '../agreement/portal-world.ts'
import { databaseKinds } from '../database.ts'
import { createWorld, type World } from '../world.ts'
import { type AskedWorld, askedWorld } from './asked-world.ts'

const areas = { orders: 'order', invoices: 'invoice', usage: 'usage', knowledge: 'article', tickets: 'ticket' }

const small: PortalWorld = {
  ...worldWith({}),
  people: [
    person('ada', 'partner', ['partner_administrator']),
    person('off', 'partner', ['partner_user']),
    ...Object.keys(areas).map((right) => person(`only-${right}`, 'partner', ['partner_user'])),
    person('none', 'partner', ['partner_administrator']),
    person('prim', 'customer', ['primary_user']),
    person('own-orders', 'customer', ['orders']),
  ],
  grants: [
    grant({ person: 'ada', level: 'administrator' }),
    // Administrator on, and a switch besides: the switch changes nothing.
    grant({ person: 'off', level: 'administrator', rights: ['usage'] }),
    ...Object.keys(areas).map((right) => grant({ person: `only-${right}`, rights: [right] })),
  ],
  records: Object.values(areas).map((kind) => record(kind, kind, { state: kind === 'ticket' ? 'active' : 'current' })),
}

describe.each(databaseKinds)('managed services on %s', (kind) => {
  let world: World
  let asked: AskedWorld
  beforeAll(async () => {
    world = await createWorld(kind, 'managed-services')
    asked = await askedWorld(world, small)
  })
  afterAll(() => world.close())
  const reads = (who: string) => asked.where(who, 'read')
  const everything = Object.values(areas).sort()

  test('CD-019 with Administrator on all rights are granted whatever the other switches say', () => {
    expect([reads('ada'), reads('off'), reads('prim')]).toEqual([everything, everything, everything])
    expect(asked.may('off', 'ticket')).toBe('read reply update open close')
  })

  test('CD-048 an area whose switch is off is refused, and one that is on is open', () => {
    for (const [right, area] of Object.entries(areas)) expect([right, reads(`only-${right}`)]).toEqual([right, [area]])
    expect(asked.may('only-orders', 'ticket')).toBe('')
    expect([reads('none'), reads('own-orders')]).toEqual([[], ['order']])
  })
})
