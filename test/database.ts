// Databases for tests: real ones, migrated once and cloned for each test file, on the embedded database and on a private PostgreSQL.
import { createHash, randomUUID } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { applyDefinition } from '../src/context/portal-definition.ts'
import { readDefinition } from '../src/definition/read.ts'
import type { Law } from '../src/law/law.ts'
import type { Database } from '../src/platform/db/database.ts'
import { cloneDirectory } from '../src/platform/db/embedded/data-directory.ts'
import { migrate } from '../src/platform/db/migrate.ts'
import { readMigrations } from '../src/platform/db/migration-files.ts'
import { openDatabase } from '../src/platform/db/open.ts'
import { valueTypes } from '../src/platform/db/value-types.ts'

export type DatabaseKind = Database['kind']

const ownerUrl = process.env['LATCHKEY_TEST_POSTGRES_URL']

/** The databases that tests run on: the embedded one, and PostgreSQL where `npm test` has started one. */
export const databaseKinds: readonly DatabaseKind[] = ownerUrl ? ['embedded', 'postgresql'] : ['embedded']

export interface TestDatabase {
  readonly database: Database
  /** Connections of the owner, for whom row security does not hold: tests set the stage with it. */
  readonly owner: pg.Pool
  readonly law: Law
  /** DATABASE_URL of the restricted login, on PostgreSQL. */
  readonly url: string | undefined
  readonly ownerUrl: string | undefined
  close(): Promise<void>
}

export const quiet = { debug() {}, info() {}, warn() {}, error() {} }

/** A fresh migrated database with a portal definition in force; close it in `afterAll`. */
export async function testDatabase(kind: DatabaseKind = 'embedded', portal = 'support-desk'): Promise<TestDatabase> {
  const file = join(import.meta.dirname, '..', 'portals', `${portal}.yaml`)
  const law = readDefinition(readFileSync(file, 'utf8'), file)
  return kind === 'embedded' ? embedded(law) : postgresql(law)
}

/** Names the migrations and this file, so that a template of an older state is never used. */
async function fingerprint(): Promise<string> {
  const hash = createHash('sha256').update(readFileSync(import.meta.filename))
  for (const { checksum } of await readMigrations()) hash.update(checksum)
  return hash.digest('hex').slice(0, 16)
}

/** A migrated database that nobody has opened yet: the settings with which a server of its own opens it. */
export interface UnopenedDatabase {
  readonly environment: Readonly<Record<string, string>>
  remove(): Promise<void>
}

export async function unopenedDatabase(kind: DatabaseKind): Promise<UnopenedDatabase> {
  const directory = await clonedDirectory()
  const forget = () => rmSync(directory, { recursive: true, force: true })
  const environment = { LATCHKEY_DATA: directory, LATCHKEY_FREE_SPACE: '0 MB' }
  if (kind === 'embedded') return { environment, remove: async () => forget() }
  const name = await postgresqlDatabase()
  const remove = async () => {
    forget()
    await dropDatabase(name)
  }
  const urls = { DATABASE_URL: addressOf(name, 'latchkey_login:login'), LATCHKEY_MIGRATION_URL: addressOf(name) }
  return { environment: { ...environment, ...urls }, remove }
}

async function clonedDirectory(): Promise<string> {
  const directory = mkdtempSync(join(tmpdir(), 'latchkey-test-'))
  await cloneDirectory(await embeddedTemplate(), directory)
  return directory
}

async function embedded(law: Law): Promise<TestDatabase> {
  const directory = await clonedDirectory()
  const database = await openDatabase({ directory, log: quiet, watermark: 0 })
  const applied = await database.pool.withClient((client) => applyDefinition(client, law))
  const close = async () => {
    await database.close()
    rmSync(directory, { recursive: true, force: true })
  }
  return { database, owner: database.pool, law: applied, url: undefined, ownerUrl: undefined, close }
}

/** A migrated directory, made once on this machine; whoever is second finds it, and a half-made one is never seen. */
async function embeddedTemplate(): Promise<string> {
  const template = join(tmpdir(), `latchkey-template-${process.getuid?.() ?? 0}-${await fingerprint()}`)
  if (existsSync(template)) return template
  const making = `${template}.${randomUUID()}`
  mkdirSync(making)
  const database = await openDatabase({ directory: making, log: quiet, watermark: 0 })
  await migrate(database, { log: quiet })
  await database.close()
  try {
    renameSync(making, template)
  } catch {
    rmSync(making, { recursive: true, force: true })
  }
  return template
}

/** A new database out of the template, on the PostgreSQL of the tests. */
async function postgresqlDatabase(): Promise<string> {
  if (!ownerUrl) throw new Error('LATCHKEY_TEST_POSTGRES_URL is not set: npm test starts a private PostgreSQL and sets it')
  const template = `template_${await fingerprint()}`
  const name = `test_${randomUUID().replaceAll('-', '')}`
  await withAdministrator(async (administrator) => {
    await administrator.query('select pg_advisory_lock(41)')
    await administrator.query(
      `do $$ begin create role latchkey_login login noinherit password 'login'; exception when duplicate_object or unique_violation then null; end $$`,
    )
    const { rowCount } = await administrator.query('select from pg_database where datname = $1', [template])
    if (!rowCount) await makeTemplate(administrator, template)
    await administrator.query(`create database ${name} template ${template}`)
  })
  return name
}

const dropDatabase = (name: string) =>
  withAdministrator((administrator) => administrator.query(`drop database if exists ${name} with (force)`))

async function postgresql(law: Law): Promise<TestDatabase> {
  const name = await postgresqlDatabase()
  const url = addressOf(name, 'latchkey_login:login')
  const owner = new pg.Pool({ connectionString: addressOf(name), max: 2, types: valueTypes })
  owner.on('error', () => undefined)
  const database = await openDatabase({ url, log: quiet })
  const client = await owner.connect()
  const applied = await applyDefinition(client, law).finally(() => client.release())
  const close = async () => {
    await database.close()
    await owner.end()
    await dropDatabase(name)
  }
  return { database, owner, law: applied, url, ownerUrl: addressOf(name), close }
}

async function makeTemplate(administrator: pg.Client, template: string): Promise<void> {
  const making = `${template}_making`
  await administrator.query(`drop database if exists ${making} with (force)`)
  await administrator.query(`create database ${making}`)
  const login = await openDatabase({ url: addressOf(making, 'latchkey_login:login'), log: quiet })
  const ownerPool = new pg.Pool({ connectionString: addressOf(making), max: 2 })
  ownerPool.on('error', () => undefined)
  await migrate(login, { ownerPool, log: quiet })
  await login.close()
  await ownerPool.end()
  await administrator.query(`alter database ${making} rename to ${template}`)
}

function addressOf(database: string, login?: string): string {
  const address = new URL(ownerUrl as string)
  address.pathname = `/${database}`
  if (login) [address.username, address.password] = login.split(':') as [string, string]
  return address.href
}

async function withAdministrator<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}
