/** Starts PGlite so that a commit is on the disk before it is acknowledged, and proves it before anyone may use it. */
import fs from 'node:fs'
import { PGlite } from '@electric-sql/pglite'
import { btree_gist } from '@electric-sql/pglite/contrib/btree_gist'
import { citext } from '@electric-sql/pglite/contrib/citext'
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm'
import { NodeFS } from '@electric-sql/pglite/nodefs'

/** Where a database lives: a directory that PGlite owns, or the memory of this process (tests only). */
export const inMemory = 'memory://'

/** What the engine has done to the disk since it started; the worker reads it to know when a checkpoint is due. */
export interface DiskActivity {
  /** Files and directories that were synced. */
  syncs: number
  /** Bytes written to the write-ahead log. */
  logBytes: number
}

export interface Engine {
  readonly database: PGlite
  readonly disk: DiskActivity
  /** What to say of an exception that PGlite let through: the last words of the database, where it had any. */
  brokenBy(cause: unknown): Error
}

interface OpenFile {
  readonly nfd: number
  readonly path?: string
}
type WriteFile = (file: OpenFile, buffer: Uint8Array, offset: number, length: number, position?: number) => number
interface FileOperations {
  fsync?: (file: OpenFile) => number
  write: WriteFile
}
interface EmscriptenModule {
  readonly NODEFS?: { readonly stream_ops: FileOperations }
  _PostgresMainLoopOnce: () => void
}
interface EmscriptenOptions {
  preRun?: ((module: EmscriptenModule) => void)[]
}

/**
 * PGlite starts with fsync off, and its fdatasync does nothing; `fsync` is the one call that reaches our hook.
 * A single process needs no parallel workers, and small buffers keep the whole server near 400 MB.
 */
const durableSettings = ['fsync=on', 'full_page_writes=on', 'synchronous_commit=on', 'wal_sync_method=fsync', 'shared_buffers=16MB']

/** The status with which PGlite leaves the main loop for an ordinary SQL error; every other exception means that it is broken. */
const ordinaryError = 100

export interface EngineStart {
  /** A directory that PGlite owns, or `memory://`. */
  readonly location: string
  /** Further PostgreSQL settings as `name=value`; they come last and win. */
  readonly settings?: readonly string[]
  /** Called when PGlite has left its main loop for another reason than an SQL error. Must not return: PGlite would go on for ever. */
  readonly onBroken: (error: Error) => never
}

/** Starts the engine, creating the database if there is none. Throws if it cannot start, or acknowledges a commit without syncing it. */
export async function startEngine(start: EngineStart): Promise<Engine> {
  const { location, settings = [], onBroken } = start
  const disk: DiskActivity = { syncs: 0, logBytes: 0 }
  let lastWords = ''
  const database = await PGlite.create({
    ...(location === inMemory ? { dataDir: inMemory } : { fs: new SyncingFiles(location, disk) }),
    extensions: { btree_gist, citext, pg_trgm },
    // What ended the engine is only said here; the abort that follows says nothing.
    onStderr: (text) => {
      if (/\b(PANIC|FATAL)\b/.test(text)) lastWords = text.trim()
      return true
    },
    startParams: [
      ...PGlite.defaultStartParams.filter((parameter) => parameter !== '-F'),
      ...[...durableSettings, ...settings].flatMap((setting) => ['-c', setting]),
    ],
  })
  const brokenBy = (cause: unknown) => broken(lastWords || cause)
  watchMainLoop(database, (cause) => onBroken(brokenBy(cause)))
  if (location !== inMemory) await proveThatCommitsSync(database, disk)
  return { database, disk, brokenBy }
}

/** Node's file system under PGlite, with the sync that PGlite leaves out. */
class SyncingFiles extends NodeFS {
  readonly #disk: DiskActivity

  constructor(directory: string, disk: DiskActivity) {
    super(directory)
    this.#disk = disk
  }

  override async init(...[pg, options]: Parameters<NodeFS['init']>): ReturnType<NodeFS['init']> {
    const prepared = await super.init(pg, options)
    const emscripten = prepared.emscriptenOpts as EmscriptenOptions
    emscripten.preRun = [...(emscripten.preRun ?? []), (module) => hookFileOperations(module, this.#disk)]
    return prepared
  }
}

function hookFileOperations(module: EmscriptenModule, disk: DiskActivity): void {
  const operations = module.NODEFS?.stream_ops
  if (!operations) throw new Error('This version of PGlite hides its file operations: commits cannot be synced.')
  const write = operations.write
  operations.fsync = (file) => {
    // Whatever goes wrong here leaves as it is: a log that could not be synced must end the engine, as it ends PostgreSQL.
    fs.fsyncSync(file.nfd)
    disk.syncs += 1
    return 0
  }
  operations.write = (file, buffer, offset, length, position) => {
    const written = write(file, buffer, offset, length, position)
    if (file.path?.includes('/pg_wal/')) disk.logBytes += written
    return written
  }
}

/**
 * PGlite swallows every exception of its main loop and calls it again; after a panic (a full disk, a damaged page, memory used up)
 * that goes on for ever at full speed. Whoever started the engine is told instead, and the log replays at the next start.
 */
function watchMainLoop(database: PGlite, onBroken: (cause: unknown) => never): void {
  const module = database.Module as unknown as EmscriptenModule
  const once = module._PostgresMainLoopOnce
  module._PostgresMainLoopOnce = () => {
    try {
      once()
    } catch (error) {
      if ((error as { status?: unknown }).status !== ordinaryError) onBroken(error)
      throw error
    }
  }
}

function broken(cause: unknown): Error {
  const reason = (cause as { message?: unknown } | null)?.message ?? cause
  return new Error(`The embedded database broke off: ${String(reason)}`, { cause })
}

/** Commits one change that leaves nothing behind and sees whether the log was synced for it. */
async function proveThatCommitsSync(database: PGlite, disk: DiskActivity): Promise<void> {
  const before = disk.syncs
  await database.query(`select pg_logical_emit_message(true, 'latchkey', 'does a commit sync?')`)
  if (disk.syncs === before) {
    throw new Error('The embedded database acknowledged a commit without syncing it to the disk. It will not be used.')
  }
}
