/** Kysely on one connection that is already checked out, inside a transaction that someone else opened and will end. */
import {
  type CompiledQuery,
  type DatabaseConnection,
  type Driver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryResult,
} from 'kysely'
import type pg from 'pg'

/**
 * Queries of the returned Kysely run on `client`, one after the other in the order they were asked. It cannot begin, commit or roll
 * back: whoever opened the transaction does. It holds nothing, so there is nothing to destroy.
 */
export function kyselyOn<Tables>(client: pg.ClientBase): Kysely<Tables> {
  return new Kysely<Tables>({
    dialect: {
      createAdapter: () => new PostgresAdapter(),
      createDriver: () => new BorrowedClientDriver(client),
      createIntrospector: (db) => new PostgresIntrospector(db),
      createQueryCompiler: () => new PostgresQueryCompiler(),
    },
  })
}

/** The commands whose count of rows is a count of changed rows. */
const changing = new Set(['INSERT', 'UPDATE', 'DELETE', 'MERGE'])

class BorrowedClient implements DatabaseConnection {
  readonly #client: pg.ClientBase
  #last: Promise<unknown> = Promise.resolve()

  constructor(client: pg.ClientBase) {
    this.#client = client
  }

  async executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    // The driver's own queue is deprecated: parallel queries of one transaction wait for each other here.
    const answer = this.#last.then(() => this.#client.query(query.sql, [...query.parameters]))
    this.#last = answer.catch(() => undefined)
    const { command, rowCount, rows } = await answer
    if (!changing.has(command)) return { rows }
    return { rows, numAffectedRows: BigInt(rowCount ?? 0) }
  }

  // biome-ignore lint/correctness/useYield: the interface wants a generator, and there is nothing to yield.
  async *streamQuery<Row>(): AsyncIterableIterator<QueryResult<Row>> {
    throw new Error('Results are not streamed inside a transaction: read them in pages.')
  }
}

class BorrowedClientDriver implements Driver {
  readonly #connection: BorrowedClient

  constructor(client: pg.ClientBase) {
    this.#connection = new BorrowedClient(client)
  }

  async init(): Promise<void> {}
  async destroy(): Promise<void> {}
  async releaseConnection(): Promise<void> {}

  async acquireConnection(): Promise<DatabaseConnection> {
    return this.#connection
  }

  beginTransaction = refuseTransaction
  commitTransaction = refuseTransaction
  rollbackTransaction = refuseTransaction
}

async function refuseTransaction(): Promise<never> {
  throw new Error('This work already runs inside a transaction, which ends when the work ends.')
}
