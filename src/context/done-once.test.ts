// A request that is sent again under one Idempotency-Key has one effect, over HTTP, on both databases.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { databaseKinds } from '../../test/database.ts'
import { type Caller, startTestServer, type TestServer } from '../../test/server.ts'
import type { TestOrganization, TestPerson } from '../../test/world.ts'

describe.each(databaseKinds)('sent again, on %s', (kind) => {
  let server: TestServer
  let acme: TestOrganization
  let person: TestPerson
  let eva: Caller
  beforeAll(async () => {
    server = await startTestServer(kind)
    acme = await server.customer('Acme')
    person = await server.person(acme, 'Eva', ['contact'])
    eva = await server.signIn(person)
  })
  afterAll(() => server.close())

  const open = (call: Caller, key: string, title = 'Arm stops') =>
    call('POST', '/api/v1/records/service_request', { customerId: acme.id, title, description: 'It stops.' }, { 'idempotency-key': key })
  const many = async (text: string) =>
    ((await server.stageOwner.query<{ many: number }>(`select count(*)::int as many from ${text}`)).rows[0] as { many: number }).many

  test('the same request twice is done once, and answered alike', async () => {
    const [first, second] = [await open(eva, 'one'), await open(eva, 'one')]
    expect([first.status, second.status]).toEqual([201, 201])
    expect(second.body).toEqual(first.body)
    expect(await many(`records where title = 'Arm stops'`)).toBe(1)
    expect(await many(`audit_entries where on_id = '${first.body.id}'`)).toBe(1)
  })

  test('many at once are one', async () => {
    const answers = await Promise.all(Array.from({ length: 6 }, () => open(eva, 'at-once', 'Many at once')))
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1)
    expect(await many(`records where title = 'Many at once'`)).toBe(1)
  })

  test('another request under the same key is refused, and nothing is done', async () => {
    await open(eva, 'kept')
    const other = await open(eva, 'kept', 'Another one')
    expect(other.body).toMatchObject({ status: 400, field: 'Idempotency-Key' })
    expect(await many(`records where title = 'Another one'`)).toBe(0)
  })

  test("a key is its sender's own, counts for a day, and has a form", async () => {
    const max = await server.signIn(await server.person(acme, 'Max', ['contact']))
    const [hers, his] = [await open(eva, 'shared', 'Shared'), await open(max, 'shared', 'Shared')]
    expect(hers.body.id).not.toBe(his.body.id)
    for (const key of ['a b', 'x'.repeat(201)]) expect((await open(eva, key, 'Malformed')).status).toBe(400)
    server.passDays(2)
    const later = await server.signIn(person)
    expect((await open(later, 'shared', 'Shared')).body.id).not.toBe(hers.body.id)
  })

  test('BX-01 what is begun in a session is begun in each of them, and begun again when it was stopped: no answer stands for another session', async () => {
    const larkfield = await server.partner('Larkfield')
    await server.relationship(acme, larkfield)
    await server.grant(acme, larkfield, 'look')
    const dana = await server.person(acme, 'Dana', ['contact_manager'])
    const sessions = [await server.signIn(dana), await server.signIn(dana)] as const
    const look = (call: Caller) =>
      call('POST', '/api/v1/me/look', { partnerId: larkfield.id, personId: null }, { 'idempotency-key': 'look' })
    const stop = (call: Caller) => call('DELETE', '/api/v1/me/look', undefined, { 'idempotency-key': 'stop' })
    const looks = async (call: Caller) => Boolean((await call('GET', '/api/v1/me')).body.looking)
    for (const call of [...sessions, ...sessions]) {
      expect([(await look(call)).status, await looks(call)]).toEqual([201, true])
      expect([(await stop(call)).status, await looks(call)]).toEqual([204, false])
    }
    const lock = (call: Caller) => call('PUT', '/api/v1/me/focus', { customerId: acme.id }, { 'idempotency-key': 'lock' })
    const unlock = (call: Caller) => call('DELETE', '/api/v1/me/focus', undefined, { 'idempotency-key': 'unlock' })
    const lockedTo = async (call: Caller) => (await call('GET', '/api/v1/me/focus')).body.customer?.name ?? null
    for (const call of [...sessions, ...sessions]) {
      expect([(await lock(call)).status, await lockedTo(call)]).toEqual([200, 'Acme'])
      expect([(await unlock(call)).status, await lockedTo(call)]).toEqual([200, null])
    }
    for (const call of sessions) {
      expect((await call('DELETE', '/api/v1/me/session', undefined, { 'idempotency-key': 'out' })).status).toBe(204)
      expect((await call('GET', '/api/v1/me')).status).toBe(401)
    }
  })

  test('without a key, and for answers that hold a secret, each request is its own', async () => {
    const key = () => server.withBearer()('POST', '/api/v1/api-keys', { name: 'a', side: 'vendor' }, { 'idempotency-key': 'secret' })
    expect((await key()).body.key).not.toBe((await key()).body.key)
    expect(await many(`done_once where answer::text like '%lk_%'`)).toBe(0)
  })
})
