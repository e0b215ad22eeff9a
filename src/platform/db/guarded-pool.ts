/** A pool of connections that cannot be entered twice by one piece of work, and that says in types when the database is away. */
import { AsyncLocalStorage } from 'node:async_hooks'
import pg from 'pg'
import type { DatabaseLog } from './database-log.ts'
import { NestedAcquire, typed } from './errors.ts'

type ConnectCallback = (error: Error | undefined, client: pg.PoolClient | undefined, done: (release?: unknown) => void) => void

export class GuardedPool extends pg.Pool {
  /** What the running piece of work holds; a mutable box, so that what it left running may ask again once it has ended. */
  readonly #holding = new AsyncLocalStorage<{ held: boolean }>()

  constructor(config: pg.PoolConfig, log: DatabaseLog) {
    super(config)
    // The pool removes a broken idle connection by itself; without a listener its error would end the process.
    this.on('error', () => undefined)
    // The same for a connection that breaks while no statement runs on it: the next statement fails by itself.
    this.on('connect', (client) => client.on('error', (error) => log.warn({ err: error }, 'a database connection was lost')))
  }

  override connect(): Promise<pg.PoolClient>
  override connect(callback: ConnectCallback): void
  override connect(callback?: ConnectCallback): unknown {
    const nested = this.#holding.getStore()?.held === true ? new NestedAcquire() : undefined
    if (!callback) return nested ? Promise.reject(nested) : super.connect().catch(rethrowTyped)
    if (nested) return callback(nested, undefined, () => undefined)
    return super.connect((error, client, done) => callback(error && (typed(error) as Error), client, done))
  }

  /**
   * Runs `work` with one connection and gives it back. Asking for another one meanwhile, from the same piece of work, throws
   * `NestedAcquire` at once. A connection whose transaction is still open, or that broke, is closed instead of being given back.
   */
  async withClient<T>(work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
    const client = await this.connect()
    const hold = { held: true }
    try {
      return await this.#holding.run(hold, () => work(client))
    } catch (error) {
      throw typed(error)
    } finally {
      hold.held = false
      client.release(client.getTransactionStatus() !== 'I')
    }
  }

  /** Ends the pool when every connection has been given back, or after `limit` milliseconds whatever still runs. */
  async endWithin(limit: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, limit)
    })
    await Promise.race([this.end(), late])
    clearTimeout(timer)
  }
}

function rethrowTyped(error: unknown): never {
  throw typed(error)
}

/**
 * On this connection each statement waits again for the answer to the one before: streams of COPY cannot share it with statements
 * that are on their way. Nothing of the product copies; tests and benchmarks do.
 */
export const oneByOne = <Client extends pg.ClientBase>(client: Client): Client => Object.assign(client, { pipeline: false })
