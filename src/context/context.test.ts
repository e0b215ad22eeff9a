// The door on both databases: it asks first, sees the restricted role's rows, records what it wrote, and takes the instant of the clock.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { databaseKinds } from '../../test/database.ts'
import { createWorld, type World } from '../../test/world.ts'
import { visible } from '../law/visible.ts'
import { toSql } from '../rows/to-sql.ts'
import type { Context } from './context.ts'

describe.each(databaseKinds)('the door on %s', (kind) => {
  let world: World
  beforeAll(async () => {
    world = await createWorld(kind)
  })
  afterAll(() => world.close())

  const numbersSeenBy = (ctx: Context, filtered: boolean) =>
    ctx.reading('service_request:read', { kind: 'self' }, async (tx) => {
      const query = tx.sql.selectFrom('records').select('number').orderBy('number')
      const rows = await (filtered
        ? query.where(toSql(visible(tx.law, tx.actor, 'service_request:read'), 'service_request'))
        : query
      ).execute()
      return rows.map(({ number }) => number)
    })

  test('OR-012 OR-017 OR-021 every level sees its rows, by the rule in the query and by the row policy alone', async () => {
    const acme = await world.customer('Acme')
    const beta = await world.customer('Beta')
    const partner = await world.partner('Larkfield')
    const [priya, tom] = [await world.person(partner, 'Priya', ['consultant']), await world.person(partner, 'Tom', ['consultant'])]
    const dana = await world.person(acme, 'Dana', ['contact_manager'])
    const eva = await world.person(acme, 'Eva', ['contact'])
    const one = await world.record(acme, { people: { requester: eva } })
    const two = await world.record(acme, { people: { additional_contact: tom } })
    await world.record(beta)
    await world.grant(acme, partner, 'look')
    await world.grant(acme, tom, 'cc')
    for (const filtered of [true, false]) {
      expect(await numbersSeenBy(world.as(dana), filtered)).toEqual([one.number, two.number].sort())
      expect(await numbersSeenBy(world.as(eva), filtered)).toEqual([one.number])
      expect(await numbersSeenBy(world.as(priya), filtered)).toEqual([one.number, two.number].sort())
      expect(await numbersSeenBy(world.as(tom), filtered)).toEqual([two.number])
    }
  })

  test('a foreign record looks absent, an own one that may not be changed is refused with the reason', async () => {
    const customer = await world.customer('Foreign')
    const partner = await world.partner('Reader')
    const reader = await world.person(partner, 'Rita', ['consultant'])
    const record = await world.record(customer)
    const on = { kind: 'record', recordKind: 'service_request', id: record.id } as const
    const reply = () => world.as(reader).writing('service_request:reply', on, async () => 'done')
    await expect(reply()).rejects.toMatchObject({ code: 'not-found' })
    await world.grant(customer, partner, 'look')
    await expect(reply()).rejects.toMatchObject({
      code: 'not-allowed',
      more: { because: expect.arrayContaining([expect.stringContaining('needs “Work on requests”')]) },
    })
  })

  test('the question has one instant, in TypeScript and in SQL, and a grant ends with it', async () => {
    const customer = await world.customer('Timely')
    const partner = await world.partner('Guests')
    const guest = await world.person(partner, 'Gil', ['consultant'])
    const record = await world.record(customer)
    await world.grant(customer, partner, 'look', { until: '2026-12-01T00:00:00.000Z' as never })
    world.setClock('2026-11-30T23:59:59.999Z')
    expect(await numbersSeenBy(world.as(guest), false)).toEqual([record.number])
    world.setClock('2026-12-01T00:00:00.000Z')
    expect(await numbersSeenBy(world.as(guest), false)).toEqual([])
    expect(await numbersSeenBy(world.as(guest), true)).toEqual([])
    const instants = await world.as(guest).reading('service_request:read', { kind: 'self' }, async (tx) => {
      const row = await tx.sql.selectNoFrom((eb) => eb.fn<Date>('app_now').as('now')).executeTakeFirstOrThrow()
      return [tx.now, row.now.toISOString()]
    })
    expect(instants).toEqual(['2026-12-01T00:00:00.000Z', '2026-12-01T00:00:00.000Z'])
    world.setClock('2026-11-21T10:00:00.000Z')
  })

  test('a write that records nothing does not commit', async () => {
    const customer = await world.customer('Silent')
    const manager = await world.person(customer, 'Mia', ['contact_manager'])
    const silent = world.as(manager).writing('access:give', { kind: 'customer', id: customer.id }, async () => 'done')
    await expect(silent).rejects.toThrow('without recording')
  })

  test('a write and its audit entry stand or fall together, and the application cannot rewrite the audit', async () => {
    const customer = await world.customer('Careful')
    const manager = await world.person(customer, 'Max', ['contact_manager'])
    const on = { kind: 'customer', id: customer.id } as const
    await world.as(manager).writing('access:give', on, async (tx) => tx.record({ what: 'test.kept', customerId: customer.id, detail: {} }))
    await world
      .as(manager)
      .writing('access:give', on, async (tx) => {
        tx.record({ what: 'test.lost', customerId: customer.id, detail: {} })
        throw new Error('after all')
      })
      .catch(() => undefined)
    const what = (await world.audit()).map((entry) => entry.what)
    expect([what.includes('test.kept'), what.includes('test.lost')]).toEqual([true, false])
    const rewrite = world.as(manager).writing('access:give', on, (tx) => tx.sql.deleteFrom('audit_entries').execute())
    await expect(rewrite).rejects.toThrow('permission denied')
  })

  test('a write whose failed statement was swallowed is not answered as done', async () => {
    const customer = await world.customer('Swallowed')
    const manager = await world.person(customer, 'Sven', ['contact_manager'])
    const swallowing = world.as(manager).writing('access:give', { kind: 'customer', id: customer.id }, async (tx) => {
      tx.record({ what: 'test.swallowed', customerId: customer.id, detail: {} })
      await tx.sql
        .deleteFrom('audit_entries')
        .execute()
        .catch(() => undefined)
      return 'done'
    })
    await expect(swallowing).rejects.toThrow()
    expect((await world.audit()).some(({ what }) => what === 'test.swallowed')).toBe(false)
  })

  test('a door inside a door is refused at once', async () => {
    const customer = await world.customer('Nested')
    const manager = await world.person(customer, 'Nell', ['contact_manager'])
    const ctx = world.as(manager)
    const nested = ctx.reading('service_request:read', { kind: 'self' }, () =>
      ctx.reading('service_request:read', { kind: 'self' }, async () => 1),
    )
    await expect(nested).rejects.toThrow('already holds')
  })

  test('nobody is asked to sign in, and a person who left is nobody', async () => {
    const question = (ctx: Context) => ctx.reading('service_request:read', { kind: 'self' }, async () => 'seen')
    await expect(question(world.asActor({ kind: 'nobody' }))).rejects.toMatchObject({ code: 'not-signed-in' })
    const customer = await world.customer('Left')
    const leaver = await world.person(customer, 'Lea', ['contact_manager'])
    await world.stage.owner.query('update memberships set until_at = $1 where person_id = $2', [world.clock.at, leaver.id])
    await expect(question(world.as(leaver))).rejects.toMatchObject({ code: 'not-signed-in' })
  })
})
