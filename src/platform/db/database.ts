/** What the rest of the program sees of the database, whichever of the two it is. */
import type { GuardedPool } from './guarded-pool.ts'

export interface Database {
  /** `embedded`: PGlite in this process, one connection. `postgresql`: a server, ten connections. */
  readonly kind: 'embedded' | 'postgresql'
  /**
   * Connections. On the embedded database the user is a superuser, and on both a connection keeps what a session sets: a question
   * therefore runs in one transaction that takes a restricted role, through `pool.withClient`.
   */
  readonly pool: GuardedPool
  /** Resolves if the database answers; throws `DatabaseAway` if not, after five seconds at the latest. */
  ping(): Promise<void>
  /** How much room the disk has. A server looks after its own disk: there it is always `ok`, with nothing known. */
  freeSpace(): Promise<FreeSpaceReport>
  /**
   * Throws `NoRoom` while the disk of the embedded database has less room than the watermark. Call it before every writing transaction. What only takes
   * something away may use most of the room that is kept.
   */
  assertWritable(writing?: Writing): void
  /**
   * Lets statements inside `work` take up to an hour where an embedded database that answers nothing for a minute is taken for hung:
   * for migrations, VACUUM and the building of an index.
   */
  patiently<T>(work: () => Promise<T>): Promise<T>
  /** Waits a few seconds for what runs, then closes everything and gives the data directory free. May be called twice. */
  close(): Promise<void>
}

export type Writing = 'anything' | 'only takes away'

export interface FreeSpaceReport {
  readonly ok: boolean
  readonly freeBytes: number | undefined
  readonly watermark: number
}
