// How much of a portal some customers have, for choosing a way through lists: a number in every state that the database's own estimates can be in.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { databaseKinds } from '../database.ts'
import { createWorld, type TestOrganization, type World } from '../world.ts'

describe.each(databaseKinds)('the size of a reach on %s', (database) => {
  let world: World
  beforeAll(async () => {
    world = await createWorld(database)
  })
  afterAll(() => world.close())

  const owner = (text: string, values: unknown[] = []) => world.stage.owner.query(text, values)
  const sizeOf = async (...customers: TestOrganization[]) =>
    (await owner('select records, share from size_of($1)', [customers.map(({ customerNo }) => customerNo)])).rows[0]

  test('a portal without records, one that was never analysed, and one that was analysed while it was empty give the true part', async () => {
    const [acme, beta] = [await world.customer('Acme'), await world.customer('Beta')]
    const none = { records: 0, share: 0 }
    expect([await sizeOf(), await sizeOf(acme)]).toEqual([none, none])
    for (const customer of [acme, acme, acme, beta]) await world.record(customer)
    const all = async () => [await sizeOf(), await sizeOf(acme), await sizeOf(acme, beta)]
    const parts = [none, { records: 3, share: 0.75 }, { records: 4, share: 1 }]
    expect(await all()).toEqual(parts)
    await owner('analyze')
    expect(await all()).toEqual(parts)
    await owner('delete from records')
    await owner('vacuum analyze')
    expect([await sizeOf(), await sizeOf(acme)]).toEqual([none, none])
    for (const customer of [acme, acme, acme, beta]) await world.record(customer)
    expect(await all()).toEqual(parts)
  })

  test('nobody but the owner asks how many records somebody has', async () => {
    const { rows } = await owner(`select has_function_privilege('latchkey_app', 'size_of(int[])', 'execute') as may`)
    expect(rows).toEqual([{ may: false }])
  })
})
