/** Opens the database: PostgreSQL where an address is given, the embedded one of the data directory where not. */
import type { Database } from './database.ts'
import { type EmbeddedOptions, openEmbedded } from './embedded/open-embedded.ts'
import { openPostgresql } from './open-postgresql.ts'

export interface OpenOptions extends Omit<EmbeddedOptions, 'directory'> {
  /** The address of a PostgreSQL database (`DATABASE_URL`). It goes before `directory`. */
  readonly url?: string | undefined
  /** The data directory (`LATCHKEY_DATA`), or `memory://`. */
  readonly directory?: string | undefined
}

/**
 * Throws `DirectoryLocked` or `DirectoryUnusable` for the directory, and a plain sentence if the embedded database cannot start or
 * does not sync its commits. With `url` nothing is opened yet: the first query, or `ping`, shows whether the address is right.
 */
export async function openDatabase({ url, directory, ...options }: OpenOptions): Promise<Database> {
  if (url !== undefined) return openPostgresql({ url, log: options.log })
  if (directory === undefined) throw new Error('Neither the address of a database nor a data directory was given.')
  return openEmbedded({ directory, ...options })
}
