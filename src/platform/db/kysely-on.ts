/** Kysely on one connection that is already checked out, inside a transaction that someone else opened and will end. */
import { createHash } from 'node:crypto'
import {
  type CompiledQuery,
  type DatabaseConnection,
  type Driver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryResult,
  sql,
} from 'kysely'
import type pg from 'pg'
import { isTransactionOver } from './errors.ts'

/** Does what sends its statements in its first step when it is their turn. */
type InTurn = <T>(sends: () => Promise<T>) => Promise<T>

/**
 * Queries of the returned Kysely run on `client`, one after the other in the order they were asked; those asked
 * together travel together where the client allows that (`pipeline`). It cannot begin, commit or roll
 * back: whoever opened the transaction does. It holds nothing, so there is nothing to destroy.
 */
export function kyselyOn<Tables>(client: pg.ClientBase, inTurn: InTurn = (sends) => sends()): Kysely<Tables> {
  return new Kysely<Tables>({
    dialect: {
      createAdapter: () => new PostgresAdapter(),
      createDriver: () => new BorrowedClientDriver(new BorrowedClient(client, inTurn)),
      createIntrospector: (db) => new PostgresIntrospector(db),
      createQueryCompiler: () => new PostgresQueryCompiler(),
    },
  })
}

/**
 * Begins a statement that is parsed and planned once for a connection, and then run again and again with other values. For statements whose
 * text takes few forms (a connection keeps every one of them) and whose best plan does not depend on the values.
 */
export const prepared = sql.raw('/* prepared */ ')
const mark = '/* prepared */'
const names = new Map<string, string>()

function nameOf(text: string): string {
  const known = names.get(text)
  if (known !== undefined) return known
  const name = `p${createHash('sha256').update(text).digest('hex').slice(0, 32)}`
  names.set(text, name)
  return name
}

/** The commands whose count of rows is a count of changed rows. */
const changing = new Set(['INSERT', 'UPDATE', 'DELETE', 'MERGE'])

function asked({ sql: text, parameters }: CompiledQuery): pg.QueryConfig {
  return text.startsWith(mark) ? { name: nameOf(text), text, values: [...parameters] } : { text, values: [...parameters] }
}

class BorrowedClient implements DatabaseConnection {
  readonly #client: pg.ClientBase
  readonly #inTurn: InTurn
  #keepsPlans = false
  #failure: unknown

  constructor(client: pg.ClientBase, inTurn: InTurn) {
    this.#client = client
    this.#inTurn = inTurn
  }

  async executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    const { command, rowCount, rows } = await this.#inTurn(() => this.#ask(asked(query))).catch((error) => this.#rethrow(error))
    if (!changing.has(command)) return { rows }
    return { rows, numAffectedRows: BigInt(rowCount ?? 0) }
  }

  /** The first that failed says why: those that traveled with it only say that the transaction is over, which is no lost race to be run again. */
  #rethrow(error: unknown): never {
    if (this.#failure !== undefined && isTransactionOver(error)) throw this.#failure
    this.#failure = error
    throw error
  }

  /** The database would plan a prepared statement anew as long as it guesses a better plan for the very values, which costs more than it saves. */
  async #ask(query: pg.QueryConfig): Promise<pg.QueryResult> {
    const keepsPlans = query.name !== undefined
    if (keepsPlans === this.#keepsPlans) return this.#client.query(query)
    this.#keepsPlans = keepsPlans
    const mode = this.#client.query(`set local plan_cache_mode = ${keepsPlans ? 'force_generic_plan' : 'auto'}`)
    const [, answer] = await Promise.all([mode, this.#client.query(query)])
    return answer
  }

  // biome-ignore lint/correctness/useYield: the interface wants a generator, and there is nothing to yield.
  async *streamQuery<Row>(): AsyncIterableIterator<QueryResult<Row>> {
    throw new Error('Results are not streamed inside a transaction: read them in pages.')
  }
}

class BorrowedClientDriver implements Driver {
  readonly #connection: BorrowedClient

  constructor(connection: BorrowedClient) {
    this.#connection = connection
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
