// The commands that own the data directory: serve, migrate, seed. Every other command talks to a running server.
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { basename, join } from 'node:path'
import { parseArgs } from 'node:util'
import type { House } from './context/house.ts'
import { openHouse } from './context/open-house.ts'
import { seedCertification } from './features/import/seed-certification.ts'
import { seedDemo } from './features/import/seed-demo.ts'
import { readSettings, unknownSettings } from './platform/config/read-settings.ts'
import type { Settings } from './platform/config/settings.ts'
import { createLog, type Log } from './platform/log/log.ts'
import { type RunningServer, startServer } from './server.ts'

const help: Readonly<Record<string, string>> = {
  serve: `latchkey serve [--demo] [--portal NAME]

  Runs the server until it is stopped. --demo brings the portal's demo world into an empty database. Settings are environment variables: docs/settings.md.
  --portal is a name under portals/ (or a file), as LATCHKEY_PORTAL is; without LATCHKEY_DATA its data is in ./data-NAME, apart from other portals'.`,
  migrate: `latchkey migrate [--apply]

  Brings the database and its portal definition up to this version, and ends. --apply puts the file that LATCHKEY_PORTAL names in force also where an
  operator has put in force another text since (latchkey portal apply). Running servers answer by it from their next answer on.`,
  seed: `latchkey seed demo | certification [--portal NAME]

  Brings the demo world of the portal, or the fixture of the AuthZEN certification scenario (with LATCHKEY_PORTAL=certification), into an empty database, and ends.
  No server may be running on the same data directory.`,
}

const worlds: Readonly<Record<string, (house: House) => Promise<unknown>>> = { demo: seedDemo, certification: seedCertification }

await main()

async function main(): Promise<void> {
  try {
    const { values, positionals } = parseArgs({
      options: {
        demo: { type: 'boolean' },
        apply: { type: 'boolean' },
        portal: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
      allowPositionals: true,
    })
    const [command = '', world] = positionals
    if (values.help || !(command in help)) console.log(help[command] ?? Object.values(help).join('\n\n'))
    else await run(command, world, values)
  } catch (error) {
    console.error(sentenceOf(error))
    process.exit(1)
  }
}

interface Flags {
  readonly demo?: boolean | undefined
  readonly apply?: boolean | undefined
  readonly portal?: string | undefined
}

async function run(command: string, world: string | undefined, { demo = false, apply = false, portal }: Flags): Promise<void> {
  if (apply && command !== 'migrate') throw new Error('--apply belongs to latchkey migrate.')
  const seed = command === 'seed' ? seedOf(world ?? '') : undefined
  // A demo is looked at in a terminal: there the log speaks only when something is wrong, unless more is asked for.
  const environment = { ...(demo ? { LATCHKEY_LOG: 'warn' } : {}), ...process.env, ...(portal === undefined ? {} : ofPortal(portal)) }
  const settings = readSettings(environment, { demo: demo || seed === seedDemo })
  const log = createLog(settings.logLevel)
  for (const name of unknownSettings(process.env)) log.warn({ setting: name }, 'nobody reads this setting: is its name misspelt?')
  if (command === 'serve') return serve(settings, log)
  const { house, close } = await openHouse({ settings, log, fileDecides: apply })
  try {
    if (seed) await seed(house)
    else console.log(`The database is up to date: portal ${house.law.portal}, version ${house.law.version}.`)
  } finally {
    await close()
  }
}

/** What --portal says, as settings. A database has one portal: each that is named has its data apart, unless the setting says where. */
function ofPortal(portal: string): Record<string, string> {
  const data = process.env['LATCHKEY_DATA']?.trim() || `./data-${basename(portal).replace(/\.ya?ml$/, '')}`
  return { LATCHKEY_PORTAL: portal, LATCHKEY_DATA: data }
}

function seedOf(world: string): (house: House) => Promise<unknown> {
  const seed = Object.hasOwn(worlds, world) ? worlds[world] : undefined
  if (!seed) throw new Error(`There is no world "${world}". Those that can be seeded: latchkey seed ${Object.keys(worlds).join(' | ')}`)
  return seed
}

async function serve(settings: Settings, log: Log): Promise<void> {
  // Building the demo world takes a while: whoever cannot answer afterwards says so before.
  await refuseTakenPort(settings)
  const prepare = settings.demo ? { prepare: seedDemo } : {}
  const server = await startServer({ settings, log, version: version(), onLost: () => process.exit(70), ...prepare })
  const stop = (signal: string) => {
    log.info({ signal }, 'stopping')
    // A second Ctrl-C does not wait for requests that take long.
    process.once('SIGINT', () => process.exit(130))
    server.close().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ err: error }, 'stopping failed')
        process.exit(1)
      },
    )
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop(signal))
  log.info({ address: server.address, portal: server.house.law.portal }, 'ready')
  if (settings.demo) console.log(await demoGreeting(server, settings))
}

/** Listens for a moment where the server will; throws what listening there throws. */
async function refuseTakenPort({ port, host }: Pick<Settings, 'port' | 'host'>): Promise<void> {
  const probe = createServer().listen(port, host)
  await once(probe, 'listening')
  probe.close()
  await once(probe, 'close')
}

/** Address, people and mail of the demo, for whoever has just typed `npm start`. */
async function demoGreeting(server: RunningServer, settings: Settings): Promise<string> {
  const answer = await server.app.inject('/api/v1/portal')
  const { demoPeople = [] } = answer.json<{ demoPeople?: { email: string; name: string; organization: string; roles: string[] }[] }>()
  const width = Math.max(...demoPeople.map(({ email }) => email.length))
  const people = demoPeople.map(
    ({ email, name, organization, roles }) =>
      `    ${email.padEnd(width)}  ${name}, ${organization}${roles.length ? ` (${roles.join(', ').replaceAll('_', ' ')})` : ''}`,
  )
  return [
    '',
    `  Latchkey is ready:  ${settings.publicUrl}`,
    '',
    '  Sign in as one of these, with a code that comes by mail:',
    ...people,
    '',
    settings.smtpUrl ? '  Mail is sent through SMTP_URL.' : `  Their mail is not sent; read it here:  ${settings.publicUrl}/mailbox`,
    '  Stop with Ctrl-C.',
    '',
  ].join('\n')
}

function version(): string {
  const above = [join(import.meta.dirname, '..'), join(import.meta.dirname, '..', '..')]
  const manifest = above.map((directory) => join(directory, 'package.json')).find((file) => existsSync(file))
  return manifest ? (JSON.parse(readFileSync(manifest, 'utf8')) as { version: string }).version : '0'
}

/** What the operator reads: a sentence, and for a port that is taken what to do. */
function sentenceOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  if ((error as { code?: string }).code === 'EADDRINUSE')
    return `Another program answers on this port already (${error.message}). Set PORT to a free one.`
  return process.env['LATCHKEY_LOG'] === 'debug' ? (error.stack ?? error.message) : error.message
}
