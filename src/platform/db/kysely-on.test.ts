import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { GuardedPool } from './guarded-pool.ts'
import { kyselyOn } from './kysely-on.ts'
import { openForTest } from './scratch.test-support.ts'

interface Tables {
  words: { n: number; word: string; day: string | null; seen_at: Date | null }
}

let pool: GuardedPool
beforeAll(async () => {
  pool = (await openForTest({}, afterAll)).pool
  await pool.query('create table words (n bigint primary key, word text not null, day date, seen_at timestamptz)')
})

test('queries run inside the transaction of the client they were given, and end with it', async () => {
  await pool.withClient(async (client) => {
    await client.query('begin')
    const db = kyselyOn<Tables>(client)
    const inserted = await db
      .insertInto('words')
      .values([
        { n: 1, word: 'one' },
        { n: 2, word: 'two' },
      ])
      .executeTakeFirst()
    expect(inserted.numInsertedOrUpdatedRows).toBe(2n)
    const updated = await db.updateTable('words').set({ word: 'three' }).where('n', '>', 1).executeTakeFirst()
    expect(updated.numUpdatedRows).toBe(1n)
    expect(await db.selectFrom('words').select(['n', 'word']).orderBy('n').execute()).toEqual([
      { n: 1, word: 'one' },
      { n: 2, word: 'three' },
    ])
    await client.query('rollback')
  })
  expect((await pool.query('select from words')).rowCount).toBe(0)
})

test('queries asked together are answered in their order, and one that fails stops none of the others', async ({ onTestFinished }) => {
  const warnings: string[] = []
  const warn = (warning: Error) => warnings.push(warning.message)
  process.on('warning', warn)
  onTestFinished(() => void process.off('warning', warn))
  await pool.withClient(async (client) => {
    const db = kyselyOn<Tables>(client)
    const numbers = Array.from({ length: 50 }, (_, n) => n)
    const answers = await Promise.allSettled(
      numbers.map((n) => sql<{ n: number }>`select ${n}::int / (${n}::int % 7 > 0)::int::int as n`.execute(db)),
    )
    for (const [n, answer] of answers.entries()) {
      if (n % 7 === 0) expect(answer).toMatchObject({ status: 'rejected', reason: { code: '22012' } })
      else expect(answer).toMatchObject({ status: 'fulfilled', value: { rows: [{ n }] } })
    }
  })
  // Where statements do not travel together the driver has a queue of its own, which is deprecated and says so.
  expect(warnings).toEqual([])
})

test('of queries asked together in a transaction, whichever is waited for, the first that failed says why', async () => {
  await pool.withClient(async (client) => {
    await client.query('begin')
    const db = kyselyOn<Tables>(client)
    const answers = await Promise.allSettled([sql`select 1 / 0`.execute(db), sql`select 1`.execute(db), sql`select 2`.execute(db)])
    expect(answers.map((answer) => answer.status === 'rejected' && answer.reason.code)).toEqual(['22012', '22012', '22012'])
    await client.query('rollback')
  })
})

test('it cannot begin a transaction of its own', async () => {
  await pool.withClient(async (client) => {
    const db = kyselyOn<Tables>(client)
    await expect(db.transaction().execute(async () => undefined)).rejects.toThrow('already runs inside a transaction')
    expect(client.getTransactionStatus()).toBe('I')
  })
})

test('numbers, days and instants come as numbers, texts and dates', async () => {
  const { rows } = await pool.query(
    `select count(*) as counted, 9007199254740991::bigint as largest, '2026-03-29'::date as day, array['2026-03-29', null]::date[] as days,
      array[array[1, null], array[3, 4]]::bigint[] as grid, timestamptz '2026-03-29 01:30:00+02' as at, 1.50::numeric as price`,
  )
  expect(rows).toEqual([
    {
      counted: expect.any(Number),
      largest: 9007199254740991,
      day: '2026-03-29',
      days: ['2026-03-29', null],
      grid: [
        [1, null],
        [3, 4],
      ],
      at: new Date('2026-03-28T23:30:00Z'),
      price: '1.50',
    },
  ])
})

test('a number that would be rounded is an error and not another number', async () => {
  await expect(pool.query('select 9007199254740993::bigint')).rejects.toThrow('9007199254740993')
  await expect(pool.query('select 1 as one')).resolves.toMatchObject({ rows: [{ one: 1 }] })
})
