// Asking and answering over HTTP on a real server: the main job, the neutral answer, bad input, and links that only show.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { accessStage } from '../../../test/access-stage.ts'
import { type Answer, type Caller, startTestServer, type TestServer } from '../../../test/server.ts'
import type { TestPerson } from '../../../test/world.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.close())

async function stage() {
  const one = await accessStage(server)
  const [asDana, asPriya, asAdmin] = [await server.signIn(one.dana), await server.signIn(one.priya), await server.signIn(one.admin)]
  return { ...one, asDana, asPriya, asAdmin }
}
const question = (to: string, person: TestPerson | null, level = 'look') => ({
  contactManagerEmail: to,
  items: [{ personId: person?.id ?? null, level }],
  endsOn: '2027-05-21',
  reason: 'We run the migration.',
})
const ask = (call: Caller, body: unknown) => call('POST', '/api/v1/access-requests', body)

test('OR-053 OR-058 OR-062 OR-064 the main job: ask, look, approve for less, see exactly that, until the day it ends', async () => {
  const { acme, dana, asDana, asPriya, asAdmin, priya } = await stage()
  const record = await server.record(acme)
  await server.record(await server.customer('Beta Foods'))
  const sent = await ask(asAdmin, question(dana.email, null, 'create'))
  expect([sent.status, sent.body]).toEqual([
    202,
    {
      id: sent.body.id,
      number: expect.stringMatching(/^R-\d+$/),
      sentence: `If ${dana.email} manages access for a customer, they have your request.`,
    },
  ])
  const inbox = await asDana('GET', '/api/v1/access-requests?side=received')
  expect(inbox.body.items).toMatchObject([
    { id: sent.body.id, state: 'waiting', partner: { name: 'Larkfield', peopleCount: 3, firstTime: true } },
  ])
  const shown = await asDana('GET', `/api/v1/access-requests/${sent.body.id}`)
  expect(shown.body.preview).toMatchObject({
    people: { now: 3 },
    records: { total: 1, open: 1, closed: 0 },
    warnings: [{ code: 'W3', needsTick: true }],
  })
  const approval = { endsOn: '2026-12-31', items: [{ id: shown.body.items[0].id, level: 'look' }], understood: true }
  const approved = await asDana('POST', `/api/v1/access-requests/${sent.body.id}/approval`, approval)
  expect([approved.status, approved.body]).toMatchObject([201, { state: 'approved', items: [{ level: 'create', grantedLevel: 'look' }] }])
  const list = () => asPriya('GET', '/api/v1/records/service_request')
  expect((await list()).body).toMatchObject({ total: 1, items: [{ number: record.number }] })
  expect((await asPriya('GET', '/api/v1/grants?side=received')).body.items).toMatchObject([
    { level: 'look', endsOn: '2026-12-31', customer: { name: 'Acme Robotics' } },
  ])
  const before = server.clock.at
  server.setClock('2026-12-31T22:59:59.000Z')
  const still = await server.signIn(priya)
  expect((await still('GET', '/api/v1/records/service_request')).body.total).toBe(1)
  server.setClock('2026-12-31T23:00:00.000Z')
  expect((await still('GET', '/api/v1/records/service_request')).body.total).toBe(0)
  server.setClock(before)
})

test('O-A14 status, headers and body of the answer tell nothing about the address', async () => {
  const { dana, contact, omar, priya, asPriya } = await stage()
  const addresses = [dana.email, contact.email, omar.email, 'nobody@nowhere.example']
  const answers: Answer[] = []
  for (const address of addresses) answers.push(await ask(asPriya, question(address, priya)))
  const shape = ({ status, headers, body }: Answer, at: number) => ({
    status,
    names: [...headers.keys()].filter((name) => !/^x-ratelimit|^date$/.test(name)),
    body: JSON.stringify(body)
      .replace(addresses[at] as string, '…')
      .replace(body.id, '…')
      .replace(body.number, '…'),
  })
  expect(new Set(answers.map((answer, at) => JSON.stringify(shape(answer, at)))).size).toBe(1)
  const list = await asPriya('GET', '/api/v1/access-requests?side=asked')
  expect(list.body.items).toHaveLength(4)
  for (const item of list.body.items)
    expect(item).toMatchObject({ state: 'waiting', customer: null, preview: null, warnings: [], answered: null })
  expect(JSON.stringify(list.body)).not.toContain('Acme')
})

test('a link shows: reading it again and again, by GET and HEAD, changes nothing', async () => {
  const { dana, priya, asPriya, asDana } = await stage()
  const { id } = (await ask(asPriya, question(dana.email, priya))).body
  const count = async () => (await server.audit()).length
  const before = await count()
  for (const path of [
    `/asks/${id}`,
    `/api/v1/access-requests/${id}`,
    `/api/v1/access-requests/${id}/approval`,
    `/api/v1/access-requests/${id}/denial`,
  ]) {
    for (const method of ['GET', 'HEAD', 'GET']) for (const call of [server.nobody, asDana]) await call(method, path)
  }
  expect((await asDana('GET', `/api/v1/access-requests/${id}`)).body.state).toBe('waiting')
  expect(await count()).toBe(before)
})

test('the second answer is 409 already-answered with who and when, and a page of somebody else cannot answer at all', async () => {
  const { dana, tom, priya, asPriya, asDana } = await stage()
  const { id } = (await ask(asPriya, question(dana.email, priya))).body
  const foreign = await asDana(
    'POST',
    `/api/v1/access-requests/${id}/approval`,
    {},
    { origin: 'https://elsewhere.example', 'sec-fetch-site': 'cross-site' },
  )
  expect(foreign.status).toBe(403)
  const asTom = await server.signIn(tom)
  expect((await asTom('POST', `/api/v1/access-requests/${id}/denial`, { reason: 'Not now.' })).status).toBe(201)
  const late = await asDana('POST', `/api/v1/access-requests/${id}/approval`, {})
  expect([late.status, late.body]).toMatchObject([
    409,
    {
      code: 'already-answered',
      detail: 'Tom Lindqvist already declined this just now. Nothing more to do.',
      facts: { by: 'Tom Lindqvist' },
    },
  ])
})

describe('bad input', () => {
  const good = {
    contactManagerEmail: 'dana@acme.example',
    items: [{ personId: null, level: 'look' }],
    endsOn: '2027-05-21',
    reason: 'Because',
  }
  const bodies: [string, unknown, string | undefined][] = [
    ['no body', {}, 'items'],
    ['no address', { ...good, contactManagerEmail: undefined }, 'contactManagerEmail'],
    ['a list', [], undefined],
    ['null', 'null', undefined],
    ['a number for the address', { ...good, contactManagerEmail: 7 }, 'contactManagerEmail'],
    ['a long address', { ...good, contactManagerEmail: `${'a'.repeat(250)}@a.example` }, 'contactManagerEmail'],
    ['an object for a level', { ...good, items: [{ personId: null, level: { $ne: 1 } }] }, 'items.0.level'],
    ['an empty level', { ...good, items: [{ personId: null, level: '' }] }, 'items.0.level'],
    ['no person named', { ...good, items: [{ level: 'look' }] }, 'items.0.personId'],
    ['items that are no list', { ...good, items: 'look' }, 'items'],
    ['no items', { ...good, items: [] }, 'items'],
    ['too many items', { ...good, items: Array.from({ length: 101 }, () => good.items[0]) }, 'items'],
    ['an unknown field', { ...good, state: 'approved' }, 'state'],
    ['an unknown field inside', { ...good, items: [{ personId: null, level: 'look', grantedLevel: 'look' }] }, 'items.0.grantedLevel'],
    ['a prototype', '{"__proto__": {"admin": true}}', undefined],
    ['a date that is none', { ...good, endsOn: '2027-13-01' }, 'endsOn'],
    ['an instant for a date', { ...good, endsOn: '2027-05-21T00:00:00Z' }, 'endsOn'],
    ['a long reason', { ...good, reason: 'x'.repeat(1001) }, 'reason'],
    ['a null byte', { ...good, reason: 'a\u0000b' }, undefined],
    ['half a character', { ...good, reason: '\ud800' }, undefined],
  ]
  test.each(bodies)('%s is refused with 400, by the field, and nothing is asked', async (_words, body, field) => {
    const call = await asked()
    const answer = await ask(call, body)
    expect([answer.status, answer.body.code, answer.headers.get('content-type')]).toEqual([
      400,
      'invalid-input',
      expect.stringContaining('application/problem+json'),
    ])
    if (field !== undefined) expect(answer.body.fields.map((fault: { field: string }) => fault.field)).toContain(field)
    expect((await call('GET', '/api/v1/access-requests?side=asked&state=all')).body.items).toEqual([])
  })

  let administrator: Caller | undefined
  const asked = async () => {
    administrator ??= (await stage()).asAdmin
    return administrator
  }

  test('ids of others, unknown ids and what is no id look alike: 404', async () => {
    const mine = await stage()
    const other = await stage()
    const { id } = (await ask(other.asPriya, question(other.dana.email, other.priya))).body
    for (const wrong of [id, '7d3c1f8e-0000-4000-8000-000000000000', 'R-1', '1', "'%20or%201=1"]) {
      for (const [method, path, body] of [
        ['GET', '', undefined],
        ['POST', '/approval', {}],
        ['POST', '/denial', {}],
        ['POST', '/withdrawal', {}],
      ] as const) {
        const { status } = await mine.asDana(method, `/api/v1/access-requests/${wrong}${path}`, body)
        expect([wrong, path, status]).toEqual([wrong, path, 404])
      }
    }
  })

  test("a colleague's request looks like none to whoever neither made it, nor is named in it, nor administers the partner", async () => {
    const { asPriya, asAdmin, dana, omar } = await stage()
    const theirs = (await ask(await server.signIn(omar), question(dana.email, omar))).body.id
    for (const [method, path] of [
      ['GET', ''],
      ['POST', '/approval'],
      ['POST', '/denial'],
      ['POST', '/withdrawal'],
    ] as const) {
      const answers = []
      for (const id of [theirs, '7d3c1f8e-0000-4000-8000-000000000000']) {
        const { status, body } = await asPriya(method, `/api/v1/access-requests/${id}${path}`, method === 'GET' ? undefined : {})
        answers.push([status, body.code, body.title, body.detail])
      }
      expect([path, answers[0]]).toEqual([path, answers[1]])
      expect(answers[0]?.[0]).toBe(404)
    }
    expect((await asAdmin('POST', `/api/v1/access-requests/${theirs}/approval`, {})).status).toBe(403)
  })

  test('nobody gets 401 everywhere, and a key without a person asks for nothing', async () => {
    const key = server.withBearer()
    for (const [method, path, body] of [
      ['GET', '/api/v1/access-requests?side=asked', undefined],
      ['POST', '/api/v1/access-requests', good],
      ['POST', '/api/v1/access-requests/7d3c1f8e-0000-4000-8000-000000000000/approval', {}],
    ] as const) {
      expect((await server.nobody(method, path, body)).status).toBe(401)
      expect([403, 404]).toContain((await key(method, path, body)).status)
    }
  })
})
