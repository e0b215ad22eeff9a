// A real server for tests, in this process, with a world in it: on a database of its own, on a free port, with a set clock.
import pg from 'pg'
import { addMilliseconds } from '../src/kernel/instant.ts'
import { readSettings } from '../src/platform/config/read-settings.ts'
import { valueTypes } from '../src/platform/db/value-types.ts'
import { createLog } from '../src/platform/log/log.ts'
import { startServer } from '../src/server.ts'
import { type DatabaseKind, unopenedDatabase } from './database.ts'
import { type SetClock, type TestPerson, worldOn, worldStart } from './world.ts'

export interface Answer {
  readonly status: number
  // biome-ignore lint/suspicious/noExplicitAny: an answer's shape is what the test is about.
  readonly body: any
  readonly headers: Headers
}

export type Caller = (method: string, path: string, body?: unknown, headers?: Record<string, string>) => Promise<Answer>

export type TestServer = Awaited<ReturnType<typeof startTestServer>>

/** The operator's key of every test server. */
export const testOperatorKey = 'operator-key-of-the-tests-1234567890'

/** Starts it. `environment` adds settings; jobs do not run by themselves: `settle()` delivers letters. */
export async function startTestServer(kind: DatabaseKind = 'embedded', environment: Record<string, string> = {}) {
  const unopened = await unopenedDatabase(kind)
  const settings = readSettings({
    PORT: '0',
    LATCHKEY_BOOTSTRAP_KEY: testOperatorKey,
    LATCHKEY_SIGN_IN_RATE: '100000',
    LATCHKEY_ASKING_RATE: '100000',
    ...unopened.environment,
    ...environment,
  })
  const clock: SetClock = { kind: 'set', at: worldStart }
  const server = await startServer({ settings, log: createLog('silent'), version: 'test', clock, withoutJobs: true })
  const ownerUrl = unopened.environment['LATCHKEY_MIGRATION_URL']
  const ownPool = ownerUrl ? new pg.Pool({ connectionString: ownerUrl, max: 2, types: valueTypes }) : undefined
  ownPool?.on('error', () => undefined)
  const world = await worldOn(server.house, ownPool ?? server.house.database.pool, clock)
  const nobody = caller(server.address, {})
  const session = async (person: Pick<TestPerson, 'email'>): Promise<{ cookie: string }> => {
    // A millisecond passes, so that the newest of two letters is known also under a set clock.
    clock.at = addMilliseconds(clock.at, 1)
    await nobody('POST', '/api/v1/sign-in/codes', { email: person.email })
    const letter = (await world.letters())
      .filter(({ to }) => to === person.email)
      .findLast(({ body_text }) => /\b\d{4}-\d{4}\b/.test(body_text))
    const [code] = /\b\d{4}-\d{4}\b/.exec(letter?.body_text ?? '') ?? []
    const answer = await nobody('POST', '/api/v1/sign-in/sessions', { email: person.email, code })
    const cookie = answer.headers.getSetCookie()[0]?.split(';')[0]
    if (answer.status !== 201 || !cookie)
      throw new Error(`${person.email} could not sign in: ${answer.status} ${JSON.stringify(answer.body)}`)
    return { cookie }
  }
  return {
    ...server,
    ...world,
    /** Connections of the owner of the tables, for whom row security does not hold. */
    stageOwner: ownPool ?? server.house.database.pool,
    /** Calls as nobody. */
    nobody,
    /** Calls with an API key; the operator's by default. */
    withBearer: (key: string = testOperatorKey) => caller(server.address, { authorization: `Bearer ${key}` }),
    /** Signs a person in as they do it themselves: asks for a code, reads the letter, answers with it. */
    signIn: async (person: Pick<TestPerson, 'email'>): Promise<Caller> =>
      caller(server.address, { ...(await session(person)), origin: settings.publicUrl }),
    /** The cookie of somebody who signed in, for another server on the same database. */
    session,
    /** With these another server opens the same database (on PostgreSQL). */
    environment: { ...unopened.environment, ...environment },
    close: async () => {
      await server.close()
      await ownPool?.end()
      await unopened.remove()
    },
  }
}

/** Calls a server as a program or a page of it would. */
export function caller(address: string, identity: Record<string, string>): Caller {
  return async (method, path, body, headers = {}) => {
    const sent = await fetch(address + path, { method, redirect: 'manual', ...sending(body, { ...identity, ...headers }) })
    return { status: sent.status, body: await read(sent), headers: sent.headers }
  }
}

function sending(body: unknown, headers: Record<string, string>): RequestInit {
  if (body === undefined) return { headers }
  return { body: typeof body === 'string' ? body : JSON.stringify(body), headers: { 'content-type': 'application/json', ...headers } }
}

async function read(answer: Response): Promise<unknown> {
  const text = await answer.text()
  return /^application\/(problem\+)?json/.test(answer.headers.get('content-type') ?? '') && text !== '' ? JSON.parse(text) : text
}
