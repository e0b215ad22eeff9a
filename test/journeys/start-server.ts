// Starts the program as people start it, `latchkey serve --demo`, on a free port with a data directory of its own.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))
const slowest = 200_000

export interface DemoServer {
  /** Without a slash at the end. */
  readonly address: string
  stop(): Promise<void>
}

/** Ready when it says so at /readyz. Limits of tries are lifted, because one machine plays everybody. */
export async function startDemoServer(portal = 'support-desk'): Promise<DemoServer> {
  if (!existsSync(join(root, 'dist', 'web', 'index.html'))) throw new Error('The interface is not built: run `npm run build` first.')
  const [port, data] = await Promise.all([freePort(), mkdtemp(join(tmpdir(), 'latchkey-journey-'))])
  const address = `http://127.0.0.1:${port}`
  const child = spawn(process.execPath, ['bin/latchkey.mjs', 'serve', '--demo', '--portal', portal], {
    cwd: root,
    env: {
      ...process.env,
      PORT: String(port),
      LATCHKEY_DATA: data,
      LATCHKEY_PUBLIC_URL: address,
      LATCHKEY_SIGN_IN_RATE: '100000',
      LATCHKEY_ASKING_RATE: '100000',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text: Buffer) => (said += text))
  const stop = async () => {
    await end(child)
    await rm(data, { recursive: true, force: true })
  }
  try {
    await untilReady(address, child, () => said)
  } catch (error) {
    await stop()
    throw error
  }
  return { address, stop }
}

async function untilReady(address: string, child: ChildProcess, said: () => string): Promise<void> {
  const until = Date.now() + slowest
  while (Date.now() < until) {
    if (child.exitCode !== null) throw new Error(`The server ended by itself:\n${said()}`)
    const ready = await fetch(`${address}/readyz`).catch(() => undefined)
    if (ready?.ok) return
    await wait(100)
  }
  throw new Error(`The server was not ready after ${slowest / 1000} seconds:\n${said()}`)
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return
  child.kill('SIGTERM')
  const ended = once(child, 'exit')
  if ((await Promise.race([ended, wait(15_000, 'late' as const)])) === 'late') child.kill('SIGKILL')
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new Error('No port is free.')
  return address.port
}
