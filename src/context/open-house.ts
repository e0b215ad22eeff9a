// Opens the house: database, migrations, restricted roles, portal definition. What the server and the commands that own the data directory begin with.
import { existsSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import pg from 'pg'
import { readDefinition } from '../definition/read.ts'
import type { Law } from '../law/law.ts'
import type { Settings } from '../platform/config/settings.ts'
import { assertLoginIsNotOwner, assertRestricted } from '../platform/db/assert-restricted.ts'
import type { Database } from '../platform/db/database.ts'
import { migrate } from '../platform/db/migrate.ts'
import { openDatabase } from '../platform/db/open.ts'
import type { Log } from '../platform/log/log.ts'
import type { Clock, House } from './house.ts'
import { applyDefinition } from './portal-definition.ts'

export interface OpenHouse {
  readonly house: House
  close(): Promise<void>
}

interface Options {
  readonly settings: Settings
  readonly log: Log
  readonly clock?: Clock
  /** Called when the embedded database hung or broke and does not come back in this process. */
  readonly onLost?: (error: Error) => void
}

/** Opens, migrates and checks everything; throws a sentence that names what is wrong, and then leaves nothing open. */
export async function openHouse({ settings, log, clock = { kind: 'database' }, onLost }: Options): Promise<OpenHouse> {
  const law = readPortal(settings.portal)
  const database = await openDatabase({
    url: settings.databaseUrl,
    directory: settings.dataDirectory,
    watermark: settings.freeSpace,
    onLost,
    log,
  })
  try {
    const inForce = await prepare(database, settings, law, log)
    await assertRestricted(database.pool)
    const shown = {
      publicUrl: settings.publicUrl,
      sendsMail: settings.smtpUrl !== undefined,
      demo: settings.demo,
      fileLimit: settings.fileLimit,
    }
    return { house: { database, clock, log, settings: shown, law: inForce }, close: () => database.close() }
  } catch (error) {
    await database.close()
    throw error
  }
}

/** Migrates and stores the definition as the owner of the tables, whose address is then closed. */
async function prepare(database: Database, { migrationUrl }: Settings, law: Law, log: Log): Promise<Law> {
  const ownerPool = migrationUrl === undefined ? undefined : new pg.Pool({ connectionString: migrationUrl, max: 2 })
  ownerPool?.on('error', () => undefined)
  try {
    await migrate(database, { ownerPool, log })
    if (ownerPool) await assertLoginIsNotOwner(database.pool)
    const client = await (ownerPool ?? database.pool).connect()
    try {
      return await applyDefinition(client, law)
    } finally {
      client.release()
    }
  } finally {
    await ownerPool?.end()
  }
}

/** The definition that LATCHKEY_PORTAL names: a name under portals/, or a file. */
function readPortal(portal: string): Law {
  const isFile = /\.ya?ml$/.test(portal)
  const file = isFile ? portal : join(portalsDirectory(), `${portal}.yaml`)
  if (!existsSync(file)) throw new Error(`LATCHKEY_PORTAL: there is no portal definition ${file}.`)
  return readDefinition(readFileSync(file, 'utf8'), isFile ? portal : `portals/${portal}.yaml`)
}

/** `portals/` beside the sources, or beside `dist` in the published package. */
function portalsDirectory(): string {
  const above = join(import.meta.dirname, '..', '..')
  return join(basename(above) === 'dist' ? join(above, '..') : above, 'portals')
}
