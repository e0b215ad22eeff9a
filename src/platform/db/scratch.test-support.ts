/** For tests: data directories that are made in a third of a second and vanish, and child processes to hold, kill and race. */
import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, rename, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'
import type { Database } from './database.ts'
import type { DatabaseLog } from './database-log.ts'
import { cloneDirectory } from './embedded/data-directory.ts'
import { type OpenOptions, openDatabase } from './open.ts'

export const silentLog: DatabaseLog = { info: () => undefined, warn: () => undefined, error: () => undefined }

/** When to clean up: after the test, or with `afterAll` of vitest after the file. */
type After = (cleanUp: () => Promise<void>) => void

/** A directory that does not exist yet and is removed afterwards. */
export async function scratchDirectory(after: After = onTestFinished): Promise<string> {
  const parent = await mkdtemp(join(tmpdir(), 'latchkey-test-'))
  after(() => rm(parent, { recursive: true, force: true }))
  return join(parent, 'data')
}

/** A data directory with an empty database: a copy of one that was made once on this machine. */
export async function directoryWithDatabase(after: After = onTestFinished): Promise<string> {
  const directory = await scratchDirectory(after)
  await cloneDirectory(await emptyTemplate(), directory)
  return directory
}

/** Opens a database that is closed afterwards: an empty embedded one, if nothing else is said. */
export async function openForTest(options: Partial<OpenOptions> = {}, after: After = onTestFinished): Promise<Database> {
  const directory = options.directory ?? (options.url === undefined ? await directoryWithDatabase(after) : undefined)
  const database = await openDatabase({ log: silentLog, ...options, directory })
  after(() => database.close())
  return database
}

async function emptyTemplate(): Promise<string> {
  const pglite = createRequire(import.meta.url).resolve('@electric-sql/pglite')
  const template = join(fileURLToPath(new URL('../../../node_modules/.cache/', import.meta.url)), `empty-database-${versionIn(pglite)}`)
  if (existsSync(template)) return template
  const unfinished = await mkdtemp(join(tmpdir(), 'latchkey-template-'))
  const database = await openDatabase({ directory: join(unfinished, 'data'), log: silentLog })
  await database.close()
  const { mkdir, cp } = await import('node:fs/promises')
  await mkdir(dirname(template), { recursive: true })
  const near = `${template}.${process.pid}`
  await cp(join(unfinished, 'data'), near, { recursive: true })
  // Another test file may have been quicker; its copy is as good.
  await rename(near, template).catch(() => rm(near, { recursive: true, force: true }))
  await rm(unfinished, { recursive: true, force: true })
  return template
}

function versionIn(entry: string): string {
  const manifest = createRequire(import.meta.url)(join(dirname(entry), '..', 'package.json')) as { version: string }
  return manifest.version
}

export interface Child {
  readonly process: ChildProcess
  /** The next line that the child prints. Throws, with what it said on its error stream, if it ends instead. */
  line(): Promise<string>
  tell(line: string): void
  /** `kill -9`, resolved when the process is gone. */
  kill9(): Promise<void>
}

/**
 * Runs `program`, an ES module in which `$src` stands for the address of this folder, in a process of its own; killed after the test.
 * `before` is shell for what must be so before it starts.
 */
export function startChild(program: string, before = ''): Child {
  const here = new URL('.', import.meta.url).href
  const node = [process.execPath, '--input-type=module', '-e', program.replaceAll('$src/', here)]
  const child = spawn('/bin/sh', ['-c', `${before}\nexec "$@"`, 'sh', ...node], { stdio: 'pipe' })
  let complaints = ''
  child.stderr.on('data', (text) => {
    complaints += String(text)
  })
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const kill9 = () => {
    child.kill('SIGKILL')
    return gone
  }
  onTestFinished(kill9)
  return {
    process: child,
    line: async () => {
      const { value, done } = await lines.next()
      if (done) throw new Error(`The child ended. ${complaints}`)
      return value as string
    },
    tell: (line) => child.stdin.write(`${line}\n`),
    kill9,
  }
}
