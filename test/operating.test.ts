// A running server whose database is killed and comes back, and whose mail server is away: what it says meanwhile, and that nothing is lost.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readSettings } from '../src/platform/config/read-settings.ts'
import { problemSchema } from '../src/platform/http/problem.ts'
import { createLog } from '../src/platform/log/log.ts'
import { type RunningServer, startServer } from '../src/server.ts'
import { startPostgres } from '../tools/private-postgres.mjs'
import { databaseKinds } from './database.ts'
import { type SmtpSink, smtpSink } from './smtp-sink.ts'

const key = 'k7Jq2mXv9Lr4Tz8Nw3Pb6Hd1Gs5Yc0Af'
const password = 'c4naryC4naryC4nary'
const log: string[] = []
let postgres: Awaited<ReturnType<typeof startPostgres>>
let sink: SmtpSink
let server: RunningServer
let directory: string

// Where there is PostgreSQL: the embedded database lives and dies with the server.
const withPostgres = test.skipIf(!databaseKinds.includes('postgresql'))

beforeAll(async () => {
  if (!databaseKinds.includes('postgresql')) return
  postgres = await startPostgres({ durable: true })
  for (const statement of documentedStatements()) await asAdministrator(statement)
  sink = await smtpSink()
  directory = mkdtempSync(join(tmpdir(), 'latchkey-operating-'))
  const env = {
    PORT: '0',
    LATCHKEY_DATA: directory,
    DATABASE_URL: addressOf('latchkey_login'),
    LATCHKEY_MIGRATION_URL: addressOf('latchkey_owner'),
    LATCHKEY_BOOTSTRAP_KEY: key,
    SMTP_URL: sink.url,
  }
  server = await startServer({
    settings: readSettings(env),
    log: createLog('trace', (line) => log.push(line)),
    version: 'test',
    withoutJobs: true,
  })
})
afterAll(async () => {
  await server?.close()
  await sink?.stop()
  await postgres?.stop()
  if (directory) rmSync(directory, { recursive: true })
})

/** The two logins exactly as docs/operating.md tells to make them. */
function documentedStatements(): string[] {
  const page = readFileSync(join(import.meta.dirname, '..', 'docs', 'operating.md'), 'utf8')
  const statements = /```sql\n(.*?)```/s.exec(page)?.[1] ?? ''
  return statements
    .replaceAll("'…'", `'${password}'`)
    .split(';')
    .filter((statement) => statement.trim() !== '')
}

const addressOf = (login: string): string =>
  Object.assign(new URL(postgres.ownerUrl), { username: login, password, pathname: '/latchkey' }).href

async function asAdministrator(statement: string, address = postgres.ownerUrl): Promise<void> {
  const client = new pg.Client({ connectionString: address })
  await client.connect()
  await client.query(statement)
  await client.end()
}
const asOwner = (statement: string) => asAdministrator(statement, addressOf('latchkey_owner'))

const headers = { authorization: `Bearer ${key}` }
const ask = async (path: string) => {
  const answer = await fetch(server.address + path, { headers })
  return { status: answer.status, text: await answer.text(), headers: answer.headers }
}

withPostgres(
  'a database that is killed and comes back: /livez stays 200, /readyz names it, every question says so, and the letters still go',
  async () => {
    await asOwner(`
    with vendor as (insert into organizations (kind, name) values ('vendor', 'Meridia') returning id),
      person as (insert into people (email, name) values ('dana@acme.example', 'Dana Lee') returning id),
      member as (insert into memberships (person_id, organization_id, from_at) select person.id, vendor.id, now() - interval '1 day' from person, vendor)
    insert into outbox (to_person_id, letter, subject, body_text, body_html, created_at, next_attempt_at)
    select id, 'grant-given', 'Hello', 'words', '<p>words</p>', now(), now() from person`)
    expect((await ask('/readyz?verbose')).text).toBe('database: ok\nmigrations: ok\nroom: ok\nletters: ok\nready\n')
    expect((await ask('/api/v1/letters')).status).toBe(200)

    await postgres.kill9()
    expect(await ask('/livez')).toMatchObject({ status: 200, text: 'alive\n' })
    const ready = await ask('/readyz')
    expect([ready.status, ready.text.split(':')[0]]).toEqual([503, 'database'])
    for (const path of ['/api/v1/letters', '/api/v1/history', '/api/v1/portal']) {
      const answer = await ask(path)
      expect([path, answer.status, problemSchema.parse(JSON.parse(answer.text)).code, answer.headers.get('retry-after')]).toEqual([
        path,
        503,
        'away',
        '5',
      ])
    }
    await expect(server.settle()).rejects.toThrow(/away/)

    await postgres.restart()
    expect((await ask('/readyz')).status).toBe(200)
    await server.settle()
    expect(sink.letters.map(({ subject }) => subject)).toEqual(['Hello'])
    expect((await ask('/api/v1/letters')).text).toContain('"state":"sent"')
  },
)

withPostgres('no key, password or database address stands in the log of all this', () => {
  const text = log.join('')
  expect(text).toContain('"status":503')
  for (const secret of [key, password]) expect(text).not.toContain(secret)
})

withPostgres('metrics know the letters by state', async () => {
  expect((await ask('/metrics')).text).toContain('latchkey_letters{state="sent"} 1')
})
