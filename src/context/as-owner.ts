// Putting a definition in force on a running server needs the owner of the tables, whom no question ever runs as.
import pg from 'pg'
import type { Settings } from '../platform/config/settings.ts'
import type { Database } from '../platform/db/database.ts'
import type { House } from './house.ts'
import { applyDefinitionFor } from './portal-definition.ts'

/**
 * How this server reaches the owner: the embedded database is its own; on PostgreSQL the address of LATCHKEY_MIGRATION_URL, opened for this work
 * alone, or else its own login where that owns the tables. Undefined: it cannot, and says so.
 */
export async function ownerOf(database: Database, { migrationUrl }: Settings): Promise<House['applyAsOwner']> {
  if (migrationUrl !== undefined)
    return async (law, applying) => {
      const owner = new pg.Client({ connectionString: migrationUrl, connectionTimeoutMillis: 10_000 })
      owner.on('error', () => undefined)
      try {
        await owner.connect()
        return await applyDefinitionFor(owner, law, applying)
      } finally {
        await owner.end()
      }
    }
  if (database.kind === 'postgresql' && !(await ownsTables(database))) return undefined
  return (law, applying) => {
    database.assertWritable()
    return database.pool.withClient((client) => applyDefinitionFor(client, law, applying))
  }
}

async function ownsTables({ pool }: Database): Promise<boolean> {
  const { rows } = await pool.query<{ owns: boolean }>(
    `select pg_has_role(current_user, relowner, 'usage') as owns from pg_class where oid = 'public.records'::regclass`,
  )
  return rows[0]?.owns === true
}
