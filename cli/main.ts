// The command line: finds the command, runs it, and says in one line what went wrong.
import { Problem } from '../client/problem.ts'
import { check } from './check.ts'
import { explain } from './explain.ts'
import { exportWorld } from './export.ts'
import { grants } from './grants.ts'
import { importWorld } from './import.ts'
import { keys } from './keys.ts'
import { portal } from './portal.ts'
import { requests } from './requests.ts'
import { addressOf, type Command, createTerminal, Mistyped, type Terminal } from './terminal.ts'
import { who } from './who.ts'

const commands: Readonly<Record<string, Command>> = {
  import: importWorld,
  export: exportWorld,
  keys,
  check,
  explain,
  who,
  grants,
  requests,
  portal,
}

/** Run by src/main.ts, which owns the data directory; listed here so that the help is whole. */
const ofTheServer: Readonly<Record<string, string>> = {
  serve: 'runs the server until it is stopped (--demo: with a demo world; --portal NAME: of that portal)',
  migrate: 'brings the database up to this version',
  'seed demo': 'brings the demo world of the portal into an empty database (seed certification: the AuthZEN certification fixture)',
}

const terminal = createTerminal()
process.exitCode = await main(process.argv.slice(2), terminal)

async function main([name = 'help', ...words]: string[], to: Terminal): Promise<number> {
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined
  if (!command) return noCommand(name, to)
  if (words.includes('--help') || words.includes('-h')) {
    to.out(command.help)
    return 0
  }
  try {
    return await command.run(words, to)
  } catch (error) {
    for (const line of wentWrong(error, name, to)) to.err(line)
    return 2
  }
}

function noCommand(name: string, to: Terminal): number {
  const asked = ['help', '--help', '-h'].includes(name)
  if (asked) to.out(allCommands())
  else to.err(`There is no command "${name}".\n\n${allCommands()}`)
  return asked ? 0 : 2
}

function allCommands(): string {
  const rows = [...Object.entries(ofTheServer), ...Object.entries(commands).map(([name, { says }]): [string, string] => [name, says])]
  return [
    'latchkey COMMAND: customers give their partners access to a portal.',
    '',
    ...rows.map(([name, says]) => `  ${name.padEnd(10)}  ${says}`),
    '',
    'latchkey COMMAND --help says more. All but the first three, and "portal check", talk to a running server:',
    '  LATCHKEY_URL  where it is (http://127.0.0.1 and PORT, or 3000)',
    "  LATCHKEY_KEY  an API key (on the server's machine: the one in LATCHKEY_DATA/operator-key)",
  ].join('\n')
}

/** What did not happen, why, and what to do. */
function wentWrong(error: unknown, name: string, to: Terminal): string[] {
  if (error instanceof Mistyped || isParseFault(error)) return [`${(error as Error).message}`, `latchkey ${name} --help says how.`]
  if (!(error instanceof Problem)) return [error instanceof Error ? error.message : String(error)]
  const { code, detail, fields, because, ref } = error
  if (code === 'unreachable')
    return [`No server answers at ${addressOf(to)}. Start it with "npm start" or "latchkey serve", or set LATCHKEY_URL to where it is.`]
  if (code === 'not-signed-in')
    return [`The server asks for a key. Set LATCHKEY_KEY to an API key; on the server's own machine, LATCHKEY_DATA to its data directory.`]
  const lines = fields.filter(({ sentence }) => !detail.includes(sentence)).map(({ field, sentence }) => `  ${field}: ${sentence}`)
  return [
    `${detail}${ref ? ` (ref ${ref})` : ''}`,
    ...lines,
    ...because.filter((reason) => reason !== detail).map((reason) => `  ${reason}`),
  ]
}

function isParseFault(error: unknown): boolean {
  return String((error as { code?: unknown }).code ?? '').startsWith('ERR_PARSE_ARGS')
}
