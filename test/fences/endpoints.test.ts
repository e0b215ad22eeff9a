// Every endpoint of the API is tried by nobody, by strangers of each side, and by people who may see but not do; none reads or changes what is not theirs.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Caller, startTestServer, type TestServer } from '../server.ts'
import { attempts, type Ids } from './endpoint-attempts.ts'

/** Words that stand in Acme's data and nowhere else: no answer to a stranger may hold one of them. */
const secrets = ['Acme Zenith', 'Zenith arm', 'the zenith password', 'Dana Zenith', 'Priya Zenith', 'Larkfield Zenith']

const oneFile = [
  '--x',
  'Content-Disposition: form-data; name="file"; filename="a.txt"',
  'Content-Type: text/plain',
  '',
  'x',
  '--x--',
  '',
].join('\r\n')

/** The ids of Acme's own things for an address's places, and the query that it needs. */
function addressOf(path: string, ids: Ids): string {
  const owners: readonly [string, string][] = [
    ['/grants/', ids.grant],
    ['/partners/', ids.larkfield],
    ['/customers/{id}', ids.acme],
    ['/letters/', ids.letter],
    ['/organizations/', ids.acme],
    ['/records/', ids.record],
  ]
  const id = owners.find(([part]) => path.includes(part))?.[1] ?? ids.request
  const places: Record<string, string> = { kind: 'service_request', id, personId: ids.priya, fileId: ids.file, customerId: ids.acme }
  const query: Record<string, string> = {
    '/api/v1/grants': '?side=given&state=all',
    '/api/v1/access-requests': '?side=received&state=all',
    '/api/v1/access-requests/sites': `?customer=${ids.acme}`,
    '/api/v1/account-requests': `?customer=${ids.acme}`,
    '/api/v1/records/customers': '?kind=service_request&action=read',
    '/api/v1/records/{kind}': `?customer=${ids.acme}&q=Zenith`,
    '/api/v1/records/customers/{customerId}/contact-choices': '?kind=service_request',
  }
  return path.replace(/\{(\w+)\}/g, (_, name: string) => places[name] ?? name) + (query[path] ?? '')
}

describe('every endpoint', () => {
  let server: TestServer
  let ids: Ids
  const people: Record<string, { email: string }> = {}

  beforeAll(async () => {
    server = await startTestServer('embedded')
    const acme = await server.customer('Acme Zenith')
    const larkfield = await server.partner('Larkfield Zenith')
    const dana = await server.person(acme, 'Dana Zenith', ['contact_manager'])
    const priya = await server.person(larkfield, 'Priya Zenith', ['consultant', 'partner_administrator'])
    await server.relationship(acme, larkfield)
    const grant = await server.grant(acme, larkfield, 'look')
    const record = await server.record(acme, {
      title: 'Zenith arm',
      people: { requester: dana },
      messages: [{ author: dana, body: 'the zenith password' }],
    })
    const asked = await (await server.signIn(priya))('POST', '/api/v1/access-requests', {
      contactManagerEmail: dana.email,
      items: [{ personId: null, level: 'create' }],
      endsOn: '2027-02-01',
      reason: 'x',
    })
    const row = async (text: string, values: unknown[] = []) =>
      (await server.stageOwner.query<{ id: string }>(text, values)).rows[0]?.id as string
    const file = await row(
      `insert into files (kind, record_id, customer_no, name, media_type, size, sha256, content, uploaded_by_name, created_at)
       values ('service_request', $1, $2, 'zenith.txt', 'text/plain', 1, 'x', 'x', 'Dana Zenith', now()) returning id`,
      [record.id, acme.customerNo],
    )
    ids = {
      acme: acme.id,
      larkfield: larkfield.id,
      priya: priya.id,
      danaEmail: dana.email,
      record: record.id,
      grant: grant.id,
      request: asked.body.id,
      file,
      letter: await row('select id from outbox limit 1'),
    }
    const foreign = await server.partner('Elsewhere')
    people["a partner's administrator from elsewhere"] = await server.person(foreign, 'Pat', ['consultant', 'partner_administrator'])
    people['a contact manager from elsewhere'] = await server.person(await server.customer('Other'), 'Carl', [
      'contact_manager',
      'primary_contact',
    ])
    people["the vendor's staff without a grant"] = await server.person(server.vendor, 'Stan', ['vendor_staff'])
    people['a partner who may only look'] = priya
    people['a contact manager of the customer'] = await server.person(acme, 'Dora', ['contact_manager'])
    people['a contact of the customer'] = await server.person(acme, 'Cora', ['contact'])
  })
  afterAll(() => server.close())

  /** Acme's rows as one fingerprint. */
  const fingerprint = async () => {
    const { rows } = await server.stageOwner.query<{ text: string }>(
      `select md5(concat((select string_agg(g::text, '' order by id) from grants g where customer_id = $1), (select string_agg(r::text, '' order by id) from access_requests r where customer_id = $1),
         (select string_agg(r::text, '' order by id) from records r where title like 'Zenith%'), (select count(*) from records), (select string_agg(m::text, '' order by id) from messages m),
         (select string_agg(p::text, '' order by person_id) from record_people p), (select count(*) from files), (select count(*) from api_keys), (select count(*) from imports),
         (select string_agg(o::text, '' order by id) from organizations o), (select string_agg(r::text, '' order by id) from relationships r))) as text`,
      [ids.acme],
    )
    return rows[0]?.text
  }
  const endpoints = () =>
    Object.entries(server.app.swagger().paths ?? {}).flatMap(([path, operations]) =>
      Object.keys(operations ?? {}).map((method) => ({ method: method.toUpperCase(), path })),
    )
  const attempt = async (call: Caller, { method, path }: { method: string; path: string }) => {
    const { body, form } = attempts(ids)[`${method} ${path}`] ?? {}
    return form
      ? call(method, addressOf(path, ids), oneFile, { 'content-type': 'multipart/form-data; boundary=x' })
      : call(method, addressOf(path, ids), body)
  }
  /** What ends the trier's own session is tried last. */
  const inOrder = () =>
    endpoints().sort(
      (a, b) =>
        Number(/me\/sessions?$/.test(a.path) && a.method === 'DELETE') - Number(/me\/sessions?$/.test(b.path) && b.method === 'DELETE'),
    )

  test('stands in the table of this fence, and the table names no other', () => {
    const found = endpoints()
      .map(({ method, path }) => `${method} ${path}`)
      .sort()
    expect(found.length).toBeGreaterThan(50)
    expect(found).toEqual(Object.keys(attempts(ids)).sort())
  })

  test('tells nobody to sign in, but for the few that are open by design', async () => {
    const before = await fingerprint()
    for (const endpoint of endpoints()) {
      const { status, body } = await attempt(server.nobody, endpoint)
      const name = `${endpoint.method} ${endpoint.path}`
      const open = attempts(ids)[name]?.open
      if (open === 'by token') expect([name, status]).toEqual([name, 404])
      else if (open) expect([name, [200, 202, 204, 400].includes(status)]).toEqual([name, true])
      else expect([name, status]).toEqual([name, 401])
      for (const secret of secrets) expect([name, JSON.stringify(body).includes(secret)]).toEqual([name, false])
    }
    expect(await fingerprint()).toBe(before)
  })

  test.each(["a partner's administrator from elsewhere", 'a contact manager from elsewhere', "the vendor's staff without a grant"])(
    'shows %s nothing of another customer and lets them change nothing',
    async (who) => {
      const call = await server.signIn(people[who] as { email: string })
      const before = await fingerprint()
      for (const endpoint of inOrder()) {
        const { status, body } = await attempt(call, endpoint)
        const name = `${endpoint.method} ${endpoint.path}`
        expect([name, status < 500]).toEqual([name, true])
        if (/\{id\}/.test(endpoint.path)) expect([name, [400, 403, 404, 415].includes(status)]).toEqual([name, true])
        for (const secret of secrets) expect([name, secret, JSON.stringify(body).includes(secret)]).toEqual([name, secret, false])
      }
      expect(await fingerprint()).toBe(before)
    },
  )

  test('BX-01 refuses whoever looks through the eyes of another all that changes something, and all that is no part of a look', async () => {
    const call = await server.signIn(people['a contact manager of the customer'] as { email: string })
    expect((await call('POST', '/api/v1/me/look', { partnerId: ids.larkfield, personId: null })).status).toBe(201)
    const before = await fingerprint()
    const records = ['customers', '{kind}', '{kind}/count', '{kind}/{id}', '{kind}/{id}/files/{fileId}'].map((path) => `records/${path}`)
    const shown = ['portal', 'me', 'grants', 'grants/{id}', 'organizations/{id}/people', ...records].map((path) => `GET /api/v1/${path}`)
    const ends = ['DELETE /api/v1/me/look', 'DELETE /api/v1/me/session']
    for (const endpoint of endpoints()) {
      const name = `${endpoint.method} ${endpoint.path}`
      if (shown.includes(name) || ends.includes(name)) continue
      const { status, body } = await attempt(call, endpoint)
      // Whoever unsubscribes by a letter is known by its token alone; a made-up one is not found, as ever.
      const answer = name === 'POST /unsubscribe' ? [404, 'not-found'] : [403, 'looking']
      expect([name, status, body.code]).toEqual([name, ...answer])
    }
    expect(await fingerprint()).toBe(before)
    expect((await call('DELETE', '/api/v1/me/look')).status).toBe(204)
  })

  test.each(['a partner who may only look', 'a contact of the customer'])('lets %s change nothing that is not for them', async (who) => {
    const call = await server.signIn(people[who] as { email: string })
    const before = await fingerprint()
    const theirs = new Set([
      'POST /api/v1/access-requests/{id}/withdrawal',
      'POST /api/v1/records/{kind}',
      'POST /api/v1/access-requests',
      'POST /api/v1/access-requests/many',
      // Everybody gives up what is their own.
      'POST /api/v1/grants/{id}/relinquishment',
    ])
    for (const endpoint of inOrder()) {
      const name = `${endpoint.method} ${endpoint.path}`
      if (endpoint.method === 'GET' || theirs.has(name) || /\/(me|sign-in)(\/|$)/.test(endpoint.path)) continue
      const { status } = await attempt(call, endpoint)
      expect([name, [400, 403, 404, 415].includes(status), status]).toEqual([name, true, status])
    }
    expect(await fingerprint()).toBe(before)
  })
})
