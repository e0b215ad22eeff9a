import type { Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type pg from 'pg'
import { from as copyFrom, to as copyTo } from 'pg-copy-streams'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { DatabaseBusy, NestedAcquire } from '../errors.ts'
import { type GuardedPool, oneByOne } from '../guarded-pool.ts'
import { openForTest } from '../scratch.test-support.ts'

let pool: GuardedPool
beforeAll(async () => {
  pool = (await openForTest({}, afterAll)).pool
})

async function outcome(work: Promise<unknown>): Promise<unknown> {
  return work.catch((error: { code?: string }) => error.code ?? error)
}

test('1,000 mixed queries of ten callers, with errors and large values among them, are never mixed up', async () => {
  await pool.query('create table taken (n int primary key)')
  await pool.query('insert into taken values (1)')
  const one = async (caller: number, turn: number): Promise<boolean> => {
    const mark = `${caller}:${turn}`
    const kind = (turn * 7 + caller) % 5
    if (kind === 0) return (await outcome(pool.query('insert into taken values (1)'))) === '23505'
    if (kind === 1) return (await outcome(pool.query('selec'))) === '42601'
    if (kind === 2) {
      const { rows } = await pool.query('select $1::text as mark, repeat($1::text, 20000) as large', [mark])
      return rows[0].mark === mark && rows[0].large === mark.repeat(20_000)
    }
    if (kind === 3) {
      const { rows } = await pool.query('select length($1::text) as length, $2::text as mark', ['x'.repeat(200_000), mark])
      return rows[0].length === 200_000 && rows[0].mark === mark
    }
    return pool.withClient(async (client) => {
      await client.query('begin')
      await client.query(`select set_config('app.mark', $1, true)`, [mark])
      const { rows } = await client.query(`select current_setting('app.mark') as mark`)
      await client.query(turn % 2 ? 'commit' : 'rollback')
      return rows[0].mark === mark
    })
  }
  const callers = Array.from({ length: 10 }, async (_, caller) => {
    const right: boolean[] = []
    for (let turn = 0; turn < 100; turn += 1) right.push(await one(caller, turn))
    return right
  })
  const answers = (await Promise.all(callers)).flat()
  expect(answers).toHaveLength(1000)
  expect(answers.filter((right) => !right)).toHaveLength(0)
})

test('statements that travel together are answered in their order, and one that fails fails those behind it in its transaction alone', async () => {
  await pool.withClient(async (client) => {
    const answers = await Promise.allSettled([
      client.query('begin'),
      client.query('select $1::int as n', [1]),
      client.query('select 1 / $1::int as n', [0]),
      client.query('select $1::int as n', [2]),
      client.query('rollback'),
      client.query({ name: 'three', text: 'select $1::int as n', values: [3] }),
    ])
    const inShort = answers.map((answer) => (answer.status === 'fulfilled' ? (answer.value.rows[0]?.n ?? null) : answer.reason.code))
    expect(inShort).toEqual([null, 1, '22012', '25P02', null, 3])
  })
})

test('a client that is dropped inside a transaction takes it along, and leaves no setting, lock or statement to the next', async () => {
  const client = await pool.connect()
  await client.query('begin')
  await client.query('create table half_done (n int)')
  await client.query(`set role pg_monitor; set app.left_over to 'yes'; select pg_advisory_lock(7)`)
  client.release(new Error('dropped'))
  const { rows } = await pool.query(
    `select to_regclass('half_done') as half_done, current_user as who, nullif(current_setting('app.left_over', true), '') as left_over,
      (select count(*) from pg_locks where locktype = 'advisory') as locks`,
  )
  expect(rows).toEqual([{ half_done: null, who: 'postgres', left_over: null, locks: 0 }])
})

test('work that leaves its transaction open by mistake leaves nothing behind', async () => {
  await pool.withClient(async (client) => {
    await client.query('begin')
    await client.query('create table forgotten (n int)')
  })
  const { rows } = await pool.query(`select to_regclass('forgotten') as forgotten`)
  expect(rows).toEqual([{ forgotten: null }])
})

test('asking for a second connection inside a piece of work throws at once instead of waiting for ever', async () => {
  const began = performance.now()
  await pool.withClient(async (client) => {
    await expect(pool.connect()).rejects.toBeInstanceOf(NestedAcquire)
    await expect(pool.query('select 1')).rejects.toBeInstanceOf(NestedAcquire)
    await expect(pool.withClient(async () => undefined)).rejects.toBeInstanceOf(NestedAcquire)
    await client.query('select 1')
  })
  expect(performance.now() - began).toBeLessThan(2_000)
})

test('work that was left running by a piece of work may ask once that has ended', async () => {
  const ended = Promise.withResolvers<void>()
  const left: Promise<unknown>[] = []
  await pool.withClient(async () => {
    left.push(ended.promise.then(() => pool.query('select 1 as one')))
  })
  ended.resolve()
  expect(await left[0]).toMatchObject({ rows: [{ one: 1 }] })
})

test('a caller that waits too long for the one connection is told that the database is busy', async () => {
  const client = await pool.connect()
  const usual = pool.options.connectionTimeoutMillis
  pool.options.connectionTimeoutMillis = 50
  await expect(pool.connect()).rejects.toBeInstanceOf(DatabaseBusy)
  pool.options.connectionTimeoutMillis = usual
  client.release()
})

test('rows are copied in and out in streams', async () => {
  await pool.query('create table copied (n int primary key, word text)')
  await pool.withClient(async (client) => {
    await copyIn(
      client,
      'copy copied (n, word) from stdin',
      Array.from({ length: 5000 }, (_, n) => `${n}\tword ${n}\n`),
    )
    const { rows } = await client.query('select count(*) as rows, max(word) as word from copied where word = $1 || n', ['word '])
    expect(rows).toEqual([{ rows: 5000, word: 'word 999' }])
    const out: string[] = []
    for await (const piece of client.query(copyTo('copy (select word from copied where n < 3 order by n) to stdout')))
      out.push(String(piece))
    expect(out.join('')).toBe('word 0\nword 1\nword 2\n')
  })
})

test('a copy that fails in the middle says why, and the connection goes on', async () => {
  await pool.query('create table whole (n int primary key)')
  await pool.withClient(async (client) => {
    await expect(copyIn(client, '/* rows */ COPY whole FROM STDIN', ['1\n', 'two\n', '3\n'])).rejects.toMatchObject({ code: '22P02' })
    await expect(copyIn(client, 'copy nowhere from stdin', ['1\n'])).rejects.toMatchObject({ code: '42P01' })
    await copyIn(client, 'copy whole from stdin', ['7\n'])
    const { rows } = await client.query('select n from whole')
    expect(rows).toEqual([{ n: 7 }])
  })
})

async function copyIn(client: pg.PoolClient, statement: string, lines: readonly string[]): Promise<void> {
  const sink: Writable = oneByOne(client).query(copyFrom(statement))
  await pipeline(lines, sink)
}

test('the extensions that the tables need are there', async () => {
  await pool.query('create extension pg_trgm; create extension citext; create extension btree_gist')
  const { rows } = await pool.query(`select 'A'::citext = 'a' as equal, similarity('grant', 'grants') > 0.5 as similar`)
  expect(rows).toEqual([{ equal: true, similar: true }])
})

test('the log of the database is kept short by checkpoints of our own', async () => {
  await pool.query('create table filled (n int, words text)')
  for (let turn = 0; turn < 24; turn += 1) {
    await pool.query(`insert into filled select n, repeat('w', 400) from generate_series(1, 20000) n`)
  }
  const { rows } = await pool.query(
    `select pg_current_wal_lsn() - '0/0'::pg_lsn as written, pg_current_wal_lsn() - redo_lsn as since_checkpoint,
      (select sum(size) from pg_ls_waldir()) as on_disk from pg_control_checkpoint()`,
  )
  const megabytes = (text: string) => Number(text) / 1_048_576
  expect(megabytes(rows[0].written)).toBeGreaterThan(220)
  expect(megabytes(rows[0].since_checkpoint)).toBeLessThan(100)
  expect(megabytes(rows[0].on_disk)).toBeLessThan(180)
})
