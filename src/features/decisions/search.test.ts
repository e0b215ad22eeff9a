// AuthZEN searches on a real server: what they find is what evaluations say yes to, page by page, and no key learns of others.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { databaseKinds } from '../../../test/database.ts'
import { type Caller, startTestServer, type TestServer } from '../../../test/server.ts'
import type { TestOrganization, TestPerson, TestRecord } from '../../../test/world.ts'

describe.each(databaseKinds)('the searches of the decision API on %s', (kind) => {
  let server: TestServer
  let [acme, beta, larkfield, other]: TestOrganization[] = []
  let [dana, eva, priya, tom, ben]: TestPerson[] = []
  let records: TestRecord[] = []
  let [foreign, named]: TestRecord[] = []
  let vendor: Caller

  beforeAll(async () => {
    server = await startTestServer(kind)
    ;[acme, beta] = [await server.customer('Acme'), await server.customer('Beta')]
    ;[larkfield, other] = [await server.partner('Larkfield'), await server.partner('Other')]
    dana = await server.person(acme!, 'Dana Lee', ['contact_manager'])
    eva = await server.person(acme!, 'Eva Contact', ['contact'])
    priya = await server.person(larkfield!, 'Priya Raman', ['consultant'])
    tom = await server.person(larkfield!, 'Tom Copied', ['consultant'])
    ben = await server.person(beta!, 'Ben Beta', ['contact_manager'])
    await server.person(other!, 'Olga Other', ['consultant'])
    for (let many = 0; many < 5; many++) records.push(await server.record(acme!))
    named = await server.record(acme!, { people: { additional_contact: tom!, requester: eva! } })
    records = [...records, named]
    foreign = await server.record(beta!)
    await server.grant(acme!, larkfield!, 'look')
    await server.grant(acme!, tom!, 'cc')
    vendor = server.withBearer()
  })
  afterAll(() => server.close())

  const user = (person: TestPerson | undefined) => ({ type: 'user', id: person!.email })
  const record = (one: TestRecord | undefined) => ({ type: 'service_request', id: one!.number })
  const everyone = () => [dana, eva, priya, tom, ben] as TestPerson[]
  const search = async (call: Caller, what: string, body: object) => {
    const { status, body: answer } = await call('POST', `/access/v1/search/${what}`, body)
    expect([status, answer]).toEqual([
      200,
      { page: { next_token: expect.any(String), count: answer.results.length }, results: answer.results },
    ])
    return answer
  }
  const ids = async (call: Caller, what: string, body: object): Promise<string[]> =>
    (await search(call, what, body)).results.map((one: { id: string; name: string }) => one.id ?? one.name).sort()
  const subjects = (call: Caller, name: string, resource: object) =>
    ids(call, 'subject', { subject: { type: 'user' }, action: { name }, resource })
  const resources = (call: Caller, name: string, person: TestPerson | undefined, type = 'service_request') =>
    ids(call, 'resource', { subject: user(person), action: { name }, resource: { type } })
  const mayThey = async (call: Caller, person: TestPerson, name: string, resource: object) =>
    (await call('POST', '/access/v1/evaluation', { subject: user(person), action: { name }, resource })).body.decision as boolean
  const keyFor = async (side: string, organization: TestOrganization | undefined) => {
    const { body } = await vendor('POST', '/api/v1/api-keys', { name: 'a key', side, organization: organization!.id })
    return server.withBearer(body.key)
  }
  const emails = (...people: (TestPerson | undefined)[]) => people.map((person) => person!.email).sort()
  const numbers = (...some: (TestRecord | undefined)[]) => some.map((one) => one!.number).sort()

  test('a subject search finds exactly those for whom an evaluation says yes', async () => {
    expect(await subjects(vendor, 'read', record(records[0]))).toEqual(emails(dana, priya))
    expect(await subjects(vendor, 'read', record(named))).toEqual(emails(dana, eva, priya, tom))
    expect(await subjects(vendor, 'read', record(foreign))).toEqual(emails(ben))
    for (const resource of [record(records[0]), record(named), record(foreign), { type: 'customer', id: 'unknown' }]) {
      for (const name of ['read', 'reply', 'close', 'access:give']) {
        const may = await Promise.all(everyone().map((person) => mayThey(vendor, person, name, resource)))
        const yes = emails(...everyone().filter((_, place) => may[place]))
        expect([name, resource, await subjects(vendor, name, resource)]).toEqual([name, resource, yes])
      }
    }
  })

  test('a resource search finds exactly what an evaluation says yes to', async () => {
    expect(await resources(vendor, 'read', priya)).toEqual(numbers(...records))
    expect(await resources(vendor, 'read', tom)).toEqual(numbers(named))
    expect(await resources(vendor, 'read', ben)).toEqual(numbers(foreign))
    expect(await resources(vendor, 'reply', priya)).toEqual([])
    const { rows } = await server.stageOwner.query<{ external_id: string }>('select external_id from organizations where id = $1', [
      acme!.id,
    ])
    expect(await resources(vendor, 'access:give', dana, 'customer')).toEqual([rows[0]?.external_id])
    // Reading is asked of records; opening one is asked of the customer.
    expect(await resources(vendor, 'service_request:read', priya, 'customer')).toEqual([])
    expect(await resources(vendor, 'service_request:open', dana, 'customer')).toEqual([rows[0]?.external_id])
    expect(await resources(vendor, 'access:give', priya, 'customer')).toEqual([])
  })

  test('an action search finds every action of the kind that an evaluation says yes to, and at a customer every action', async () => {
    for (const person of everyone()) {
      const yes: string[] = []
      for (const name of ['read', 'reply', 'update', 'open', 'close', 'reopen', 'add_contact', 'be_point_of_contact'])
        if (await mayThey(vendor, person, name, record(named))) yes.push(name)
      expect([person.name, await ids(vendor, 'action', { subject: user(person), resource: record(named) })]).toEqual([
        person.name,
        yes.sort(),
      ])
    }
    const { rows } = await server.stageOwner.query<{ external_id: string }>('select external_id from organizations where id = $1', [
      acme!.id,
    ])
    const customer = { type: 'customer', id: rows[0]?.external_id }
    const may = await ids(vendor, 'action', { subject: user(dana), resource: customer })
    expect(may).toEqual(expect.arrayContaining(['access:give', 'people:manage', 'service_request:open']))
    for (const name of may) expect([name, await mayThey(vendor, dana!, name, customer)]).toEqual([name, true])
  })

  test('what is searched for may carry an id, which changes nothing; unknown types, ids and actions find nothing', async () => {
    const whole = await subjects(vendor, 'read', record(named))
    for (const id of [tom!.email, 'nobody', '', 7, null, ['x']])
      expect(await ids(vendor, 'subject', { subject: { type: 'user', id }, action: { name: 'read' }, resource: record(named) })).toEqual(
        whole,
      )
    const own = { subject: user(priya), action: { name: 'read' } }
    expect(await ids(vendor, 'resource', { ...own, resource: record(foreign) })).toEqual(await resources(vendor, 'read', priya))
    for (const [what, body] of [
      ['subject', { subject: { type: 'spaceship' }, action: { name: 'read' }, resource: record(named) }],
      ['subject', { subject: { type: 'user' }, action: { name: 'explode' }, resource: record(named) }],
      ['subject', { subject: { type: 'user' }, action: { name: 'read' }, resource: { type: 'service_request', id: 'SR-nowhere' } }],
      ['subject', { subject: { type: 'user' }, action: { name: 'read' }, resource: { type: '__proto__', id: '1' } }],
      ['resource', { ...own, subject: { type: 'user', id: "'; drop table people; --" }, resource: { type: 'service_request' } }],
      ['resource', { ...own, subject: { type: 'robot', id: priya!.email }, resource: { type: 'service_request' } }],
      ['resource', { ...own, resource: { type: 'constructor' } }],
      ['action', { subject: { type: 'user', id: 'nobody' }, resource: record(named) }],
      ['action', { subject: user(priya), resource: { type: 'customer', id: '\u202e🦑' } }],
    ] as [string, object][]) {
      expect([what, body, (await search(vendor, what, body)).results]).toEqual([what, body, []])
    }
  })

  const pageBy = async (what: string, body: object, limit: number) => {
    const found: string[] = []
    const sizes: number[] = []
    for (let page: object = { limit }; ; ) {
      const answer = await search(vendor, what, { ...body, page })
      found.push(...answer.results.map((one: { id: string; name: string }) => one.id ?? one.name))
      sizes.push(answer.results.length)
      if (answer.page.next_token === '') return { found, sizes }
      page = { token: answer.page.next_token }
    }
  }

  test('pages have the wanted length, nothing twice and nothing left out, and end with an empty token', async () => {
    const resource = { subject: user(priya), action: { name: 'read' }, resource: { type: 'service_request' } }
    for (const [limit, sizes] of [
      [1, [1, 1, 1, 1, 1, 1]],
      [4, [4, 2]],
      [6, [6]],
      [1000, [6]],
      [1_000_000, [6]],
    ] as [number, number[]][]) {
      const { found, sizes: were } = await pageBy('resource', resource, limit)
      expect([limit, were, found.sort()]).toEqual([limit, sizes, numbers(...records)])
    }
    const subject = { subject: { type: 'user' }, action: { name: 'read' }, resource: record(named) }
    expect((await pageBy('subject', subject, 3)).found.sort()).toEqual(emails(dana, eva, priya, tom))
    const action = await pageBy('action', { subject: user(dana), resource: record(named) }, 2)
    expect(action.found.sort()).toEqual(await ids(vendor, 'action', { subject: user(dana), resource: record(named) }))
    const empty = await search(vendor, 'resource', { ...resource, page: { limit: 0 } })
    expect(empty).toMatchObject({ results: [], page: { count: 0, next_token: expect.stringMatching(/./) } })
  })

  test('a search that must look at very many ends its page before, and the pages together find everybody', async () => {
    const [crowded, firm] = [await server.customer('Crowded'), await server.partner('Large Firm')]
    const one = await server.person(firm, 'The One', ['consultant'])
    await server.stageOwner.query(
      `with crowd as (insert into people (email, name, external_id) select 'p' || n || '@large.example', 'P', 'p' || n from generate_series(1, 10500) n returning id)
       insert into memberships (person_id, organization_id, roles, from_at) select id, $1, '{consultant}', '2020-01-01' from crowd`,
      [firm.id],
    )
    await server.grant(crowded, one, 'look')
    const resource = record(await server.record(crowded))
    const { found, sizes } = await pageBy('subject', { subject: { type: 'user' }, action: { name: 'read' }, resource }, 1000)
    expect([found, sizes.length]).toEqual([[one.email], 2])
  })

  test('a token counts for its own search alone; made-up ones and other limits are 400', async () => {
    const body = { subject: user(priya), action: { name: 'read' }, resource: { type: 'service_request' }, context: { b: 1, a: [2] } }
    const first = await search(vendor, 'resource', { ...body, page: { limit: 2 } })
    const token: string = first.page.next_token
    const status = async (what: string, asked: object, call = vendor) => (await call('POST', `/access/v1/search/${what}`, asked)).status
    const same = { ...body, context: { a: [2], b: 1 }, resource: { id: 'ignored', type: 'service_request' } }
    expect(await status('resource', { ...same, page: { token, limit: 2 } })).toBe(200)
    const subject = { subject: { type: 'user' }, action: { name: 'read' }, resource: record(named) }
    for (const asked of [
      { ...body, page: { token, limit: 3 } },
      { ...body, action: { name: 'reply' }, page: { token } },
      { ...body, subject: user(tom), page: { token } },
      { ...body, subject: { ...user(priya), properties: { role: 'x' } }, page: { token } },
      { ...body, context: { a: [3], b: 1 }, page: { token } },
      { ...body, page: { token: 'x' } },
      { ...body, page: { token: `${token}x` } },
      { ...body, page: { token: Buffer.from('[]').toString('base64url') } },
      {
        ...body,
        page: {
          token: Buffer.from(
            Buffer.from(token, 'base64url')
              .toString()
              .replace(/"[0-9]+"\]$/, '"x"]'),
          ).toString('base64url'),
        },
      },
      { ...body, page: { token: '\u202e🦑' } },
      { ...body, page: { token: 7 } },
      { ...body, page: { limit: -1 } },
      { ...body, page: { limit: 1.5 } },
      { ...body, page: { limit: '2' } },
      { ...body, page: 'x' },
    ])
      expect([asked, await status('resource', asked)]).toEqual([asked, 400])
    expect(await status('subject', { ...subject, page: { token } })).toBe(400)
    expect(await status('resource', { ...body, page: { token } }, await keyFor('partner', larkfield))).toBe(400)
  })

  test('a key of a customer finds its own account and who has to do with it, and learns nothing of others', async () => {
    const [ofAcme, ofBeta] = [await keyFor('customer', acme), await keyFor('customer', beta)]
    expect(await subjects(ofAcme, 'read', record(named))).toEqual(emails(dana, eva, priya, tom))
    expect(await resources(ofAcme, 'read', priya)).toEqual(numbers(...records))
    const nowhere = { subject: { type: 'user' }, action: { name: 'read' }, resource: { type: 'service_request', id: 'SR-nowhere' } }
    expect(await search(ofBeta, 'subject', { ...nowhere, resource: record(named) })).toEqual(await search(ofBeta, 'subject', nowhere))
    for (const person of everyone()) {
      const own = person === ben ? numbers(foreign) : []
      expect([person.name, await resources(ofBeta, 'read', person)]).toEqual([person.name, own])
      expect((await ids(ofBeta, 'action', { subject: user(person), resource: record(named) })).length).toBe(0)
    }
    await server.grant(beta!, other!, 'look')
    expect((await subjects(ofBeta, 'read', record(foreign))).length).toBe(2)
    expect((await subjects(ofAcme, 'read', record(foreign))).length).toBe(0)
  })

  test('a key of a partner finds its own people alone', async () => {
    const ofLarkfield = await keyFor('partner', larkfield)
    expect(await subjects(ofLarkfield, 'read', record(named))).toEqual(emails(priya, tom))
    expect(await resources(ofLarkfield, 'read', priya)).toEqual(numbers(...records))
    expect(await resources(ofLarkfield, 'read', dana)).toEqual([])
    expect(await subjects(ofLarkfield, 'read', record(foreign))).toEqual([])
    expect(await ids(ofLarkfield, 'action', { subject: user(dana), resource: record(named) })).toEqual([])
    expect(await ids(ofLarkfield, 'action', { subject: user(priya), resource: record(named) })).toEqual(
      ['be_point_of_contact', 'read'].filter((name) => name === 'read'),
    )
  })

  test('only keys search, and what is missing or of a wrong type is 400', async () => {
    const subject = { subject: { type: 'user' }, action: { name: 'read' }, resource: record(named) }
    expect((await server.nobody('POST', '/access/v1/search/subject', subject)).status).toBe(401)
    expect((await (await server.signIn(dana!))('POST', '/access/v1/search/subject', subject)).status).toBe(403)
    for (const [what, body] of [
      ['subject', { ...subject, action: undefined }],
      ['subject', { ...subject, resource: { type: 'service_request' } }],
      ['subject', { ...subject, subject: {} }],
      ['subject', { ...subject, subject: [] }],
      ['resource', { ...subject, resource: { type: 'service_request' } }],
      ['resource', { subject: user(priya), action: { name: 7 }, resource: { type: 'service_request' } }],
      ['resource', { subject: user(priya), action: { name: 'read' } }],
      ['action', { subject: user(priya) }],
      ['action', { subject: { type: 'user' }, resource: record(named) }],
      ['action', { subject: user(priya), resource: record(named), context: 'x' }],
    ] as [string, object][])
      expect([what, body, (await vendor('POST', `/access/v1/search/${what}`, body)).status]).toEqual([what, body, 400])
  })
})
