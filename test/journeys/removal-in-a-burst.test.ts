// What ends while many requests of the same sender are under way: none that is sent after the answer gets through, however they are answered together.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { hashToken, newToken } from '../../src/features/sign-in/secrets.ts'
import { databaseKinds } from '../database.ts'
import { type Caller, caller, startTestServer, type TestServer } from '../server.ts'
import type { TestOrganization, TestPerson, TestRecord } from '../world.ts'

const rounds = 10
const atOnce = 10

/** What was answered to those sent before the end was answered, and to those sent after. */
interface Burst<Answer> {
  readonly before: readonly Answer[]
  readonly after: readonly Answer[]
}

/** Sends many at a time, each again as soon as it is answered, until the end is answered; then as many more, while the last ones are still under way. */
async function whileItEnds<Answer>(attempt: () => Promise<Answer>, end: () => Promise<void>): Promise<Burst<Answer>> {
  const before: Answer[] = []
  const after: Promise<Answer>[] = []
  let ended = false
  let underWay: () => void = () => undefined
  const begun = new Promise<void>((tell) => (underWay = tell))
  const sender = async () => {
    while (!ended) {
      before.push(await attempt())
      underWay()
    }
    after.push(attempt())
  }
  const senders = Array.from({ length: atOnce }, sender)
  await begun
  await end()
  ended = true
  for (let index = 0; index < atOnce; index++) after.push(attempt())
  await Promise.all(senders)
  return { before, after: await Promise.all(after) }
}

describe.each(databaseKinds)('in a burst on %s', (kind) => {
  let server: TestServer
  let acme: TestOrganization
  let larkfield: TestOrganization
  let record: TestRecord
  let elsewhere: TestRecord
  let dana: Caller
  const vendor = (): Caller => server.withBearer()
  beforeAll(async () => {
    server = await startTestServer(kind)
    acme = await server.customer('Acme')
    const beta = await server.customer('Beta')
    larkfield = await server.partner('Larkfield')
    record = await server.record(acme)
    elsewhere = await server.record(beta)
    await server.grant(beta, larkfield, 'look')
    dana = await session(await server.person(acme, 'Dana Lee', ['contact_manager']))
  })
  afterAll(() => server.close())

  const session = async ({ id }: TestPerson): Promise<Caller> => {
    const token = newToken()
    await server.stageOwner.query(
      `insert into sessions (token_hash, person_id, how, created_at, last_seen_at, expires_at) values ($1, $2, 'code', $3, $3, $3::timestamptz + interval '1 day')`,
      [hashToken(token), id, server.clock.at],
    )
    return caller(server.address, { cookie: `latchkey_session=${token}`, origin: server.house.settings.publicUrl })
  }
  const consultant = (): Promise<TestPerson> => server.person(larkfield, 'Priya Raman', ['consultant'])
  const sees = async (as: Caller, { id }: TestRecord) => (await as('GET', `/api/v1/records/service_request/${id}`)).status
  const question = (user: string) => ({
    subject: { type: 'user', id: user },
    action: { name: 'read' },
    resource: { type: 'service_request', id: record.number },
  })
  const ask = (as: Caller, user: string) => as('POST', '/access/v1/evaluation', question(user))
  const only = (answers: readonly unknown[]) => [...new Set(answers)]

  test(`a key that is ended answers nothing that is sent afterwards, ${rounds} times`, async () => {
    for (let round = 0; round < rounds; round++) {
      const { body } = await vendor()('POST', '/api/v1/api-keys', { name: 'a key', side: 'vendor' })
      const withKey = server.withBearer(body.key)
      const { before, after } = await whileItEnds(
        async () => (await ask(withKey, 'nobody@nowhere.example')).status,
        async () => expect((await vendor()('DELETE', `/api/v1/api-keys/${body.id}`)).status).toBe(204),
      )
      expect([before[0], only(after)]).toEqual([200, [401]])
    }
  }, 120_000)

  test(`a session that is signed out shows nothing that is asked for afterwards, ${rounds} times`, async () => {
    const person = await consultant()
    for (let round = 0; round < rounds; round++) {
      const signedIn = await session(person)
      const { before, after } = await whileItEnds(
        () => sees(signedIn, elsewhere),
        async () => expect((await signedIn('DELETE', '/api/v1/me/session')).status).toBe(204),
      )
      expect([before[0], only(after)]).toEqual([200, [401]])
    }
  }, 120_000)

  test(`a session that is locked to one customer shows no record of another that is asked for afterwards, ${rounds} times`, async () => {
    const person = await consultant()
    await server.grant(acme, person, 'look')
    for (let round = 0; round < rounds; round++) {
      const signedIn = await session(person)
      const { before, after } = await whileItEnds(
        () => sees(signedIn, elsewhere),
        async () => expect((await signedIn('PUT', '/api/v1/me/focus', { customerId: acme.id })).status).toBe(200),
      )
      expect([before[0], only(after)]).toEqual([200, [404]])
    }
  }, 120_000)

  test(`OR-009 an access that is removed is a no to every question of the vendor's software that is sent afterwards, ${rounds} times`, async () => {
    for (let round = 0; round < rounds; round++) {
      const person = await consultant()
      const { id } = await server.grant(acme, person, 'look')
      const { before, after } = await whileItEnds(
        async () => (await ask(vendor(), person.email)).body.decision,
        async () => expect((await dana('POST', `/api/v1/grants/${id}/removal`, {})).status).toBe(201),
      )
      expect([before[0], only(after)]).toEqual([true, [false]])
    }
  }, 120_000)
})
