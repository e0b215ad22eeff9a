// Several customers asked at once, and several accesses extended at once, over HTTP: one result each, one effect each, and nobody hears of the others.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { accessStage } from '../../../test/access-stage.ts'
import { databaseKinds } from '../../../test/database.ts'
import { type Caller, startTestServer, type TestServer } from '../../../test/server.ts'
import type { TestOrganization, TestPerson } from '../../../test/world.ts'

describe.each(databaseKinds)('many at once on %s', (kind) => {
  let server: TestServer
  let priya: TestPerson
  let larkfield: TestOrganization
  let asPriya: Caller
  const customers: { customer: TestOrganization; dana: TestPerson }[] = []
  beforeAll(async () => {
    server = await startTestServer(kind)
    for (const name of ['Acme Robotics', 'Beta Foods', 'Cargo Nord']) {
      const customer = await server.customer(name)
      customers.push({ customer, dana: await server.person(customer, `Dana of ${name}`, ['contact_manager']) })
    }
    const stage = await accessStage(server, { customer: 'Delta Yard' })
    priya = stage.priya
    larkfield = stage.larkfield
    for (const { customer } of customers) {
      await server.relationship(customer, larkfield)
      await server.grant(customer, priya, 'look')
    }
    asPriya = await server.signIn(priya)
  })
  afterAll(() => server.close())

  const one = (at: number, more: Record<string, unknown> = {}) => ({
    customerId: customers[at]?.customer.id,
    items: [{ personId: priya.id, level: 'look' }],
    endsOn: '2027-05-21',
    reason: 'The work goes on.',
    ...more,
  })
  test('BX-05 each customer is asked by itself; one that is refused does not stop the rest, and the same key again has one effect for each', async () => {
    const requests = [one(0), one(1, { endsOn: '2020-01-01' }), one(2), one(0), { ...one(0), customerId: larkfield.id }]
    const key = { 'idempotency-key': 'ask-for-next-year' }
    const first = await asPriya('POST', '/api/v1/access-requests/many', { requests }, key)
    expect(first.status).toBe(200)
    type Item = { asked: { number: string } | null; problem: { code: string; field?: string } | null }
    const said = (answer: { body: { items: Item[] } }) =>
      answer.body.items.map(({ asked, problem }) => problem?.field ?? problem?.code ?? asked?.number)
    const [to0, past, to2, again, none] = said(first)
    expect([past, again, none]).toEqual(['endsOn', 'overlaps', 'not-found'])
    const repeated = await Promise.all([1, 2, 3].map(() => asPriya('POST', '/api/v1/access-requests/many', { requests }, key)))
    for (const answer of repeated) expect(said(answer)).toEqual([to0, 'endsOn', to2, 'overlaps', 'not-found'])
    const other = await asPriya('POST', '/api/v1/access-requests/many', { requests: requests.slice(0, 1) }, key)
    expect(said(other)).toEqual(['Idempotency-Key'])
    const mine = await asPriya('GET', '/api/v1/access-requests?side=asked&state=waiting')
    expect(mine.body.items.map(({ number }: { number: string }) => number).sort()).toEqual([to0, to2].sort())
    expect(mine.body.items[0].items[0].differences.map(({ field }: { field: string }) => field)).toEqual(['until'])
  })

  const toldTo = async (dana: TestPerson) => {
    const letters = (await server.letters()).filter(({ letter, to }) => letter === 'access-request-asked' && to === dana.email)
    const asDana = await server.signIn(dana)
    const received = (await asDana('GET', '/api/v1/access-requests?side=received&state=waiting')).body.items
    const history = (await asDana('GET', '/api/v1/history')).body.items
    return { counts: [letters.length, received.length], all: JSON.stringify([letters, received, history]) }
  }

  test('each customer reads its own request and its own letter, and nothing of the others', async () => {
    const [acme, beta, cargo] = await Promise.all(customers.map(({ dana }) => toldTo(dana)))
    expect([acme?.counts, beta?.counts, cargo?.counts]).toEqual([
      [1, 1],
      [0, 0],
      [1, 1],
    ])
    expect(acme?.all).not.toMatch(/Beta Foods|Cargo Nord/)
    expect(beta?.all).not.toMatch(/Acme Robotics|Cargo Nord/)
    expect(cargo?.all).not.toMatch(/Acme Robotics|Beta Foods/)
    // Not even by the reference of the one action in which they were asked.
    const { rows } = await server.stageOwner.query<{ refs: number }>(
      `select count(distinct request_ref)::int as refs from audit_entries where what = 'access_request.asked' and customer_id is not null`,
    )
    expect(rows[0]?.refs).toBe(2)
  })

  test('at most a hundred are asked at once, the limit of the hour counts each of them, and no customer can ask', async () => {
    const address = (at: number) => ({ ...one(0), customerId: undefined, contactManagerEmail: `somebody${at}@elsewhere.example` })
    const many = (count: number) => ({ requests: Array.from({ length: count }, (_, at) => address(at)) })
    expect((await asPriya('POST', '/api/v1/access-requests/many', many(101))).status).toBe(400)
    expect((await asPriya('POST', '/api/v1/access-requests/many', many(0))).status).toBe(400)
    const answer = await asPriya('POST', '/api/v1/access-requests/many', many(60))
    const codes = answer.body.items.map(({ problem }: { problem: { code: string } | null }) => problem?.code ?? 'asked')
    expect(codes.slice(0, 58)).toEqual(Array(58).fill('asked'))
    expect(codes.slice(58)).toEqual(['too-many', 'too-many'])
    const asDana = await server.signIn(customers[0]?.dana as TestPerson)
    expect((await asDana('POST', '/api/v1/access-requests/many', many(1))).status).toBe(404)
  }, 60_000)

  test('many asks of the same at once under one key have one effect for each customer, and all are answered alike', async () => {
    const omar = await server.person(larkfield, 'Omar Nasser', ['consultant'])
    const asOmar = await server.signIn(omar)
    const items = [{ personId: omar.id, level: 'look' }]
    const requests = [0, 1, 2].map((at) => one(at, { items }))
    const key = { 'idempotency-key': 'all-at-once' }
    const answers = await Promise.all(Array.from({ length: 12 }, () => asOmar('POST', '/api/v1/access-requests/many', { requests }, key)))
    const numbers = (answer: { body: { items: { asked: { number: string } | null }[] } }) =>
      answer.body.items.map(({ asked }) => asked?.number)
    expect(new Set(numbers(answers[0] as (typeof answers)[number])).size).toBe(3)
    for (const answer of answers) expect([answer.status, numbers(answer)]).toEqual([200, numbers(answers[0] as (typeof answers)[number])])
    const mine = await asOmar('GET', '/api/v1/access-requests?side=asked&state=all')
    expect(mine.body.items.length).toBe(3)
    const letters = (await server.letters()).filter(({ letter, to }) => letter === 'access-request-sent' && to === omar.email)
    expect(letters.length).toBe(3)
  }, 60_000)

  test('a partner that is suspended between asking and asking again is shut out, and the key that it used gives it no answer', async () => {
    const { customer } = customers[0] as (typeof customers)[number]
    const bright = await server.partner('Bright Field')
    const bea = await server.person(bright, 'Bea Bright', ['consultant'])
    await server.relationship(customer, bright)
    const asBea = await server.signIn(bea)
    const requests = [one(0, { items: [{ personId: bea.id, level: 'update' }] })]
    const key = { 'idempotency-key': 'half-way' }
    const [asked] = (await asBea('POST', '/api/v1/access-requests/many', { requests }, key)).body.items
    expect(asked.problem).toBeNull()
    await server.stageOwner.query('update organizations set suspended_at = $2 where id = $1', [bright.id, new Date(server.clock.at)])
    const after = await asBea('POST', '/api/v1/access-requests/many', { requests }, key)
    expect([after.status, JSON.stringify(after.body).includes(asked.asked.number)]).toEqual([401, false])
  })

  test('BX-05 the customer extends several accesses at once: one result each, the rest goes on, and the same key again changes nothing more', async () => {
    const { customer, dana } = customers[1] as (typeof customers)[number]
    const [a, b, c] = [
      await server.grant(customer, await server.person(larkfield, 'Ana One', ['consultant']), 'look'),
      await server.grant(customer, await server.person(larkfield, 'Ben Two', ['consultant']), 'look'),
      await server.grant(customers[2]?.customer as TestOrganization, await server.person(larkfield, 'Cleo Three', ['consultant']), 'look'),
    ]
    const asDana = await server.signIn(dana)
    const changes = [
      { id: a.id, endsOn: '2028-01-31' },
      { id: c.id, endsOn: '2028-01-31' },
      { id: '11111111-1111-4111-8111-111111111111', endsOn: '2028-01-31' },
      { id: b.id, endsOn: '2028-01-31' },
    ]
    const key = { 'idempotency-key': 'extend-all' }
    const extend = async () => (await asDana('POST', '/api/v1/grants/changes', { changes }, key)).body.items
    const items = await extend()
    const said = items.map(
      ({ grant, problem }: { grant: { endsOn: string } | null; problem: { code: string; detail: string } | null }) =>
        grant?.endsOn ?? problem?.detail,
    )
    // Another customer's and one that is none are answered alike.
    expect(said[0]).toBe('2028-01-31')
    expect([said[2], said[3]]).toEqual([said[1], '2028-01-31'])
    expect(items[1].problem.code).toBe('not-found')
    expect((await extend()).map(({ grant }: { grant: { id: string } | null }) => grant?.id)).toEqual(
      items.map(({ grant }: { grant: { id: string } | null }) => grant?.id),
    )
    const list = await asDana('GET', '/api/v1/grants?side=given&state=all')
    const ended = list.body.items.filter(({ state }: { state: string }) => state === 'replaced')
    expect(ended.length).toBe(2)
    expect((await server.letters()).filter(({ letter, to }) => letter === 'access-extended' && to === dana.email).length).toBe(2)
    expect((await asPriya('POST', '/api/v1/grants/changes', { changes })).status).toBe(404)
  })
})
