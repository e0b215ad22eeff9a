// What a customer removes on one server process is refused on another: no request that starts after the answer gets through. Measured, and printed.
import { expect, test } from 'vitest'
import { hashToken, newToken } from '../../src/features/sign-in/secrets.ts'
import { instantOf } from '../../src/kernel/instant.ts'
import { databaseKinds, unopenedDatabase } from '../database.ts'
import { type Caller, caller } from '../server.ts'
import { type SetClock, type TestPerson, worldOn } from '../world.ts'
import { type ServerProcess, startProcess, withOwner } from './fifty-approvals.ts'

const rounds = 100

/** One customer with a record and a manager, and as many people of partners with access of their own, all signed in. */
const setScene = (environment: Record<string, string>) =>
  withOwner(environment, async (owner, house) => {
    const clock: SetClock = { kind: 'set', at: instantOf(new Date()) }
    const world = await worldOn(house, owner, clock)
    const signedIn = async (person: TestPerson): Promise<string> => {
      const token = newToken()
      await owner.query(
        `insert into sessions (token_hash, person_id, how, created_at, last_seen_at, expires_at) values ($1, $2, 'code', now(), now(), now() + interval '1 day')`,
        [hashToken(token), person.id],
      )
      return token
    }
    const acme = await world.customer('Acme')
    const dana = await signedIn(await world.person(acme, 'Dana', ['contact_manager']))
    const record = await world.record(acme)
    const people: { token: string; grantId: string }[] = []
    for (let index = 0; index < rounds; index++) {
      const person = await world.person(await world.partner(`Partner ${index}`), `Person ${index}`, ['consultant'])
      people.push({ token: await signedIn(person), grantId: (await world.grant(acme, person, 'look')).id })
    }
    return { dana, recordId: record.id, people }
  })

const as = (server: ServerProcess, token: string): Caller =>
  caller(`http://127.0.0.1:${server.port}`, { cookie: `latchkey_session=${token}`, origin: `http://localhost:${server.port}` })

interface Tried {
  readonly startedAt: number
  readonly endedAt: number
  readonly status: number
}

/** Reads again and again until it was refused after the removal was answered. */
async function readUntilRefused(read: () => Promise<number>, answeredAt: () => number | undefined): Promise<Tried[]> {
  const tried: Tried[] = []
  for (;;) {
    const startedAt = performance.now()
    const status = await read()
    tried.push({ startedAt, endedAt: performance.now(), status })
    const answered = answeredAt()
    if (answered !== undefined && startedAt > answered) return tried
  }
}

test.skipIf(!databaseKinds.includes('postgresql'))(
  'OR-009 what is removed on one server process is refused on the other: in 100 rounds no request that started after the answer got through',
  async () => {
    const { environment, remove } = await unopenedDatabase('postgresql')
    const servers: ServerProcess[] = []
    try {
      const { dana, recordId, people } = await setScene(environment)
      for (let index = 0; index < 2; index++) servers.push(await startProcess(environment))
      const [here, there] = servers as [ServerProcess, ServerProcess]
      const after: number[] = []
      let readBefore = 0
      for (const { token, grantId } of people) {
        const read = async () => (await as(there, token)('GET', `/api/v1/records/service_request/${recordId}`)).status
        expect(await read()).toBe(200)
        let answeredAt: number | undefined
        const reading = readUntilRefused(read, () => answeredAt)
        const { status } = await as(here, dana)('POST', `/api/v1/grants/${grantId}/removal`, {})
        answeredAt = performance.now()
        expect(status).toBe(201)
        const tried = await reading
        expect(tried.filter((one) => one.startedAt > (answeredAt ?? 0)).map((one) => one.status)).toEqual([404])
        readBefore += tried.filter((one) => one.status === 200).length
        after.push((tried.at(-1)?.endedAt ?? 0) - answeredAt)
      }
      after.sort((a, b) => a - b)
      const at = (share: number) => after[Math.min(after.length - 1, Math.floor(after.length * share))]?.toFixed(1)
      console.log(
        `From the answer of a removal to a refusal on the other process: p50 ${at(0.5)} ms, p99 ${at(0.99)} ms of ${rounds}; ${readBefore} reads went through before.`,
      )
    } finally {
      for (const server of servers) await server.end('SIGTERM')
      await remove()
    }
  },
  240_000,
)
