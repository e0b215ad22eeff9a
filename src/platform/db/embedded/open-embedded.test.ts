import { existsSync } from 'node:fs'
import { cp, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { DatabaseAway, NoRoom } from '../errors.ts'
import { openDatabase } from '../open.ts'
import { directoryWithDatabase, openForTest, scratchDirectory, silentLog, startChild } from '../scratch.test-support.ts'
import { cloneDirectory } from './data-directory.ts'
import { DirectoryLocked } from './directory-lock.ts'

const endlessLoop = 'do $$ begin loop end loop; end $$'
const fiveBusySeconds = `do $$ declare until timestamptz := clock_timestamp() + interval '5 s';
  begin while clock_timestamp() < until loop end loop; end $$`

test('a database that acknowledges a commit without syncing it is refused at the start', async () => {
  for (const setting of ['fsync=off', 'wal_sync_method=fdatasync', 'synchronous_commit=off']) {
    const directory = await directoryWithDatabase()
    await expect(openDatabase({ directory, settings: [setting], log: silentLog })).rejects.toThrow('without syncing it to the disk')
    // The refusal gives the directory free.
    await (await openForTest({ directory })).ping()
  }
})

test('a data directory that is open in one process is refused in another', async () => {
  const directory = await directoryWithDatabase()
  const child = startChild(`
    import { openDatabase } from '$src/open.ts'
    const database = await openDatabase({ directory: ${JSON.stringify(directory)}, log: { info() {}, warn() {}, error() {} } })
    console.log('open')
    process.stdin.once('data', async () => { await database.close(); console.log('closed') })`)
  expect(await child.line()).toBe('open')
  await expect(openDatabase({ directory, log: silentLog })).rejects.toBeInstanceOf(DirectoryLocked)
  child.tell('close')
  expect(await child.line()).toBe('closed')
  await (await openForTest({ directory })).ping()
})

test('a first start that was cut off leaves no half of a database: the next one begins anew', { timeout: 180_000 }, async () => {
  const directory = await scratchDirectory()
  await mkdir(join(directory, 'database.unfinished'), { recursive: true })
  await writeFile(join(directory, 'database.unfinished', 'PG_VERSION'), '18')
  const database = await openForTest({ directory })
  await database.ping()
  expect(existsSync(join(directory, 'database.unfinished'))).toBe(false)
})

test('a folder that has the name of the database and is none is left alone', async () => {
  const directory = await scratchDirectory()
  await mkdir(join(directory, 'database'), { recursive: true })
  await writeFile(join(directory, 'database', 'letter.txt'), 'keep me')
  await expect(openDatabase({ directory, log: silentLog })).rejects.toThrow('holds no database')
  expect(existsSync(join(directory, 'database', 'letter.txt'))).toBe(true)
})

test('a directory is cloned with its rows, the copies are independent, and one that is in use is not copied', async () => {
  const directory = await directoryWithDatabase()
  const original = await openDatabase({ directory, log: silentLog })
  await original.pool.query('create table cloned (n int); insert into cloned values (1), (2)')
  const copy = await scratchDirectory()
  await expect(cloneDirectory(directory, copy)).rejects.toBeInstanceOf(DirectoryLocked)
  await original.close()
  await cloneDirectory(directory, copy)
  await expect(cloneDirectory(directory, copy)).rejects.toThrow('has a database already')
  const cloned = await openForTest({ directory: copy })
  await cloned.pool.query('insert into cloned values (3)')
  const again = await openForTest({ directory })
  const count = async (from: typeof cloned) => (await from.pool.query('select count(*) as n from cloned')).rows[0].n
  expect([await count(cloned), await count(again)]).toEqual([3, 2])
})

test('below the watermark writing is refused with the figures and reading goes on; above it writing goes on', async () => {
  let freeBytes = 300 * 1_048_576
  const directory = await directoryWithDatabase()
  const database = await openForTest({ directory, readFreeBytes: () => freeBytes })
  database.assertWritable()
  expect(await database.freeSpace()).toEqual({ ok: true, freeBytes, watermark: 256 * 1_048_576 })

  freeBytes = 255 * 1_048_576
  await expect.poll(async () => (await database.freeSpace()).ok, { timeout: 10_000 }).toBe(false)
  expect(() => database.assertWritable()).toThrow(NoRoom)
  expect(() => database.assertWritable()).toThrow(`The disk of ${directory} has 255 MB free, less than the 256 MB that are kept`)
  await database.ping()

  freeBytes = 300 * 1_048_576
  await expect.poll(async () => (await database.freeSpace()).ok, { timeout: 10_000 }).toBe(true)
  database.assertWritable()
})

test('a database that hangs is stopped, everyone who waits is told, and the rows are there at the next start', async () => {
  const directory = await directoryWithDatabase()
  const lost = Promise.withResolvers<DatabaseAway>()
  const database = await openForTest({ directory, patience: 2_000, onLost: lost.resolve })
  await database.pool.query('create table kept (n int); insert into kept values (1)')

  const hanging = database.pool.withClient((client) => client.query(endlessLoop))
  const waiting = database.pool.query('select 1')
  await expect(hanging).rejects.toBeInstanceOf(DatabaseAway)
  await expect(waiting).rejects.toBeInstanceOf(DatabaseAway)
  expect((await lost.promise).message).toContain('answered nothing for')
  await expect(database.ping()).rejects.toBeInstanceOf(DatabaseAway)
  await expect(database.pool.connect()).rejects.toBeInstanceOf(DatabaseAway)

  await database.close()
  const again = await openForTest({ directory })
  expect((await again.pool.query('select n from kept')).rows).toEqual([{ n: 1 }])
})

test('a long statement is left alone when it was announced, and stopped when it was not', async () => {
  const database = await openForTest({ patience: 2_000 })
  await database.patiently(() => database.pool.query(fiveBusySeconds))
  await database.ping()
  await expect(database.pool.withClient((client) => client.query(fiveBusySeconds))).rejects.toBeInstanceOf(DatabaseAway)
})

test('an engine that breaks ends the database at once and not after a minute', async () => {
  const lost = Promise.withResolvers<DatabaseAway>()
  const database = await openForTest({ onLost: lost.resolve })
  // A statement that wants more data than its message brings ends PGlite's main loop, as a panic does.
  const broken = database.pool.query(`select 1; copy pg_class from stdin`)
  await expect(broken).rejects.toThrow()
  expect((await lost.promise).message).toContain('broke off')
  await expect(database.ping()).rejects.toBeInstanceOf(DatabaseAway)
})

test('a disk that takes nothing more ends the database within moments, and every acknowledged row is there afterwards', async () => {
  const directory = await directoryWithDatabase()
  // No file may grow beyond 12 MB: the log, of 16 MB files, soon cannot be written. That is the panic of a full disk.
  const child = startChild(
    `
    import { openDatabase } from '$src/open.ts'
    const log = { info() {}, warn() {}, error() {} }
    const onLost = (error) => console.log('lost ' + error.message)
    const database = await openDatabase({ directory: ${JSON.stringify(directory)}, log, onLost })
    await database.pool.query('create table filled (n int, words text)')
    try {
      for (let n = 1; n < 5000; n += 1) {
        await database.pool.query("insert into filled values ($1, repeat('w', 20000))", [n])
        await database.pool.query("insert into filled select $1, string_agg(md5(i::text || random()), '') from generate_series(1, 900) i", [n])
        console.log(String(n))
      }
    } catch (error) {
      console.log('error ' + error.message)
    }
    await database.pool.query('select 1').catch((error) => console.log(error.name))`,
    'trap "" XFSZ; ulimit -f 24576',
  )
  let acknowledged = 0
  let line = await child.line()
  for (; /^\d+$/.test(line); line = await child.line()) acknowledged = Number(line)
  expect(acknowledged).toBeGreaterThan(10)
  const rest = [line, await child.line(), await child.line()]
  expect(rest.join('\n')).toMatch(/lost The embedded database broke off: .*PANIC/)
  expect(rest).toContain('DatabaseAway')
  await child.kill9()
  const { pool } = await openForTest({ directory })
  expect((await pool.query('select count(distinct n) as n from filled where n <= $1', [acknowledged])).rows).toEqual([{ n: acknowledged }])
})

test('a database in memory needs no directory', { timeout: 180_000 }, async () => {
  const database = await openForTest({ directory: 'memory://' })
  expect((await database.pool.query('select 1 as one')).rows).toEqual([{ one: 1 }])
  database.assertWritable()
})

test('closing gives the directory free, may be repeated, and does not wait for ever for a caller', async () => {
  const directory = await directoryWithDatabase()
  const database = await openDatabase({ directory, log: silentLog })
  await database.pool.connect()
  await Promise.all([database.close(), database.close()])
  await cp(directory, await scratchDirectory(), { recursive: true })
  await (await openForTest({ directory })).ping()
})
