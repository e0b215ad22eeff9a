// Every endpoint of the API is tried by nobody, by strangers of each side, and by people who may see but not do; none reads or changes what is not theirs.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Caller, startTestServer, type TestServer } from '../server.ts'

/** Words that stand in Acme's data and nowhere else: no answer to a stranger may hold one of them. */
const secrets = ['Acme Zenith', 'Zenith arm', 'the zenith password', 'Dana Zenith', 'Priya Zenith', 'Larkfield Zenith']

interface Attempt {
  readonly body?: unknown
  /** Sends a form with one small file instead. */
  readonly form?: true
  /** Answered without signing in, by design. */
  readonly open?: true
}

/** What is sent to each endpoint: a body that would be right if it came from the right person. An endpoint that is missing here fails the fence. */
const attempts = (ids: Ids): Record<string, Attempt> => ({
  'GET /api/v1/portal': { open: true },
  'POST /api/v1/sign-in/codes': { open: true, body: { email: 'nobody@nowhere.example' } },
  'POST /api/v1/sign-in/sessions': { open: true, body: { email: ids.danaEmail, code: '0000-0000' } },
  'POST /api/v1/sign-in/passkey-challenges': { open: true, body: {} },
  'POST /api/v1/sign-in/passkey-sessions': { open: true, body: { response: {} } },
  'GET /.well-known/authzen-configuration': { open: true },
  'GET /api/v1/me': {},
  'PATCH /api/v1/me': { body: { language: 'en' } },
  // Signing out is done whoever asks.
  'DELETE /api/v1/me/session': { open: true },
  'GET /api/v1/me/sessions': {},
  'DELETE /api/v1/me/sessions': {},
  'DELETE /api/v1/me/sessions/{id}': {},
  'POST /api/v1/me/passkey-challenges': { body: {} },
  // What an authenticator made is checked before the door is opened, so that no transaction waits for it.
  'POST /api/v1/me/passkeys': { open: true, body: { name: 'x', response: {} } },
  'GET /api/v1/me/passkeys': {},
  'DELETE /api/v1/me/passkeys/{id}': {},
  'POST /api/v1/api-keys': { body: { name: 'mine', side: 'customer', organization: ids.acme } },
  'GET /api/v1/api-keys': {},
  'DELETE /api/v1/api-keys/{id}': {},
  'GET /api/v1/portal-definitions/current': {},
  'POST /api/v1/portal-definitions/difference': { body: { old: 'current', new: { source: 'portal: mine' } } },
  'POST /api/v1/portal-definitions': { body: { source: 'portal: mine', replaces: 1 } },
  'GET /api/v1/partners': {},
  'GET /api/v1/partners/{id}/people': {},
  'GET /api/v1/partners/{id}/groups': {},
  'GET /api/v1/sites': {},
  'GET /api/v1/colleagues': {},
  'GET /api/v1/organizations/{id}/people': {},
  'POST /api/v1/organizations/{id}/people': { body: { email: 'mallory@elsewhere.example', name: 'Mallory', roles: ['contact_manager'] } },
  'PUT /api/v1/organizations/{id}/people/{personId}/roles': { body: { roles: ['contact_manager'] } },
  'PUT /api/v1/organizations/{id}/people/{personId}/validation': { body: { validated: true } },
  'POST /api/v1/organizations/{id}/people/{personId}/disabling': { body: {} },
  'POST /api/v1/organizations/{id}/people/{personId}/enabling': { body: {} },
  'GET /api/v1/grants': {},
  'GET /api/v1/grants/{id}': {},
  'POST /api/v1/grants': {
    body: { partnerId: ids.larkfield, personIds: null, level: 'look', endsOn: '2027-02-01', reason: 'x', understood: true },
  },
  'POST /api/v1/grants/preview': { body: { partnerId: ids.larkfield, personIds: null, level: 'look', endsOn: '2027-02-01' } },
  'POST /api/v1/grants/vendor-people': { body: { email: 'ana@meridia.example', level: 'look', endsOn: '2027-02-01', reason: 'x' } },
  'POST /api/v1/grants/{id}/change': { body: { level: 'full_admin' } },
  'POST /api/v1/grants/{id}/removal': { body: {} },
  'POST /api/v1/grants/{id}/confirmation': { body: {} },
  'POST /api/v1/grants/{id}/relinquishment': { body: {} },
  'GET /api/v1/partners/{id}/removal': {},
  'POST /api/v1/partners/{id}/removal': { body: {} },
  'GET /api/v1/removals': {},
  'GET /api/v1/removals/{id}': {},
  'POST /api/v1/removals/{id}/undoing': { body: {} },
  'GET /api/v1/partners/{id}/roles': {},
  'PUT /api/v1/partners/{id}/roles': { body: { roles: ['look'], notify: 'it@larkfield.example', understood: true } },
  'GET /api/v1/groups': {},
  'GET /api/v1/groups/{id}': {},
  'GET /api/v1/groups/{id}/people': {},
  'POST /api/v1/groups/{id}/members': { body: { personIds: [ids.priya] } },
  'DELETE /api/v1/groups/{id}/members/{personId}': {},
  'GET /api/v1/invitations': {},
  'GET /api/v1/invitations/{id}': {},
  'POST /api/v1/invitations': { body: { partnerId: '0000-0000-0000', roles: [], understood: true } },
  'POST /api/v1/invitations/{id}/withdrawal': { body: {} },
  'POST /api/v1/invitations/{id}/acceptance': { body: {} },
  'POST /api/v1/invitations/{id}/decline': { body: {} },
  'POST /api/v1/invitation-links': { body: {} },
  'POST /api/v1/invitation-links/look': { body: { token: 'x' } },
  'DELETE /api/v1/invitation-links/{id}': {},
  'POST /api/v1/partners/{id}/revocation': { body: {} },
  'GET /api/v1/access-requests': {},
  'POST /api/v1/access-requests': {
    body: { contactManagerEmail: 'nobody@nowhere.example', items: [{ personId: null, level: 'look' }], endsOn: '2027-02-01', reason: 'x' },
  },
  'GET /api/v1/access-requests/{id}': {},
  'POST /api/v1/access-requests/{id}/approval': { body: { understood: true } },
  'POST /api/v1/access-requests/{id}/denial': { body: {} },
  'POST /api/v1/access-requests/{id}/withdrawal': { body: {} },
  'GET /api/v1/records/customers': {},
  'GET /api/v1/records/customers/{customerId}/contact-choices': {},
  'GET /api/v1/records/{kind}': {},
  'POST /api/v1/records/{kind}': { body: { customerId: ids.acme, title: 'x', description: 'x' } },
  'GET /api/v1/records/{kind}/count': {},
  'GET /api/v1/records/{kind}/{id}': {},
  'PATCH /api/v1/records/{kind}/{id}': { body: { title: 'changed' } },
  'POST /api/v1/records/{kind}/{id}/closure': { body: {} },
  'POST /api/v1/records/{kind}/{id}/reopening': { body: {} },
  'GET /api/v1/records/{kind}/{id}/contact-choices': {},
  'POST /api/v1/records/{kind}/{id}/contacts': { body: { personId: ids.priya } },
  'DELETE /api/v1/records/{kind}/{id}/contacts/{personId}': {},
  'PUT /api/v1/records/{kind}/{id}/point-of-contact': { body: { personId: ids.priya } },
  'POST /api/v1/records/{kind}/{id}/messages': { body: { body: 'x' } },
  'POST /api/v1/records/{kind}/{id}/files': { form: true },
  'GET /api/v1/records/{kind}/{id}/files/{fileId}': {},
  'POST /api/v1/explanations': { body: { person: ids.priya, action: 'read', record: { kind: 'service_request', id: ids.record } } },
  'GET /api/v1/history': {},
  'GET /api/v1/letters': {},
  'GET /api/v1/letters/{id}': {},
  'POST /api/v1/letters/{id}/resend': { body: {} },
  'POST /api/v1/imports': { form: true },
  'GET /api/v1/imports': {},
  'POST /api/v1/imports/{id}/undo': { body: {} },
  'GET /api/v1/export': {},
  'POST /access/v1/evaluation': {
    body: { subject: { type: 'user', id: ids.priya }, action: { name: 'read' }, resource: { type: 'service_request', id: ids.record } },
  },
  'POST /access/v1/evaluations': {
    body: {
      evaluations: [
        { subject: { type: 'user', id: ids.priya }, action: { name: 'read' }, resource: { type: 'service_request', id: ids.record } },
      ],
    },
  },
  'POST /access/v1/search/subject': {
    body: { subject: { type: 'user' }, action: { name: 'read' }, resource: { type: 'service_request', id: ids.record } },
  },
  'POST /access/v1/search/resource': {
    body: { subject: { type: 'user', id: ids.priya }, action: { name: 'read' }, resource: { type: 'service_request' } },
  },
  'POST /access/v1/search/action': {
    body: { subject: { type: 'user', id: ids.priya }, resource: { type: 'service_request', id: ids.record } },
  },
})

const oneFile = [
  '--x',
  'Content-Disposition: form-data; name="file"; filename="a.txt"',
  'Content-Type: text/plain',
  '',
  'x',
  '--x--',
  '',
].join('\r\n')

interface Ids {
  acme: string
  larkfield: string
  priya: string
  danaEmail: string
  record: string
  grant: string
  request: string
  file: string
  letter: string
}

/** The ids of Acme's own things for an address's places, and the query that it needs. */
function addressOf(path: string, ids: Ids): string {
  const owners: readonly [string, string][] = [
    ['/grants/', ids.grant],
    ['/partners/', ids.larkfield],
    ['/letters/', ids.letter],
    ['/organizations/', ids.acme],
    ['/records/', ids.record],
  ]
  const id = owners.find(([part]) => path.includes(part))?.[1] ?? ids.request
  const places: Record<string, string> = { kind: 'service_request', id, personId: ids.priya, fileId: ids.file, customerId: ids.acme }
  const query: Record<string, string> = {
    '/api/v1/grants': '?side=given&state=all',
    '/api/v1/access-requests': '?side=received&state=all',
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
      if (attempts(ids)[name]?.open) expect([name, [200, 202, 204, 400].includes(status)]).toEqual([name, true])
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

  test.each(['a partner who may only look', 'a contact of the customer'])('lets %s change nothing that is not for them', async (who) => {
    const call = await server.signIn(people[who] as { email: string })
    const before = await fingerprint()
    const theirs = new Set(['POST /api/v1/access-requests/{id}/withdrawal', 'POST /api/v1/records/{kind}', 'POST /api/v1/access-requests'])
    for (const endpoint of inOrder()) {
      const name = `${endpoint.method} ${endpoint.path}`
      if (endpoint.method === 'GET' || theirs.has(name) || /\/(me|sign-in)(\/|$)/.test(endpoint.path)) continue
      const { status } = await attempt(call, endpoint)
      expect([name, [400, 403, 404, 415].includes(status), status]).toEqual([name, true, status])
    }
    expect(await fingerprint()).toBe(before)
  })
})
