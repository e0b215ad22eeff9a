// Somebody tries to be told an old yes: after each sort of change, at other instants, inside a transaction and under another definition.
import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { applyDefinition } from '../../src/context/portal-definition.ts'
import { readDefinition } from '../../src/definition/read.ts'
import { addMilliseconds } from '../../src/kernel/instant.ts'
import { databaseKinds } from '../database.ts'
import { worldStart } from '../world.ts'
import { reachStage } from './reach-stage.ts'

describe.each(databaseKinds)('an old yes on %s', (database) => {
  const { all, owner, seen, exact, keeping, removing } = reachStage(database)

  test('a group is left, ended, and taken away', async () => {
    const { world, acme, priya } = all
    const partner = priya.organization.id
    const group = async (): Promise<string> => {
      const { rows } = await owner(`insert into groups (partner_id, name, created_at) values ($1, $2, '2020-01-01') returning id`, [
        partner,
        randomUUID(),
      ])
      await owner(`insert into group_members (group_id, person_id, from_at) values ($1, $2, '2020-01-01')`, [rows[0].id, priya.id])
      return rows[0].id
    }
    const given = async (): Promise<boolean[]> => {
      const found = await owner(
        `select k.numbers, array(select distinct g.customer_no from standing_grants($1, $2, 'partner', $3) g order by 1) as anew
         from exact_reach($1, $2, 'partner', $3) k where k.gives = '{*}'`,
        [priya.id, partner, world.clock.at],
      )
      return found.rows.map(({ numbers, anew }) => numbers.length === anew.length && numbers.length === 1)
    }
    const changes = [
      'update group_members set until_at = $2 where group_id = $1',
      'update groups set ended_at = $2 where id = $1',
      `delete from group_members where group_id = $1 and $2::timestamptz is not null`,
    ]
    for (const change of changes) {
      const id = await group()
      await owner(
        `insert into grants (customer_id, partner_id, group_id, level, from_at, until_at, confirmed_at, given_at)
         values ($1, $2, $3, 'look', '2020-01-01', '2030-01-01', '2020-01-01', '2020-01-01')`,
        [acme.id, partner, id],
      )
      await owner(keeping())
      expect([change, await given()]).toEqual([change, [true]])
      await owner(change, [id, world.clock.at])
      expect([change, await exact()]).toEqual([change, false])
      await owner('delete from grants where group_id = $1', [id])
    }
  })

  test('a membership ends, the partner is suspended at once or at a date, and the other side is another question', async () => {
    const { world, acme, priya } = all
    const partner = priya.organization.id
    await world.grant(acme, priya, 'look')
    expect([await seen(), await exact('partner'), await exact('vendor'), await exact('customer')]).toEqual([1, true, false, false])
    await owner('update organizations set suspended_at = $2 where id = $1', [partner, world.clock.at])
    expect([await exact(), await seen()]).toEqual([false, 0])
    await owner('update organizations set suspended_at = $2 where id = $1', [partner, addMilliseconds(world.clock.at, 86_400_000)])
    expect([await seen(), await exact()]).toEqual([1, true])
    world.passDays(1)
    expect([await exact(), await seen()]).toEqual([false, 0])
    await owner('update organizations set suspended_at = null where id = $1', [partner])
    expect(await seen()).toBe(1)
    await owner('update memberships set until_at = $2 where person_id = $1', [priya.id, world.clock.at])
    expect(await seen()).toBe(0)
  })

  test('what is kept answers for no earlier instant, and for none after the next date', async () => {
    const { world, acme, priya } = all
    await world.grant(acme, priya, 'look', { until: addMilliseconds(world.clock.at, 86_400_000) })
    expect(await seen()).toBe(1)
    const at = (ms: number) => addMilliseconds(worldStart as never, ms)
    expect(await Promise.all([-1, 0, 86_399_999, 86_400_000].map((ms) => exact('partner', at(ms))))).toEqual([false, true, true, false])
  })

  test('somebody who ends a grant and looks again in the same transaction finds nothing', async () => {
    const { world, acme, priya } = all
    await world.grant(acme, priya, 'look')
    expect(await seen()).toBe(1)
    const client = await world.stage.owner.connect()
    try {
      await client.query('begin isolation level serializable')
      await client.query(
        `select set_config('app.now', $1, true), set_config('app.person', $2, true), set_config('app.organization', $3, true), set_config('app.side', 'partner', true), set_config('app.roles', 'consultant', true)`,
        [world.clock.at, priya.id, priya.organization.id],
      )
      const many = async () => {
        await client.query('set local role latchkey_app')
        const { rows } = await client.query('select count(*)::int as many from records')
        await client.query('reset role')
        return rows[0].many
      }
      expect(await many()).toBe(1)
      await client.query('savepoint before')
      await client.query(removing())
      expect(await many()).toBe(0)
      await client.query('rollback to before')
      expect(await many()).toBe(1)
    } finally {
      await client.query('rollback')
      client.release()
    }
    expect(await seen()).toBe(1)
  })

  test('a definition that asks for other sorts of access voids what was kept, and the next question is asked by it', async () => {
    const { world, acme, priya } = all
    await world.grant(acme, priya, 'look')
    expect([await seen(), await exact()]).toEqual([1, true])
    const { source, portal } = world.stage.law
    const narrower = source.replace('may: { service_request: [read] }', 'may: { service_request: [read mine] }')
    expect(narrower).not.toBe(source)
    const client = await world.stage.owner.connect()
    await applyDefinition(client, readDefinition(narrower, portal)).finally(() => client.release())
    expect(await exact()).toBe(false)
    expect(await seen()).toBe(0)
    const again = await world.stage.owner.connect()
    await applyDefinition(again, readDefinition(source, portal)).finally(() => again.release())
    expect(await seen()).toBe(1)
  })

  test('a reach is kept only by a transaction that sees what was committed before each statement', async () => {
    const client = await all.world.stage.owner.connect()
    try {
      for (const level of ['repeatable read', 'serializable']) {
        await client.query(`begin isolation level ${level}`)
        await expect(client.query(keeping())).rejects.toThrow('kept by a transaction of its own')
        await client.query('rollback')
      }
    } finally {
      client.release()
    }
  })
})
