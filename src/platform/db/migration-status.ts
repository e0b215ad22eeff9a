/** How far a database has been migrated, compared with the migrations of this version of the program. */
import type pg from 'pg'
import { codeOf } from './errors.ts'
import { type Migration, readMigrations } from './migration-files.ts'

export interface AppliedMigration {
  readonly version: number
  readonly name: string
  readonly checksum: string
}

export interface MigrationStatus {
  readonly applied: readonly AppliedMigration[]
  /** What this version of the program would still apply, in order. */
  readonly pending: readonly Migration[]
  /** Why the program and the database do not belong together, as a sentence; undefined if they do. */
  readonly conflict: string | undefined
}

/** The database was not made by the migrations of this program. Nothing was changed. */
export class MigrationRefused extends Error {
  constructor(sentence: string) {
    super(sentence)
    this.name = 'MigrationRefused'
  }
}

const undefinedTable = '42P01'

/** Reads what was applied; any login may. A database without the table has had nothing applied. */
export async function migrationStatus(pool: Pick<pg.Pool, 'query'>, directory?: string): Promise<MigrationStatus> {
  return compare(await readApplied(pool), await readMigrations(directory))
}

/**
 * Throws `MigrationRefused` unless exactly the migrations of this program have been applied: the server starts on nothing else.
 */
export async function assertMigrated(pool: Pick<pg.Pool, 'query'>, directory?: string): Promise<void> {
  const { pending, conflict } = await migrationStatus(pool, directory)
  if (conflict !== undefined) throw new MigrationRefused(conflict)
  if (pending.length > 0) throw new MigrationRefused(`The database lacks ${pending.length} migrations. Run "latchkey migrate" first.`)
}

export async function readApplied(pool: Pick<pg.Pool, 'query'>): Promise<readonly AppliedMigration[]> {
  try {
    const { rows } = await pool.query<AppliedMigration>('select version, name, checksum from schema_migrations order by version')
    return rows
  } catch (error) {
    if (codeOf(error) === undefinedTable) return []
    throw error
  }
}

export function compare(applied: readonly AppliedMigration[], migrations: readonly Migration[]): MigrationStatus {
  const done = new Map(applied.map((migration) => [migration.version, migration]))
  const pending = migrations.filter(({ version }) => !done.has(version))
  return { applied, pending, conflict: conflictOf(applied, migrations, pending) }
}

function conflictOf(
  applied: readonly AppliedMigration[],
  migrations: readonly Migration[],
  pending: readonly Migration[],
): string | undefined {
  const known = new Map(migrations.map((migration) => [migration.version, migration]))
  for (const { version, name, checksum } of applied) {
    const migration = known.get(version)
    if (!migration)
      return `The database is newer than this program: it has had the migration ${version} (${name}), which this version does not know.`
    if (migration.checksum !== checksum) {
      return `The migration ${version} (${name}) was changed after the database had it. A migration that was applied stays as it is: write another one.`
    }
  }
  const last = applied.at(-1)?.version ?? 0
  const late = pending.find(({ version }) => version < last)
  return late && `The migration ${late.version} (${late.name}) comes too late: the database has already had the migration ${last}.`
}
