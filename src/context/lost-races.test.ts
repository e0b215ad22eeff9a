// Two who write the same at once: the second is run again or refused in words, on both databases, and never ends in an error of the database.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { refusalOf } from '../../test/access-stage.ts'
import { databaseKinds } from '../../test/database.ts'
import { createWorld, type TestOrganization, type World } from '../../test/world.ts'
import type { WriteTx } from './context.ts'
import { under } from './opening.ts'

describe.each(databaseKinds)('writes that find their key taken on %s', (kind) => {
  let world: World
  beforeAll(async () => {
    world = await createWorld(kind)
  })
  afterAll(() => world.close())

  /** A customer has one choice that counts: a second one finds the key taken. */
  const choose = async (tx: WriteTx, { id }: TestOrganization, choice: string) => {
    tx.record({ what: 'test.chosen', customerId: id, detail: {} })
    await tx.sql
      .insertInto('colleague_choices')
      .values({ customer_id: id, choice, from_at: new Date(tx.now) })
      .execute()
  }
  const asOperator = (work: (tx: WriteTx) => Promise<unknown>) =>
    world.withKey(world.vendor, true).writing('portal:operate', { kind: 'portal' }, work)
  const choices = async ({ id }: TestOrganization) =>
    (
      await world.stage.owner.query<{ choice: string; entries: number }>(
        `select choice, (select count(*)::int from audit_entries a where a.customer_id = $1 and what = 'test.chosen') as entries
         from colleague_choices where customer_id = $1`,
        [id],
      )
    ).rows

  test('it is run again, and what the first run wrote and recorded is gone', async () => {
    const acme = await world.customer('Acme')
    let runs = 0
    await asOperator(async (tx) => {
      runs += 1
      await choose(tx, acme, 'ask')
      if (runs < 3) await choose(tx, acme, 'tell')
    })
    expect(runs).toBe(3)
    expect(await choices(acme)).toEqual([{ choice: 'ask', entries: 1 }])
  })

  test('whose key is taken every time is refused in words, and nothing is changed', async () => {
    const acme = await world.customer('Acme')
    await asOperator((tx) => choose(tx, acme, 'ask'))
    let runs = 0
    const refusal = await refusalOf(
      asOperator(async (tx) => {
        runs += 1
        await choose(tx, acme, 'tell')
      }),
    )
    expect([refusal.code, runs]).toEqual(['overlaps', 4])
    expect(refusal.message).toMatch(/^There is one like this already.* Nothing was changed\./)
    expect(await choices(acme)).toEqual([{ choice: 'ask', entries: 1 }])
  })

  test('of statements that travel together, the first that failed says why: a lost race stays one that is run again', async () => {
    const deep = async (work: () => Promise<unknown>, layers: number): Promise<unknown> => (layers === 0 ? work() : deep(work, layers - 1))
    const failed = world.house.database.pool.withClient(async (client) => {
      await client.query('begin')
      try {
        const lost = `do $$ begin raise exception 'lost' using errcode = 'serialization_failure'; end $$`
        return await under(client, 'latchkey_facts', () => deep(() => client.query(lost), 20), 'latchkey_app')
      } finally {
        await client.query('rollback')
      }
    })
    await expect(failed).rejects.toMatchObject({ code: '40001' })
  })
})
