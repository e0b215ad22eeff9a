// The steps of a managed-services portal one by one and in their order, over HTTP: a new customer, linking, the first request, its answers, and colleagues.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Caller, startTestServer, type TestServer } from '../../../test/server.ts'
import type { TestOrganization, TestPerson } from '../../../test/world.ts'
import { createContext } from '../../context/context.ts'
import { tellOfNewCustomers } from '../links/tell-of-new-customers.ts'

let server: TestServer
let acme: TestOrganization
let beta: TestOrganization
let larkfield: TestOrganization
const people = {} as Record<'paula' | 'wim' | 'ada' | 'priya' | 'omar', TestPerson>
const calls = {} as Record<keyof typeof people, Caller>
const term = { endsOn: '2027-02-01', reason: 'We look after their services' }

beforeAll(async () => {
  server = await startTestServer('embedded', { LATCHKEY_PORTAL: 'managed-services' })
  acme = await server.customer('Acme Robotics')
  beta = await server.customer('Beta Works')
  larkfield = await server.partner('Larkfield')
  people.paula = await server.person(acme, 'Paula Prime', ['primary_user'])
  people.wim = await server.person(beta, 'Wim Primary', ['primary_user'])
  people.ada = await server.person(larkfield, 'Ada Boss', ['partner_administrator'])
  people.priya = await server.person(larkfield, 'Priya Raman', ['partner_user'])
  people.omar = await server.person(larkfield, 'Omar Nasser', ['partner_user'])
})
afterAll(() => server.close())

const jobs = () => tellOfNewCustomers(createContext(server.house, { kind: 'system', task: 'new-customers' }, 'test'))
/** Subjects of letters that reached somebody: each is asked about once more when it is sent. */
async function reached(who: keyof typeof people): Promise<string[]> {
  await server.settle()
  return (await server.letters())
    .filter(({ to, state, letter }) => to === people[who].email && state === 'held' && letter !== 'sign-in-code')
    .map(({ subject }) => subject)
}
async function ok(who: keyof typeof people, method: string, path: string, body?: unknown) {
  const answer = await calls[who](method, `/api/v1${path}`, body)
  expect([method, path, answer.status < 300, answer.body]).toEqual([method, path, true, answer.body])
  return answer.body
}
interface Row {
  person: { name: string }
  hasAccess: boolean | null
  action: string
}
/** What the Contacts page shows the reader for a customer: person, access, icon. */
const rows = async (who: keyof typeof people, at: TestOrganization): Promise<unknown[]> =>
  (await ok(who, 'GET', `/customers/${at.id}/colleagues`)).rows.map(({ person, hasAccess, action }: Row) => [
    person.name,
    hasAccess,
    action,
  ])
const request = (at: TestOrganization, who: keyof typeof people, what: object) =>
  ok('ada', 'POST', '/access-requests', { customerId: at.id, items: [{ personId: people[who].id, ...what }], ...term })
const newCompany = (name: string) => `A company you supply is on the portal: ${name}`
const link = async (at: TestOrganization, answerer: 'paula' | 'wim') => {
  const { id } = await ok('ada', 'POST', '/links', { customerId: at.id })
  await ok(answerer, 'POST', `/links/${id}/approval`, {})
}

test('CD-005 CD-006 CD-007 CD-008 a new customer is told of after the first sign-in of the partner, and a later one at once', async () => {
  await server.relationship(acme, larkfield)
  expect(await jobs()).toBe(0)
  expect(await reached('ada')).toEqual([])
  for (const [name, person] of Object.entries(people)) calls[name as keyof typeof people] = await server.signIn(person)
  await jobs()
  expect(await reached('ada')).toEqual([newCompany('Acme Robotics')])
  await server.relationship(beta, larkfield)
  await jobs()
  expect((await reached('ada')).sort()).toEqual([newCompany('Acme Robotics'), newCompany('Beta Works')])
})

test('CD-009 CD-010 CD-013 CD-014 under My contacts an administrator asks for the link; before it, nobody can be asked for', async () => {
  expect((await ok('ada', 'GET', '/links')).items.map(({ state }: { state: string }) => state)).toEqual(['available', 'available'])
  expect(await rows('ada', acme)).toEqual([
    ['Ada Boss', false, 'none'],
    ['Omar Nasser', false, 'none'],
    ['Priya Raman', false, 'none'],
  ])
  await link(acme, 'paula')
  await link(beta, 'wim')
  expect(await rows('ada', acme)).toEqual([
    ['Ada Boss', false, 'request'],
    ['Omar Nasser', false, 'request'],
    ['Priya Raman', false, 'request'],
  ])
  expect(await reached('ada')).toContain('Larkfield and Acme Robotics are linked')
})

test('CD-015 CD-016 CD-020 CD-021 CD-022 CD-023 the first request, as Administrator: it is pending, and both sides are told', async () => {
  const body = { customerId: acme.id, items: [{ personId: people.priya.id, rights: ['orders'] }], ...term }
  expect((await calls.priya('POST', '/api/v1/access-requests', body)).status).toBe(403)
  expect((await request(acme, 'ada', { level: 'administrator' })).sentence).toBe(
    'Whoever manages access at Acme Robotics has your request.',
  )
  expect((await rows('ada', acme))[0]).toEqual(['Ada Boss', false, 'wait'])
  expect(await reached('paula')).toContain('Larkfield asks for access to Acme Robotics')
  expect(await reached('ada')).toContain('Larkfield: you asked Acme Robotics for access')
})

test('CD-024 CD-025 CD-026 CD-029 CD-030 the Primary user accepts: Yes, and the icons of the others are those with which the Administrator acts', async () => {
  const [asked] = (await ok('paula', 'GET', '/access-requests?side=received')).items
  await ok('paula', 'POST', `/access-requests/${asked.id}/approval`, { understood: true })
  expect(await rows('ada', acme)).toEqual([
    ['Ada Boss', true, 'none'],
    ['Omar Nasser', false, 'add'],
    ['Priya Raman', false, 'add'],
  ])
  for (const who of ['paula', 'ada'] as const) expect(await reached(who)).toContain('Acme Robotics gave Larkfield access until 1 Feb 2027')
})

test('CD-018 CD-023 CD-032 CD-033 CD-034 CD-036 CD-037 denied: No, both sides are told, the person too, and it may be asked again', async () => {
  await request(beta, 'priya', { rights: ['orders', 'tickets'] })
  expect(await reached('priya')).toEqual(['Larkfield: Ada Boss asked Beta Works for your access'])
  const [asked] = (await ok('wim', 'GET', '/access-requests?side=received')).items
  await ok('wim', 'POST', `/access-requests/${asked.id}/denial`, {})
  expect((await rows('ada', beta))[2]).toEqual(['Priya Raman', false, 'request'])
  for (const who of ['wim', 'ada', 'priya'] as const) expect(await reached(who)).toContain('Beta Works declined the request of Larkfield')
})

test('CD-031 CD-039 accepted with rights and without Administrator, the icons stay, and who has that lets in nobody', async () => {
  await request(beta, 'ada', { rights: ['orders'] })
  const [asked] = (await ok('wim', 'GET', '/access-requests?side=received')).items
  await ok('wim', 'POST', `/access-requests/${asked.id}/approval`, { understood: true })
  expect(await rows('ada', beta)).toEqual([
    ['Ada Boss', true, 'none'],
    ['Omar Nasser', false, 'request'],
    ['Priya Raman', false, 'request'],
  ])
  const add = await calls.ada('POST', `/api/v1/customers/${beta.id}/colleagues`, { personId: people.omar.id, rights: ['orders'], ...term })
  expect(add.status).toBe(403)
})

test('CD-017 CD-038 CD-040 CD-042 CD-043 CD-044 CD-046 CD-047 subsequent users: added with switches, at once, and both are told', async () => {
  const body = { personId: people.priya.id, rights: ['tickets'], ...term }
  const key = { 'idempotency-key': 'add-priya' }
  const add = () => calls.ada('POST', `/api/v1/customers/${acme.id}/colleagues`, body, key)
  const [first, again] = [await add(), await add()]
  expect([first.status, first.body.outcome, again.body]).toEqual([201, 'given', first.body])
  expect((await rows('ada', acme))[2]).toEqual(['Priya Raman', true, 'edit'])
  for (const who of ['paula', 'priya'] as const)
    expect((await reached(who)).filter((subject) => subject === 'Ada Boss (Larkfield) let in Priya Raman')).toHaveLength(1)
})

test('CD-041 CD-045 the Administrator switch makes a colleague an Administrator too; later it is removed from the same page', async () => {
  await ok('ada', 'POST', `/customers/${acme.id}/colleagues`, { personId: people.omar.id, level: 'administrator', ...term })
  expect((await calls.omar('GET', `/api/v1/records/invoice?customer=${acme.id}`)).status).toBe(200)
  expect((await rows('ada', acme))[1]).toEqual(['Omar Nasser', true, 'edit'])
  await ok('ada', 'POST', `/customers/${acme.id}/colleagues/${people.omar.id}/removal`, { reason: 'Moved on' })
  expect((await rows('ada', acme))[1]).toEqual(['Omar Nasser', false, 'add'])
})

test('CD-003 CD-004 the customer raises, follows and updates a ticket itself, or leaves it to its partner', async () => {
  for (const who of ['paula', 'priya'] as const) {
    const ticket = await ok(who, 'POST', '/records/ticket', { customerId: acme.id, title: 'No line', description: 'The line is dead' })
    await ok(who, 'POST', `/records/ticket/${ticket.id}/messages`, { body: 'Since eight' })
    await ok(who, 'PATCH', `/records/ticket/${ticket.id}`, { title: 'No line since eight' })
    for (const reader of ['paula', 'priya'] as const)
      expect((await ok(reader, 'GET', `/records/ticket/${ticket.id}`)).title).toBe('No line since eight')
    expect((await calls.omar('GET', `/api/v1/records/ticket/${ticket.id}`)).status).toBe(404)
  }
})

test('BX-15 over HTTP the customer forbids it: the icons are those for asking again', async () => {
  expect(await ok('paula', 'GET', '/colleague-choice')).toEqual({ choice: 'tell', chosen: false })
  expect(await ok('paula', 'PUT', '/colleague-choice', { choice: 'forbid' })).toEqual({ choice: 'forbid', chosen: true })
  expect((await rows('ada', acme))[1]).toEqual(['Omar Nasser', false, 'request'])
  expect((await calls.ada('PUT', '/api/v1/colleague-choice', { choice: 'tell' })).status).toBe(404)
})
