// What a command is handed: its words, where to say things, and the server.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Client, createClient } from '../client/client.ts'

export interface Terminal {
  /** The answer: what another program may read. */
  out(text: string): void
  /** Everything else: progress, hints, errors. */
  err(text: string): void
  /** Replaces the line of progress; the last one is kept with `lasting`. */
  progress(text: string, lasting?: 'lasting'): void
  readonly environment: Readonly<Record<string, string | undefined>>
}

export interface Command {
  /** One line for the list of commands. */
  readonly says: string
  readonly help: string
  /** @returns the exit code */
  run(words: string[], terminal: Terminal): Promise<number>
}

/** What was typed wrongly; the help of the command is named with it. */
export class Mistyped extends Error {}

export function createTerminal(): Terminal {
  const replaces = process.stderr.isTTY
  // Whoever reads only the beginning ("latchkey export | head") has what they wanted: nothing went wrong.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
    process.exit(0)
  })
  let told = 0
  return {
    out: (text) => void process.stdout.write(`${text}\n`),
    err: (text) => void process.stderr.write(`${text}\n`),
    progress: (text, lasting) => {
      // Where lines cannot be replaced, one every few seconds is enough.
      if (!replaces && !lasting && Date.now() - told < 5000) return
      told = Date.now()
      process.stderr.write(replaces ? `\r\u001b[K${text}${lasting ? '\n' : ''}` : `${text}\n`)
    },
    environment: process.env,
  }
}

/** Where the server is: LATCHKEY_URL, or this machine's own. */
export const addressOf = ({ environment }: Terminal): string =>
  (environment['LATCHKEY_URL'] ?? `http://127.0.0.1:${environment['PORT'] ?? '3000'}`).replace(/\/+$/, '')

/** The client with the key of LATCHKEY_KEY, LATCHKEY_BOOTSTRAP_KEY, or the file that the server on this machine writes. */
export function clientFor(terminal: Terminal): Client {
  const key = keyOf(terminal)
  return createClient({ baseUrl: addressOf(terminal), ...(key === undefined ? {} : { key }) })
}

function keyOf({ environment }: Terminal): string | undefined {
  const given = environment['LATCHKEY_KEY'] ?? environment['LATCHKEY_BOOTSTRAP_KEY']
  if (given) return given
  const file = join(environment['LATCHKEY_DATA'] ?? './data', 'operator-key')
  return existsSync(file) ? readFileSync(file, 'utf8').trim() : undefined
}
