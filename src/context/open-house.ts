// Opens the house: database, migrations, restricted roles, portal definition. What the server and the commands that own the data directory begin with.
import pg from 'pg'
import type { Law } from '../law/law.ts'
import type { Settings } from '../platform/config/settings.ts'
import { assertLoginIsNotOwner, assertRestricted } from '../platform/db/assert-restricted.ts'
import type { Database } from '../platform/db/database.ts'
import { migrate } from '../platform/db/migrate.ts'
import { openDatabase } from '../platform/db/open.ts'
import type { Log } from '../platform/log/log.ts'
import { ownerOf } from './as-owner.ts'
import type { Clock, House } from './house.ts'
import { applyChosen, generatedFrom, newestDefinition, type StoredDefinition } from './portal-definition.ts'
import { atStart, definitionFile } from './portal-file.ts'

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
  /** The file of LATCHKEY_PORTAL is put in force also where an operator has put in force another text since (`latchkey migrate --apply`). */
  readonly fileDecides?: boolean
}

/** Opens, migrates and checks everything; throws a sentence that names what is wrong, and then leaves nothing open. */
export async function openHouse({ settings, log, clock = { kind: 'database' }, onLost, fileDecides = false }: Options): Promise<OpenHouse> {
  const file = definitionFile(settings.portal)
  const database = await openDatabase({
    url: settings.databaseUrl,
    directory: settings.dataDirectory,
    watermark: settings.freeSpace,
    onLost,
    log,
  })
  try {
    const inForce = await prepare(database, settings, { file, fileDecides }, log)
    await assertRestricted(database.pool)
    const applyAsOwner = await ownerOf(database, settings)
    const shown = {
      publicUrl: settings.publicUrl,
      sendsMail: settings.smtpUrl !== undefined,
      demo: settings.demo,
      fileLimit: settings.fileLimit,
    }
    const house = { database, clock, log, settings: shown, law: inForce, ...(applyAsOwner ? { applyAsOwner } : {}) }
    return { house, close: () => database.close() }
  } catch (error) {
    await database.close()
    throw error
  }
}

const insufficientPrivilege = '42501'
const needsOwner =
  'The portal definition or its row policies changed, and only the owner of the tables can put that in force. Run "latchkey migrate" with LATCHKEY_MIGRATION_URL set, or start with it.'

interface Wanted {
  readonly file: Law
  readonly fileDecides: boolean
}

/** Migrates, and puts a definition in force as the owner of the tables, whose address is then closed. Where all is done already no owner is needed. */
async function prepare(database: Database, { migrationUrl }: Settings, { file, fileDecides }: Wanted, log: Log): Promise<Law> {
  const ownerPool = migrationUrl === undefined ? undefined : new pg.Pool({ connectionString: migrationUrl, max: 2 })
  ownerPool?.on('error', () => undefined)
  try {
    await migrate(database, { ownerPool, log })
    if (ownerPool) await assertLoginIsNotOwner(database.pool)
    const stored = await database.pool.withClient((client) => newestDefinition(client))
    const choose = (newest: StoredDefinition | undefined) => atStart(file, fileDecides ? undefined : newest)
    const { law, told } = choose(stored)
    if (told !== undefined) log.warn({ version: stored?.version }, told)
    if (stored?.checksum === generatedFrom(law).checksum) return { ...law, version: stored.version }
    const client = await (ownerPool ?? database.pool).connect()
    try {
      return await applyChosen(client, choose)
    } catch (error) {
      throw (error as { code?: unknown }).code === insufficientPrivilege ? new Error(needsOwner) : error
    } finally {
      client.release()
    }
  } finally {
    await ownerPool?.end()
  }
}
