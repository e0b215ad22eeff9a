/** Opens a PostgreSQL server's database: a pool of ten connections that outlives the server's going away and coming back. */
import type { Database, FreeSpaceReport } from './database.ts'
import type { DatabaseLog } from './database-log.ts'
import { DatabaseAway } from './errors.ts'
import { GuardedPool } from './guarded-pool.ts'
import { valueTypes } from './value-types.ts'

export interface PostgresqlOptions {
  /** `postgres://login:password@host:port/database`, PostgreSQL 15 to 18; a session-pooling proxy may stand between. */
  readonly url: string
  readonly log: DatabaseLog
}

const longestPing = 5_000

/** Opens nothing yet: the first query does. A wrong address shows at the first `ping`. */
export async function openPostgresql({ url, log }: PostgresqlOptions): Promise<Database> {
  const pool = new GuardedPool(
    {
      connectionString: url,
      application_name: 'latchkey',
      max: 10,
      connectionTimeoutMillis: 10_000,
      idleTimeoutMillis: 30_000,
      keepAlive: true,
      // Statements asked together travel together, and are answered in their order.
      pipeline: true,
      types: valueTypes,
      // As the embedded database has it, whatever the login or the server prefer. Compiling a statement with row policies costs seconds
      // where it runs in milliseconds.
      onConnect: (client) => client.query(`set timezone to 'UTC'; set search_path to public; set jit to off`) as unknown as undefined,
    },
    log,
  )
  let closing: Promise<void> | undefined
  return {
    kind: 'postgresql',
    pool,
    ping: () => withinFiveSeconds(pool.withClient((client) => client.query('select 1'))),
    freeSpace: async (): Promise<FreeSpaceReport> => ({ ok: true, freeBytes: undefined, watermark: 0 }),
    assertWritable: () => undefined,
    patiently: (work) => work(),
    close: () => {
      closing ??= pool.endWithin(5_000)
      return closing
    },
  }
}

async function withinFiveSeconds(answer: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new DatabaseAway('The database did not answer within five seconds.')), longestPing)
  })
  try {
    await Promise.race([answer, late])
  } finally {
    clearTimeout(timer)
    // A connection that fails later than anyone waits for it is nobody's error.
    answer.catch(() => undefined)
  }
}
