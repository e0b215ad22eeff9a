// A real PostgreSQL of our own for as long as a test run lasts: its own directory, its own port, gone without a trace however the run ends.
import { execFileSync, spawn } from 'node:child_process'
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'

const debianHome = '/usr/lib/postgresql'
const readyWithinMs = 60_000

/** The folder that holds `initdb` and `postgres`: the newest that Debian installed, else what PATH finds, else undefined. */
export function postgresPrograms() {
  const versions = existsSync(debianHome) ? readdirSync(debianHome).sort((a, b) => Number(b) - Number(a)) : []
  const folders = [...versions.map((version) => join(debianHome, version, 'bin')), ...(process.env.PATH ?? '').split(delimiter)]
  return folders.find((folder) => existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'postgres')))
}

/**
 * Starts a private PostgreSQL on a free port of 127.0.0.1.
 * `durable: true` keeps fsync on, for tests that pull the plug; the default is off, because nothing outlives the run.
 * Throws one sentence when PostgreSQL is not installed or does not come up within a minute.
 */
export async function startPostgres({ durable = false } = {}) {
  const programs = postgresPrograms()
  if (!programs) throw new Error('PostgreSQL is not installed: install the Debian package `postgresql`.')
  const account = unprivilegedAccount()
  const directory = mkdtempSync(join(tmpdir(), 'latchkey-postgres-'))
  if (account.uid !== undefined) chownSync(directory, account.uid, account.gid)
  const cluster = { programs, account, directory, durable, port: await freePort(), child: undefined }
  const guard = guardAgainstOurDeath(directory)
  const clean = () => {
    cluster.child?.kill('SIGQUIT')
    rmSync(directory, { recursive: true, force: true, maxRetries: 5 })
  }
  process.once('exit', clean)
  try {
    initialise(cluster)
    await run(cluster)
  } catch (error) {
    clean()
    throw error
  }
  return {
    ownerUrl: `postgresql://owner@127.0.0.1:${cluster.port}/postgres`,
    port: cluster.port,
    async stop() {
      await end(cluster, 'SIGINT')
      process.removeListener('exit', clean)
      clean()
      guard.stdin.end()
    },
    /** Pulls the plug: the server gets no chance to finish anything. */
    kill9: () => end(cluster, 'SIGKILL'),
    /** Starts it again on the same directory and port, after `kill9` or by stopping it first. */
    async restart() {
      await end(cluster, 'SIGINT')
      await run(cluster)
    },
  }
}

// PostgreSQL refuses to run as root, so root lends it an account without rights.
function unprivilegedAccount() {
  if (process.getuid?.() !== 0) return {}
  for (const name of ['postgres', 'nobody']) {
    try {
      const number = (flag) => Number(execFileSync('id', [flag, name], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }))
      return { uid: number('-u'), gid: number('-g') }
    } catch {}
  }
  throw new Error('PostgreSQL does not run as root: create an account `postgres`, or run the tests as another user.')
}

function initialise({ programs, account, directory }) {
  const options = [
    '-D',
    join(directory, 'data'),
    '-U',
    'owner',
    '-A',
    'trust',
    '-E',
    'UTF8',
    '--locale=C',
    '--no-sync',
    '--no-instructions',
  ]
  execFileSync(join(programs, 'initdb'), options, {
    ...account,
    cwd: directory,
    env: plainEnvironment(),
    stdio: ['ignore', 'ignore', 'pipe'],
  })
}

async function run(cluster) {
  const deadline = Date.now() + readyWithinMs
  for (;;) {
    const said = await tryToRun(cluster)
    if (said === 'ready') return
    // After a kill the last of the old processes may still be leaving.
    if (Date.now() > deadline || !/shared memory|lock file|in use/i.test(said)) throw new Error(`PostgreSQL did not start: ${said}`)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

function tryToRun(cluster) {
  const { programs, account, directory, port, durable } = cluster
  const quick = durable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }
  const settings = {
    port,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: 200,
    max_wal_size: '256MB',
    ...quick,
  }
  const options = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const child = spawn(join(programs, 'postgres'), ['-D', join(directory, 'data'), ...options], {
    ...account,
    cwd: directory,
    env: plainEnvironment(),
    // A group of its own: Ctrl-C in the terminal is for us, and we decide when the database ends.
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  cluster.child = child
  return new Promise((resolve) => {
    let said = ''
    const timer = setTimeout(() => child.kill('SIGQUIT'), readyWithinMs)
    child.stderr.setEncoding('utf8').on('data', (text) => {
      said = (said + text).slice(-4000)
      if (text.includes('database system is ready to accept connections')) {
        clearTimeout(timer)
        child.unref()
        child.stderr.unref()
        resolve('ready')
      }
    })
    child.once('error', (error) => resolve(error.message))
    child.once('exit', () => {
      clearTimeout(timer)
      resolve(said.trim())
    })
  })
}

function end(cluster, signal) {
  const { child } = cluster
  if (!child || child.exitCode !== null || child.signalCode !== null) return Promise.resolve()
  child.ref()
  return new Promise((resolve) => {
    child.once('exit', () => resolve())
    child.kill(signal)
  })
}

// Even kill -9 leaves nothing behind: a shell waits for the end of a pipe that only we hold open.
function guardAgainstOurDeath(directory) {
  const script =
    'cat >/dev/null; [ -f "$0/data/postmaster.pid" ] && kill -QUIT "$(head -n1 "$0/data/postmaster.pid")"; sleep 1; rm -rf "$0"'
  const guard = spawn('/bin/sh', ['-c', script, directory], { detached: true, stdio: ['pipe', 'ignore', 'ignore'] })
  guard.unref()
  guard.stdin.unref()
  return guard
}

// Messages are read, so they must be in English; nothing of the caller's own database settings may leak in.
function plainEnvironment() {
  const own = Object.entries(process.env).filter(([name]) => !name.startsWith('PG'))
  return { ...Object.fromEntries(own), LC_ALL: 'C', LANG: 'C' }
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address()
      server.close(() => resolve(port))
    })
  })
}
