/** Brings the database to the state that this version of the program needs. */
import type pg from 'pg'
import type { Database } from './database.ts'
import type { DatabaseLog } from './database-log.ts'
import { codeOf } from './errors.ts'
import type { Migration } from './migration-files.ts'
import { readMigrations } from './migration-files.ts'
import { compare, MigrationRefused, readApplied } from './migration-status.ts'
import { ensureRestrictedRoles } from './restricted-roles.ts'

export interface MigrateOptions {
  /** Connections of the owner of the tables (`LATCHKEY_MIGRATION_URL`), where the program's own login is not the owner. */
  readonly ownerPool?: pg.Pool | undefined
  /** Where the migrations lie; the program's own if not said. */
  readonly directory?: string | undefined
  readonly log: DatabaseLog
}

/** Any number that no other program uses for its advisory locks. */
const lockOfMigrations = 7_261_524_101

const migrationsTable = `
  create table if not exists schema_migrations (
    version int primary key,
    name text not null,
    checksum text not null,
    applied_at timestamptz not null default now()
  );
  grant select on schema_migrations to public`

/** What a migration added is read through nobody's eyes until it says so (the function of migration 0090). */
const closeToLooks = `do $$ begin if to_regprocedure('close_to_looks()') is not null then perform close_to_looks(); end if; end $$`

/**
 * Makes the restricted roles, lets the program's login take them, and applies what has not been applied, each migration in a
 * transaction of its own. Two servers may start together: one waits for the other. Resolves to the versions that were applied.
 * Where nothing is missing nothing is written, so that a login with few rights may call it too.
 * Throws `MigrationRefused`, having changed nothing, if an applied migration was changed or the database is newer than the program;
 * if a migration fails, those before it stay and it leaves nothing.
 */
export async function migrate(database: Database, { ownerPool, directory, log }: MigrateOptions): Promise<readonly number[]> {
  const migrations = await readMigrations(directory)
  const login = await loginOf(database.pool)
  const owner = ownerPool ?? database.pool
  return database.patiently(() =>
    alone(owner, async (client) => {
      const { applied, pending, conflict } = compare(await readApplied(client), migrations)
      if (conflict !== undefined) throw new MigrationRefused(conflict)
      await ensureRestrictedRoles(client, login)
      if (applied.length === 0) await client.query(migrationsTable)
      for (const migration of pending) await apply(client, migration, log)
      if (pending.length > 0) await client.query(closeToLooks)
      return pending.map(({ version }) => version)
    }),
  )
}

async function loginOf(pool: pg.Pool): Promise<string> {
  const { rows } = await pool.query<{ login: string }>('select session_user as login')
  const login = rows[0]?.login
  if (login === undefined) throw new Error('The database does not say who is logged in.')
  return login
}

/** Runs `work` on one connection while no other migrator of this database runs. The lock ends with the connection, whatever happens. */
async function alone<T>(owner: pg.Pool, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await owner.connect()
  try {
    await client.query('select pg_advisory_lock($1)', [lockOfMigrations])
    return await work(client)
  } finally {
    client.release(true)
  }
}

async function apply(client: pg.PoolClient, migration: Migration, log: DatabaseLog): Promise<void> {
  const { version, name, sql, checksum } = migration
  const began = performance.now()
  try {
    await client.query('begin')
    await client.query(sql)
    if (client.getTransactionStatus() !== 'T') throw new Error('a migration must not end the transaction it runs in')
    await client.query('insert into schema_migrations (version, name, checksum) values ($1, $2, $3)', [version, name, checksum])
    await client.query('commit')
  } catch (error) {
    await client.query('rollback').catch(() => undefined)
    throw new Error(`The migration ${version} (${name}) failed: ${whatFailed(error, sql)}. Those before it stay.`, { cause: error })
  }
  log.info({ version, name, ms: Math.round(performance.now() - began) }, 'migration applied')
}

/** The sentence of the database, with the line of the file where it gives a position. */
function whatFailed(error: unknown, sql: string): string {
  const { message, position } = error as { message?: string; position?: string }
  const line = position === undefined ? '' : ` (line ${sql.slice(0, Number(position)).split('\n').length})`
  return `${message ?? codeOf(error) ?? 'unknown'}${line}`
}
