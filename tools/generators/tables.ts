// The row types of every table, read from a database that has just been migrated: a migration and its types change together.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Kysely, PostgresDialect } from 'kysely'
import { generate as rowTypes, PostgresDialect as WordsOfPostgres } from 'kysely-codegen'
import { migrate } from '../../src/platform/db/migrate.ts'
import { openDatabase } from '../../src/platform/db/open.ts'

const silent = { debug() {}, info() {}, warn() {}, error() {} }
const path = 'src/platform/db/tables.gen.ts'

export async function generate(): Promise<{ path: string; text: string }[]> {
  const directory = mkdtempSync(join(tmpdir(), 'latchkey-tables-'))
  const database = await openDatabase({ directory, log: silent, watermark: 0 })
  try {
    await migrate(database, { log: silent })
    const db = new Kysely({ dialect: new PostgresDialect({ pool: database.pool }) })
    const text = await rowTypes({
      db,
      dialect: new WordsOfPostgres({ dateParser: 'string' }),
      typeMapping: { int8: 'number' },
      outFile: null,
      excludePattern: 'schema_migrations',
    })
    return [{ path, text: text.replace(/\bDB\b/g, 'Tables') }]
  } finally {
    await database.close()
    rmSync(directory, { recursive: true, force: true })
  }
}
