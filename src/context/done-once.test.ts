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

  test('without a key, and for answers that hold a secret, each request is its own', async () => {
    const key = () => server.withBearer()('POST', '/api/v1/api-keys', { name: 'a', side: 'vendor' }, { 'idempotency-key': 'secret' })
    expect((await key()).body.key).not.toBe((await key()).body.key)
    expect(await many(`done_once where answer::text like '%lk_%'`)).toBe(0)
  })
})
