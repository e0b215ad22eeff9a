import { expect, test } from 'vitest'
import { postgresPrograms, startPostgres } from '../../../tools/private-postgres.mjs'
import { DatabaseAway, isAway, NestedAcquire } from './errors.ts'
import { openDatabase } from './open.ts'
import { openAddress, openPrivate, privatePostgres } from './postgres.test-support.ts'
import { silentLog } from './scratch.test-support.ts'

test.skipIf(postgresPrograms() === undefined)(
  'a PostgreSQL server that goes away and comes back is away meanwhile, and then answers again',
  async ({ onTestFinished }) => {
    const server = await startPostgres({ durable: true })
    onTestFinished(() => server.stop())
    const database = await openDatabase({ url: server.ownerUrl, log: silentLog })
    onTestFinished(() => database.close())
    await database.pool.query('create table kept (n int)')
    const idle = await Promise.all([database.pool.connect(), database.pool.connect()])
    for (const client of idle) client.release()

    for (let round = 0; round < 2; round += 1) {
      // One connection is idle, one inside a transaction without a statement, one inside a statement.
      const waiting = await database.pool.connect()
      await waiting.query('begin')
      await waiting.query('insert into kept values (-1)')
      const sleeping = database.pool.withClient((client) => client.query('select pg_sleep(60)')).catch((error: unknown) => error)
      await database.pool.query('select 1')

      await server.kill9()

      expect(await sleeping).toBeInstanceOf(DatabaseAway)
      // The server's own children outlive it by a moment, and may answer once more.
      const outcome = (answer: Promise<unknown>) => answer.catch((error: unknown) => error)
      await expect.poll(async () => isAway(await outcome(waiting.query('select 1'))), { timeout: 20_000 }).toBe(true)
      waiting.release(true)
      await expect.poll(() => outcome(database.ping()), { timeout: 20_000 }).toBeInstanceOf(DatabaseAway)
      await expect.poll(() => outcome(database.pool.withClient(async () => undefined)), { timeout: 20_000 }).toBeInstanceOf(DatabaseAway)

      await server.restart()

      await database.ping()
      await database.pool.query('insert into kept values ($1)', [round])
    }
    expect((await database.pool.query('select n from kept order by n')).rows).toEqual([{ n: 0 }, { n: 1 }])
  },
)

test('an address where nobody answers is away, and says so without the password', async () => {
  const database = await openAddress('postgres://someone:hush@127.0.0.1:1/nothing')
  const error = await database.ping().catch((away: unknown) => away)
  expect(error).toBeInstanceOf(DatabaseAway)
  expect(String(error)).toContain('ECONNREFUSED')
  expect(String(error)).not.toContain('hush')
})

test.skipIf(!privatePostgres)('on PostgreSQL too, a second connection inside a piece of work is refused', async () => {
  const { pool } = await openPrivate()
  await pool.withClient(() => expect(pool.query('select 1')).rejects.toBeInstanceOf(NestedAcquire))
})

test.skipIf(!privatePostgres)('a connection of PostgreSQL speaks UTC and sees only the public schema', async () => {
  const { pool, ...database } = await openPrivate()
  const { rows } = await pool.query(`select current_setting('timezone') as zone, current_setting('search_path') as path`)
  expect(rows).toEqual([{ zone: 'UTC', path: 'public' }])
  expect(await database.freeSpace()).toEqual({ ok: true, freeBytes: undefined, watermark: 0 })
  database.assertWritable()
})

test('without an address and without a directory nothing is opened', async () => {
  await expect(openDatabase({ log: silentLog })).rejects.toThrow('Neither the address of a database nor a data directory')
})
