import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import type { Database } from './database.ts'
import { migrate } from './migrate.ts'
import { readMigrations } from './migration-files.ts'
import { assertMigrated, MigrationRefused, migrationStatus } from './migration-status.ts'
import { openPrivate, privatePostgres } from './postgres.test-support.ts'
import { openForTest, scratchDirectory, silentLog } from './scratch.test-support.ts'

let directory: string

beforeEach(async () => {
  directory = await scratchDirectory()
  await mkdir(directory)
  await writeFile(join(directory, '0001-first.sql'), 'create table firsts (n int); insert into firsts values (1);')
  await writeFile(join(directory, '0002-second.sql'), 'create table seconds (n int);\ninsert into firsts values (2);')
})

const versionsOf = async (database: Database) => (await migrationStatus(database.pool, directory)).applied.map(({ version }) => version)
const run = (database: Database) => migrate(database, { directory, log: silentLog })

for (const [kind, open] of [
  ['embedded', () => openForTest()],
  ['postgresql', openPrivate],
] as const) {
  describe.skipIf(kind === 'postgresql' && !privatePostgres)(`on the ${kind} database`, () => {
    test('migrations are applied once, in order, and the status says so', async () => {
      const database = await open()
      expect((await migrationStatus(database.pool, directory)).pending.map(({ name }) => name)).toEqual(['first', 'second'])
      await expect(assertMigrated(database.pool, directory)).rejects.toThrow('lacks 2 migrations')
      expect(await run(database)).toEqual([1, 2])
      expect(await run(database)).toEqual([])
      await assertMigrated(database.pool, directory)
      expect((await database.pool.query('select n from firsts order by n')).rows).toEqual([{ n: 1 }, { n: 2 }])
    })

    test('a migration that was changed after it was applied is refused and nothing is done', async () => {
      const database = await open()
      await run(database)
      await writeFile(join(directory, '0001-first.sql'), 'create table firsts (n bigint)')
      await writeFile(join(directory, '0003-third.sql'), 'create table thirds (n int)')
      await expect(run(database)).rejects.toThrow('The migration 1 (first) was changed after the database had it')
      await expect(assertMigrated(database.pool, directory)).rejects.toBeInstanceOf(MigrationRefused)
      expect(await versionsOf(database)).toEqual([1, 2])
    })

    test('a database that is newer than the program is refused', async () => {
      const database = await open()
      await run(database)
      await rm(join(directory, '0002-second.sql'))
      await expect(run(database)).rejects.toThrow('The database is newer than this program: it has had the migration 2 (second)')
      await expect(assertMigrated(database.pool, directory)).rejects.toBeInstanceOf(MigrationRefused)
    })

    test('a migration with a number before the last applied one is refused', async () => {
      const database = await open()
      await run(database)
      await rename(join(directory, '0002-second.sql'), join(directory, '0005-second.sql'))
      await database.pool.query('update schema_migrations set version = 5 where version = 2')
      await writeFile(join(directory, '0003-late.sql'), 'select 1')
      await expect(run(database)).rejects.toThrow('The migration 3 (late) comes too late')
    })

    test('a migration that fails says where and leaves nothing; those before it stay', async () => {
      const database = await open()
      await writeFile(join(directory, '0003-wrong.sql'), 'create table half (n int);\n\nselect nothing from nowhere;')
      await expect(run(database)).rejects.toThrow(
        'The migration 3 (wrong) failed: relation "nowhere" does not exist (line 3). Those before it stay.',
      )
      expect(await versionsOf(database)).toEqual([1, 2])
      expect((await database.pool.query(`select to_regclass('half') as half`)).rows).toEqual([{ half: null }])
    })

    test('a migration that ends its transaction by itself is refused', async () => {
      const database = await open()
      await writeFile(join(directory, '0003-sly.sql'), 'create table sly (n int); commit;')
      await expect(run(database)).rejects.toThrow('must not end the transaction')
      expect(await versionsOf(database)).toEqual([1, 2])
    })

    test('two that migrate at the same time apply everything once', async () => {
      const database = await open()
      const both = await Promise.all([run(database), run(database)])
      expect(both.flat()).toEqual([1, 2])
      expect((await database.pool.query('select n from firsts order by n')).rows).toEqual([{ n: 1 }, { n: 2 }])
    })

    test('the migrations of this program apply', async () => {
      const database = await open()
      const own = await readMigrations()
      expect(await migrate(database, { log: silentLog })).toEqual(own.map(({ version }) => version))
      await assertMigrated(database.pool)
    })
  })
}

test('the same text with Windows line ends is the same migration', async () => {
  const [, unix] = await readMigrations(directory)
  await writeFile(join(directory, '0002-second.sql'), 'create table seconds (n int);\r\ninsert into firsts values (2);')
  const [, windows] = await readMigrations(directory)
  expect(windows).toEqual(unix)
})

test('no migrations at all, a wrong name and a number twice are refused', async () => {
  await writeFile(join(directory, '0002-other.sql'), 'select 1')
  await expect(readMigrations(directory)).rejects.toThrow('Two migrations have the number 2')
  await writeFile(join(directory, '3-third.sql'), 'select 1')
  await expect(readMigrations(directory)).rejects.toThrow('The migration 3-third.sql must be named NNNN-some-name.sql')
  const empty = await scratchDirectory()
  await mkdir(empty)
  await expect(readMigrations(empty)).rejects.toThrow('There are no migrations')
})
