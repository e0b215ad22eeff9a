/** For tests: databases and logins on a PostgreSQL server of the test's own, or on the one that LATCHKEY_TEST_POSTGRES_URL names. */
import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { onTestFinished } from 'vitest'
import type { Database } from './database.ts'
import { openDatabase } from './open.ts'
import { silentLog } from './scratch.test-support.ts'

/** The address of a superuser of a server for tests; without it the tests on PostgreSQL are skipped by name. */
export const privatePostgres = process.env['LATCHKEY_TEST_POSTGRES_URL']

const freshName = (kind: string) => `${kind}_${randomBytes(6).toString('hex')}`

/** Runs statements as the superuser, in the server's own database or in `database`. */
export async function asSuperuser(statements: readonly string[], database?: string): Promise<void> {
  const client = new pg.Client({ connectionString: database === undefined ? privatePostgres : addressOf(database) })
  await client.connect()
  try {
    for (const statement of statements) await client.query(statement)
  } finally {
    await client.end()
  }
}

/** A new database, dropped after the test. */
export async function freshDatabase(owner?: string): Promise<string> {
  const name = freshName('db')
  await asSuperuser([`create database ${name}${owner === undefined ? '' : ` owner ${owner}`}`])
  onTestFinished(() => asSuperuser([`drop database if exists ${name} with (force)`]))
  return name
}

/** A new login with `attributes`, dropped after the test; its databases must have been made after it, and so be dropped before. */
export async function freshLogin(attributes = ''): Promise<string> {
  const name = freshName('login')
  await asSuperuser([`create role ${name} login password 'secret' ${attributes}`])
  onTestFinished(() => asSuperuser([`drop role if exists ${name}`]))
  return name
}

/** The address of a database of the server, as the superuser or as a login of `freshLogin`. */
export function addressOf(database: string, login?: string): string {
  const url = new URL(privatePostgres ?? '')
  url.pathname = `/${database}`
  if (login !== undefined) {
    url.username = login
    url.password = 'secret'
  }
  return url.href
}

export async function openAddress(url: string): Promise<Database> {
  const database = await openDatabase({ url, log: silentLog })
  onTestFinished(() => database.close())
  return database
}

/** A new database, open as the superuser. */
export async function openPrivate(): Promise<Database> {
  return openAddress(addressOf(await freshDatabase()))
}
