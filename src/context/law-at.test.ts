// A question about an earlier instant is answered by the definition that was in force then.
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { databaseKinds } from '../../test/database.ts'
import { createWorld, type World } from '../../test/world.ts'
import { readDefinition } from '../definition/read.ts'
import { addMilliseconds, type Instant } from '../kernel/instant.ts'
import { applyDefinition } from './portal-definition.ts'

describe.each(databaseKinds)('the law of an earlier instant on %s', (kind) => {
  let world: World
  beforeAll(async () => {
    world = await createWorld(kind)
  })
  afterAll(() => world.close())

  test('BX-23 as of a date the definition of that date decides, before the first one the first, and now the newest', async () => {
    const [acme, larkfield] = [await world.customer('Acme'), await world.partner('Larkfield')]
    const [priya, dana] = [await world.person(larkfield, 'Priya', ['consultant']), await world.person(acme, 'Dana', ['contact_manager'])]
    const record = await world.record(acme)
    await world.grant(acme, larkfield, 'look')
    const source = readFileSync(new URL('../../portals/support-desk.yaml', import.meta.url), 'utf8')
    // From version 2 on, See all requests lets people answer too.
    const wider = source.replace(
      'may: { service_request: [read] }\n      notices: [site, hosting, new_request]',
      'may: { service_request: [read, reply] }\n      notices: [site, hosting, new_request]',
    )
    const client = await world.stage.owner.connect()
    await applyDefinition(client, readDefinition(wider, 'wider')).finally(() => client.release())
    const { rows } = await world.stage.owner.query<{ at: Date }>(
      'select applied_at as at from portal_definitions order by version desc limit 1',
    )
    const applied = (rows[0] as { at: Date }).at.toISOString() as Instant
    world.setClock(addMilliseconds(applied, 86_400_000))
    const may = (at?: Instant) =>
      world.as(dana).reading('explanation:ask', { kind: 'customer', id: acme.id }, async (tx) => {
        const on = { kind: 'record', recordKind: 'service_request', id: record.id } as const
        const { decision, law } = await tx.canThey(priya.id, 'service_request:reply', on, at)
        return [decision.allowed, law.version]
      })
    expect(await may()).toEqual([true, 2])
    expect(await may(addMilliseconds(applied, 1000))).toEqual([true, 2])
    expect(await may(addMilliseconds(applied, -1))).toEqual([false, 1])
    expect(await may(addMilliseconds(applied, -365 * 86_400_000))).toEqual([false, 1])
  })
})
