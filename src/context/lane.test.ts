// What one piece of work does at the same time on its one connection, and what it left running when its door closed.
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type AccessStage, accessStage } from '../../test/access-stage.ts'
import { databaseKinds } from '../../test/database.ts'
import { createWorld, type World } from '../../test/world.ts'
import { Refusal } from '../kernel/refusal.ts'
import type { ReadTx } from './context.ts'
import { Lane } from './lane.ts'

const everybody = { limit: 50, after: null, keep: () => true }

test('while work of several steps has the connection for itself nothing else begins, whenever it was asked for; then all go on', async () => {
  const lane = new Lane()
  const told: string[] = []
  const step = (words: string) => {
    told.push(words)
    return Promise.resolve()
  }
  const long = (name: string) =>
    lane.alone(async () => {
      for (const place of [1, 2, 3]) {
        await step(`${name} ${place}`)
        void lane.together(() => step(`asked in ${name} ${place}`))
      }
    })
  await Promise.all([lane.together(() => step('first')), long('one'), lane.together(() => step('beside')), long('two')])
  await lane.together(() => step('last'))
  const places = (name: string) => [1, 2, 3].map((place) => told.indexOf(`${name} ${place}`))
  for (const name of ['one', 'two']) expect(places(name)).toEqual([0, 1, 2].map((more) => (places(name)[0] as number) + more))
  expect(told.toSorted()).toEqual(
    ['beside', 'first', 'last', ...['one', 'two'].flatMap((n) => [1, 2, 3].flatMap((p) => [`${n} ${p}`, `asked in ${n} ${p}`]))].toSorted(),
  )
  await lane.end()
  await expect(lane.together(() => step('too late'))).rejects.toThrow('after its door was closed')
  await expect(long('too late')).rejects.toThrow('after its door was closed')
})

describe.each(databaseKinds)('work on one connection on %s', (kind) => {
  let world: World
  let acme: AccessStage
  beforeAll(async () => {
    world = await createWorld(kind)
    acme = await accessStage(world)
    const beta = await accessStage(world, { customer: 'Beta', partner: 'Elsewhere' })
    await world.grant(beta.acme, beta.larkfield, 'look')
  })
  afterAll(() => world.close())

  const who = async (tx: ReadTx) =>
    (await sql<{ role: string; grants: number }>`select current_user::text as role, count(*)::int as grants from grants`.execute(tx.sql))
      .rows[0]
  const onCustomer = { kind: 'customer' } as const

  test('statements beside a search for people never run in its role, and see no more than without it', async () => {
    const on = { ...onCustomer, id: acme.acme.id }
    const seen = await world.as(acme.dana).reading('access:read', on, async (tx) => {
      const before = await who(tx)
      const past = world.clock.at
      const [, ...beside] = await Promise.all([
        tx.whoCan('access:read', on, everybody),
        who(tx),
        who(tx).then(() => who(tx)),
        tx.canThey(acme.dana.id, 'access:read', on, past).then(() => who(tx)),
        tx.can('access:read', on).then(() => who(tx)),
      ])
      return { before, beside, after: await who(tx) }
    })
    expect(seen.before?.role).toBe('latchkey_app')
    for (const one of [...seen.beside, seen.after]) expect(one).toEqual(seen.before)
  })

  test('work that refuses inside a search leaves the role that it had', async () => {
    const on = { ...onCustomer, id: acme.acme.id }
    const roles = await world.as(acme.dana).reading('access:read', on, async (tx) => {
      const refused = tx.whoCan('access:read', on, {
        ...everybody,
        keep: () => {
          throw new Refusal('not-found', 'Nothing is kept.')
        },
      })
      await expect(refused).rejects.toThrow('Nothing is kept.')
      return (await who(tx))?.role
    })
    expect(roles).toBe('latchkey_app')
  })

  test('what goes on after its door was closed runs nowhere: not as the login, and not in the work of others', async () => {
    const on = { ...onCustomer, id: acme.acme.id }
    const left = Promise.withResolvers<unknown>()
    const refused = world.as(acme.dana).writing('access:give', on, async (tx) => {
      const many = async () => {
        for (let turn = 0; turn < 20; turn++) await who(tx)
        await sql`update organizations set name = 'Taken over'`.execute(tx.sql)
      }
      many().then(left.resolve, left.resolve)
      await who(tx)
      throw new Refusal('not-found', 'Not this one.')
    })
    await expect(refused).rejects.toThrow('Not this one.')
    expect(String(await left.promise)).toMatch(/after its door was closed/)
    const { rows } = await world.stage.owner.query(`select 1 from organizations where name = 'Taken over'`)
    expect(rows).toEqual([])
  })
})
