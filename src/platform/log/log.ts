// The program's log: JSON lines (pino), without secrets and without what people wrote.
import pino from 'pino'
import { scrub } from './scrub.ts'

export type Log = pino.Logger
type Level = pino.LevelWithSilent

/** Fields that hold secrets or people's words. An error's own `code` is kept: it comes through `errorFacts`, as `errorCode`. */
const secretFields = ['code', 'token', 'key', 'password', 'secret', 'cookie', 'authorization', 'text', 'html', 'body']

/** Facts of an error that help to find it. `detail`, `where` and `parameters` of the database hold rows, so they are left out. */
const factsWorthKeeping = ['code', 'constraint', 'table', 'column', 'syscall', 'responseCode', 'command', 'statusCode'] as const

/** A log that writes to standard output, or to `write` (tests). Every line passes `scrub`. */
export function createLog(level: Level, write?: (line: string) => void): Log {
  const out = write ? undefined : pino.destination({ dest: 1, sync: false })
  const writeLine = write ?? ((line: string) => void out?.write(line))
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { err: errorFacts, error: errorFacts, req: () => undefined, res: () => undefined },
      redact: { paths: secretFields.flatMap((field) => [field, `*.${field}`]), censor: '[removed]' },
    },
    { write: (line) => writeLine(scrub(line)) },
  )
}

/** What a log keeps of an error: its kind, its sentence, where it happened, and its causes. */
function errorFacts(error: unknown): unknown {
  if (!(error instanceof Error)) return { message: String(error) }
  const facts: Record<string, unknown> = { type: error.name, message: error.message, stack: error.stack }
  for (const name of factsWorthKeeping) {
    const value = (error as unknown as Record<string, unknown>)[name]
    if (typeof value === 'string' || typeof value === 'number') facts[name === 'code' ? 'errorCode' : name] = value
  }
  if (error.cause !== undefined) facts['cause'] = errorFacts(error.cause)
  return facts
}
