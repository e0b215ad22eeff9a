/** What can go wrong with the database itself, as types, and what an error of the driver means. */

/** The database cannot be reached, or the connection was lost: nothing is known about the last statement. Try again later. */
export class DatabaseAway extends Error {
  constructor(sentence: string, cause?: unknown) {
    super(sentence, { cause })
    this.name = 'DatabaseAway'
  }
}

/** Every connection was in use for too long. For the caller it is the same as a database that is away: try again later. */
export class DatabaseBusy extends DatabaseAway {
  constructor(cause?: unknown) {
    super('The database had no free connection in time.', cause)
    this.name = 'DatabaseBusy'
  }
}

/** The disk of the embedded database has less room than the watermark: reading goes on, writing is refused. */
export class NoRoom extends Error {
  constructor(directory: string, freeBytes: number | undefined, watermark: number) {
    const free = freeBytes === undefined ? 'an unknown amount' : `${megabytes(freeBytes)} MB`
    super(
      `The disk of ${directory} has ${free} free, less than the ${megabytes(watermark)} MB that are kept: nothing is written until there is room.`,
    )
    this.name = 'NoRoom'
  }
}

/** A second connection was asked for inside a transaction; with one connection that would wait for ever. It is a mistake in the program. */
export class NestedAcquire extends Error {
  constructor() {
    super('A database connection was asked for while this piece of work already holds one. Use the connection it holds.')
    this.name = 'NestedAcquire'
  }
}

const megabytes = (bytes: number) => Math.floor(bytes / 1_048_576)

const awayCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOENT',
])
/** admin_shutdown, crash_shutdown, cannot_connect_now, database_dropped, idle_session_timeout, too_many_connections, idle transaction ended */
const awayStates = new Set(['57P01', '57P02', '57P03', '57P04', '57P05', '53300', '25P03'])
/** The driver has no codes for these. */
const awaySentences = [
  /^Connection terminated/,
  /^timeout expired$/,
  /^timeout exceeded when trying to connect$/,
  /connection error and is not queryable$/,
  /^Client was closed and is not queryable$/,
]

/** The SQLSTATE or system code of an error, if it has one. */
export function codeOf(error: unknown): string | undefined {
  const code = (error as { code?: unknown } | null | undefined)?.code
  return typeof code === 'string' ? code : undefined
}

/** Whether the connection to the database was refused or lost. An `ENOENT` counts only when a socket was connected. */
export function isAway(error: unknown): boolean {
  if (error instanceof DatabaseAway) return true
  if (!(error instanceof Error)) return false
  const code = codeOf(error)
  if (code === 'ENOENT') return (error as { syscall?: unknown }).syscall === 'connect'
  if (code !== undefined) return awayCodes.has(code) || awayStates.has(code) || code.startsWith('08')
  return awaySentences.some((sentence) => sentence.test(error.message))
}

/** Whether the transaction lost a race (serialization failure, deadlock) and may be run again from its beginning. */
export function isRetryable(error: unknown): boolean {
  const code = codeOf(error)
  return code === '40001' || code === '40P01'
}

/** Whether it was only refused because an earlier statement of the same transaction had failed. */
export const isTransactionOver = (error: unknown): boolean => codeOf(error) === '25P02'

/** Whether a unique key refused the row; with `constraint`, whether it was that one. */
export function isUniqueViolation(error: unknown, constraint?: string): boolean {
  if (codeOf(error) !== '23505') return false
  return constraint === undefined || (error as { constraint?: unknown }).constraint === constraint
}

/** The typed form of an error of the driver: what is no lost connection comes back as it is. */
export function typed(error: unknown): unknown {
  if (!isAway(error) || error instanceof DatabaseAway) return error
  const reason = (error as Error).message || codeOf(error)
  if (reason === 'timeout exceeded when trying to connect') return new DatabaseBusy(error)
  return new DatabaseAway(`The database is away: ${reason}.`, error)
}
