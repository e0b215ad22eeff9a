/**
 * The exclusive lock on a data directory: two processes on one PGlite directory silently lose acknowledged rows.
 *
 * The lock is the operating system's own lock on the file `lock`, held by SQLite because Node has no other door to it. It ends with
 * the process, however that ends; it is given to exactly one of two that ask at the same instant; it knows neither process numbers
 * nor stale files; and containers on one machine see each other. `lock-holder.json` beside it says who holds it, for the sentence
 * that refuses the others, and as a second net where a file system only pretends to lock.
 * Nothing else in the process may open the file `lock`: closing it would give the lock away.
 */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { isAlive, type ProcessIdentity, thisProcess } from './process-identity.ts'

export interface DirectoryLock {
  /** Gives the directory free. May be called twice. */
  release(): void
}

/** Another process uses the directory. */
export class DirectoryLocked extends Error {
  readonly directory: string
  /** The process that uses it, if it could be known. */
  readonly pid: number | undefined

  constructor(directory: string, pid: number | undefined) {
    const holder = pid === undefined ? 'another process' : pid === process.pid ? 'this very process' : `another process (pid ${pid})`
    super(`The data directory ${directory} is in use by ${holder}. Stop that one first, or use another directory.`)
    this.name = 'DirectoryLocked'
    this.directory = directory
    this.pid = pid
  }
}

/** The directory cannot be made, or files in it cannot be locked. */
export class DirectoryUnusable extends Error {
  constructor(directory: string, cause: unknown) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    super(`The data directory ${directory} cannot be used: ${reason}.`, { cause })
    this.name = 'DirectoryUnusable'
  }
}

/** SQLITE_BUSY */
const lockedByAnother = 5

/**
 * SQLite takes its lock in steps, and of several that step at once all may stumble; whoever got furthest wins within this time.
 * It also gives the winner the time to write who it is.
 */
const longestStep = 250

/**
 * Takes the directory for this process alone, making it if it is missing. Throws `DirectoryLocked` within half a second if another one has it,
 * `DirectoryUnusable` if it cannot be made or locked.
 */
export function lockDirectory(directory: string): DirectoryLock {
  return take(directory, 'begin exclusive', (held) => {
    const holder = readHolder(directory)
    if (holder && holder.pid !== process.pid && isAlive(holder)) throw new DirectoryLocked(directory, holder.pid)
    writeFileSync(holderFile(directory), `${JSON.stringify(thisProcess())}\n`, { mode: 0o600 })
    return () => {
      rmSync(holderFile(directory), { force: true })
      held.close()
    }
  })
}

/** Keeps others from taking the directory while it is read; several may read it at once. Throws as `lockDirectory` does. */
export function lockDirectoryForReading(directory: string): DirectoryLock {
  // A transaction of SQLite takes its lock when it first reads.
  return take(directory, 'begin; select count(*) from sqlite_schema', (held) => () => held.close())
}

function take(directory: string, statement: string, onTaken: (held: DatabaseSync) => () => void): DirectoryLock {
  const held = open(directory)
  try {
    attempt(held, directory, statement)
    let giveFree: (() => void) | undefined = onTaken(held)
    return {
      release: () => {
        giveFree?.()
        giveFree = undefined
      },
    }
  } catch (error) {
    held.close()
    throw error
  }
}

function open(directory: string): DatabaseSync {
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 })
    const file = new DatabaseSync(join(directory, 'lock'), { timeout: longestStep })
    // Nothing is ever written into the file, so no journal is needed beside it.
    file.exec('pragma journal_mode = memory')
    return file
  } catch (error) {
    throw isBusy(error) ? new DirectoryLocked(directory, readHolder(directory)?.pid) : new DirectoryUnusable(directory, error)
  }
}

function attempt(file: DatabaseSync, directory: string, statement: string): void {
  try {
    file.exec(statement)
  } catch (error) {
    if (!isBusy(error)) throw new DirectoryUnusable(directory, error)
    throw new DirectoryLocked(directory, readHolder(directory)?.pid)
  }
}

function isBusy(error: unknown): boolean {
  return (error as { errcode?: unknown }).errcode === lockedByAnother
}

const holderFile = (directory: string) => join(directory, 'lock-holder.json')

/** Who wrote that it holds the directory. A file that is missing, half written or not ours names nobody. */
function readHolder(directory: string): ProcessIdentity | undefined {
  try {
    const holder: unknown = JSON.parse(readFileSync(holderFile(directory), 'utf8'))
    return typeof (holder as ProcessIdentity | null)?.pid === 'number' ? (holder as ProcessIdentity) : undefined
  } catch {
    return undefined
  }
}
