// What is kept of a person's reach is never older than the grants: every change, every date and every other snapshot makes it void.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { listRecords } from '../../src/features/records/list-records.ts'
import { recordsAfter } from '../../src/features/records/list-store.ts'
import { addMilliseconds } from '../../src/kernel/instant.ts'
import { visible } from '../../src/law/visible.ts'
import { kyselyOn } from '../../src/platform/db/kysely-on.ts'
import { databaseKinds } from '../database.ts'
import { createWorld, type TestOrganization, type TestPerson, type World, worldStart } from '../world.ts'

const kind = 'service_request'

describe.each(databaseKinds)('what is kept of a reach on %s', (database) => {
  let world: World
  let acme: TestOrganization
  let priya: TestPerson
  beforeAll(async () => {
    world = await createWorld(database)
  })
  afterAll(() => world.close())
  beforeEach(async () => {
    world.setClock(worldStart)
    acme = await world.customer('Acme Robotics')
    priya = await world.person(await world.partner('Larkfield'), 'Priya Raman', ['consultant'])
    await world.record(acme)
  })

  const owner = (text: string, values: unknown[] = []) => world.stage.owner.query(text, values)
  /** How many records the list, its count and the row policy show: one number, or the three that differ. */
  const seen = async (who: TestPerson = priya): Promise<number | number[]> => {
    const { items, total } = await listRecords(world.as(who), { kind })
    const byPolicy = await world
      .as(who)
      .reading(`${kind}:read`, { kind: 'self' }, async (tx) => (await tx.sql.selectFrom('records').select('id').execute()).length)
    return items.length === total && total === byPolicy ? total : [items.length, total, byPolicy]
  }
  const isKept = async (who: TestPerson = priya): Promise<boolean> =>
    (await owner(`select from kept_reach where person_id = $1`, [who.id])).rowCount !== 0

  test('OR-009 a grant is seen by the next question after it was given, and by none after it was ended', async () => {
    expect(await seen()).toBe(0)
    expect(await isKept()).toBe(true)
    const grant = await world.grant(acme, priya, 'look')
    expect([await seen(), await seen()]).toEqual([1, 1])
    await owner(`update grants set ended_at = $2, end_kind = 'removed' where id = $1`, [grant.id, world.clock.at])
    expect(await seen()).toBe(0)
  })

  test('OR-009 a date that passes ends access, and begins it, although nobody writes anything', async () => {
    await world.grant(acme, priya, 'look', {
      from: addMilliseconds(world.clock.at, 86_400_000),
      until: addMilliseconds(world.clock.at, 3 * 86_400_000),
    })
    const days = []
    for (let day = 0; day < 4; day++) {
      days.push(await seen())
      world.passDays(1)
    }
    expect(days).toEqual([0, 1, 1, 0])
    world.passDays(-2)
    expect(await seen()).toBe(1)
  })

  test('a suspension, of either side, and its end', async () => {
    await world.grant(acme, priya, 'look')
    expect(await seen()).toBe(1)
    await owner('update organizations set suspended_at = $2 where id = $1', [acme.id, world.clock.at])
    expect(await seen()).toBe(0)
    await owner('update organizations set suspended_at = null where id = $1', [acme.id])
    expect(await seen()).toBe(1)
    await owner('update organizations set suspended_at = $2 where id = $1', [acme.id, addMilliseconds(world.clock.at, 86_400_000)])
    expect(await seen()).toBe(1)
    world.passDays(1)
    expect(await seen()).toBe(0)
  })

  test('a grant that was taken out of the table, and one to everybody at the partner', async () => {
    const grant = await world.grant(acme, priya.organization, 'look')
    const sam = await world.person(priya.organization, 'Sam Sato', ['consultant'])
    expect([await seen(), await seen(sam)]).toEqual([1, 1])
    await owner('delete from grants where id = $1', [grant.id])
    expect([await seen(), await seen(sam)]).toEqual([0, 0])
  })

  test('somebody who moved to another organization reaches nothing of what was kept for the former one', async () => {
    await world.grant(acme, priya.organization, 'look')
    expect(await seen()).toBe(1)
    const bright = await world.partner('Bright Field')
    await owner('update memberships set until_at = $2 where person_id = $1 and until_at is null', [priya.id, world.clock.at])
    await owner('insert into memberships (person_id, organization_id, roles, from_at) values ($1, $2, $3, $4)', [
      priya.id,
      bright.id,
      ['consultant'],
      world.clock.at,
    ])
    expect(await seen({ ...priya, organization: bright })).toBe(0)
  })

  test('what was kept in the database of which this one is a copy is not believed', async () => {
    await world.grant(acme, priya, 'look')
    expect(await seen()).toBe(1)
    // A restored row was written by the transaction of the restoring, not by the one that it names.
    await owner(`update kept_reach set customers = '\\xff', numbers = '{0,1,2,3,4,5,6,7}' where person_id = $1`, [priya.id])
    expect(await seen()).toBe(1)
  })

  test('rows of transactions that are still to come, as a restored copy has them, do not keep it void for ever', async () => {
    await owner(`insert into reach_changes values ($1, '4000000000')`, [priya.organization.id])
    expect(await seen()).toBe(0)
    const { rows } = await owner('select changed_by from reach_changes where organization_id = $1', [priya.organization.id])
    expect(rows).toEqual([])
  })

  test('nobody but the functions reads or writes it', async () => {
    const { rows } = await owner(
      `select r, t from unnest(array['latchkey_app', 'latchkey_facts', 'latchkey_system']) r, unnest(array['kept_reach', 'reach_changes', 'access_sorts']) t
       where has_table_privilege(r, t, 'select, insert, update, delete')`,
    )
    expect(rows).toEqual([])
  })

  test('OR-020 with the row policies off, the list still shows nothing more', async () => {
    await world.grant(acme, priya, 'look')
    await world.record(await world.customer('Beta Foods'))
    const found = await world
      .as(priya)
      .reading(`${kind}:read`, { kind: 'self' }, async (tx) => ({ tx, rule: visible(tx.law, tx.actor, `${kind}:read`) }))
    // Only now: the embedded database has one connection.
    const client = await world.stage.owner.connect()
    try {
      await client.query('begin')
      await client.query(
        `select set_config('app.now', $1, true), set_config('app.person', $2, true), set_config('app.organization', $3, true), set_config('app.side', 'partner', true), set_config('app.roles', 'consultant', true)`,
        [world.clock.at, priya.id, priya.organization.id],
      )
      for (const reach of [found.tx.reach, null]) {
        const unguarded = { ...found.tx, reach, sql: kyselyOn<never>(client) as unknown as typeof found.tx.sql }
        expect((await recordsAfter(unguarded, kind, found.rule, {}, undefined, 100)).map(({ customerId }) => customerId)).toEqual([acme.id])
      }
    } finally {
      await client.query('rollback')
      client.release()
    }
  })
})
