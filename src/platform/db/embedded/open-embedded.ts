/** Opens the embedded database of a data directory: lock, database, worker, pool. */
import type { Database, FreeSpaceReport, Writing } from '../database.ts'
import type { DatabaseLog } from '../database-log.ts'
import { DatabaseAway } from '../errors.ts'
import { GuardedPool } from '../guarded-pool.ts'
import { valueTypes } from '../value-types.ts'
import { databaseIn, makeDatabase } from './data-directory.ts'
import { type DirectoryLock, lockDirectory } from './directory-lock.ts'
import { inMemory } from './engine.ts'
import { defaultWatermark, FreeSpace } from './free-space.ts'
import { EmbeddedStream } from './stream.ts'
import { WorkerLink } from './worker-link.ts'

export interface EmbeddedOptions {
  /** The data directory, or `memory://` for a database that ends with the process (tests). */
  readonly directory: string
  /** Bytes that stay free on the disk; 256 MB if not said. */
  readonly watermark?: number | undefined
  /** For how many milliseconds the database may answer nothing before it is taken for hung and stopped; 60,000 if not said. */
  readonly patience?: number | undefined
  /** Further PostgreSQL settings as `name=value`. */
  readonly settings?: readonly string[] | undefined
  /** The free bytes of a directory's disk; for tests. */
  readonly readFreeBytes?: ((directory: string) => number) | undefined
  /**
   * Called once when the database hung or broke and was stopped. It does not come back in this process, and every query throws
   * `DatabaseAway`: the server ends itself here, so that whoever watches over it starts it again.
   */
  readonly onLost?: ((error: DatabaseAway) => void) | undefined
  readonly log: DatabaseLog
}

/** A caller waits this long for the one connection. */
const connectionTimeout = 30_000

export async function openEmbedded(options: EmbeddedOptions): Promise<Database> {
  const { directory } = options
  if (directory === inMemory) return new EmbeddedDatabase(await startWorker(options, inMemory), undefined, options)
  const lock = lockDirectory(directory)
  try {
    await makeDatabase(directory, async (location) => {
      options.log.info({ directory }, 'making the embedded database')
      const link = await startWorker(options, location)
      if ((await link.close()) === 'cut off') throw new Error(`The embedded database could not be made in ${directory}.`)
    })
    return new EmbeddedDatabase(await startWorker(options, databaseIn(directory)), lock, options)
  } catch (error) {
    lock.release()
    throw error
  }
}

function startWorker(options: EmbeddedOptions, location: string): Promise<WorkerLink> {
  const { patience = 60_000, settings = [], log, onLost } = options
  return WorkerLink.start({
    location,
    settings,
    patience,
    onLost: (error) => {
      log.error({ err: error }, error.message)
      onLost?.(error)
    },
  })
}

class EmbeddedDatabase implements Database {
  readonly kind = 'embedded'
  readonly pool: GuardedPool
  readonly #link: WorkerLink
  readonly #lock: DirectoryLock | undefined
  readonly #space: FreeSpace | undefined
  #closing: Promise<void> | undefined

  constructor(link: WorkerLink, lock: DirectoryLock | undefined, options: EmbeddedOptions) {
    const { directory, watermark = defaultWatermark, readFreeBytes, log } = options
    this.#link = link
    this.#lock = lock
    if (lock) this.#space = new FreeSpace({ directory, watermark, read: readFreeBytes })
    this.pool = new GuardedPool(
      {
        user: 'postgres',
        database: 'postgres',
        ssl: false,
        max: 1,
        idleTimeoutMillis: 0,
        connectionTimeoutMillis: connectionTimeout,
        pipeline: true,
        types: valueTypes,
        stream: () => new EmbeddedStream(link),
      },
      log,
    )
  }

  /** A connection that is at work shows by its answers that the database lives; only an idle one is asked. */
  async ping(): Promise<void> {
    const { lost, silence } = this.#link
    if (lost) throw lost
    if (silence > 5_000) throw new DatabaseAway(`The embedded database has answered nothing for ${Math.round(silence / 1000)} seconds.`)
    if (this.pool.totalCount === 0 || this.pool.idleCount > 0) await this.pool.query('select 1')
  }

  async freeSpace(): Promise<FreeSpaceReport> {
    return this.#space?.report() ?? { ok: true, freeBytes: undefined, watermark: 0 }
  }

  assertWritable(writing?: Writing): void {
    this.#space?.assertWritable(writing)
  }

  patiently<T>(work: () => Promise<T>): Promise<T> {
    return this.#link.patiently(work)
  }

  close(): Promise<void> {
    this.#closing ??= this.#close()
    return this.#closing
  }

  async #close(): Promise<void> {
    await this.pool.endWithin(5_000)
    await this.#link.close()
    this.#lock?.release()
  }
}
