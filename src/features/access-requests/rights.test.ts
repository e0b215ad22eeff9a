// Managed services: an administrator of the partner asks for a colleague, as Administrator or for single rights; the customer accepts or denies.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { refusalOf } from '../../../test/access-stage.ts'
import { createWorld, type TestPerson, type World } from '../../../test/world.ts'
import { listGrants } from '../grants/list-grants.ts'
import { approveAccessRequest } from './approve-access-request.ts'
import { denyAccessRequest } from './deny-access-request.ts'
import { listAccessRequests, readAccessRequest } from './list-access-requests.ts'
import { submitAccessRequest } from './submit-access-request.ts'

let world: World
beforeAll(async () => {
  world = await createWorld('embedded', 'managed-services')
})
afterAll(() => world.close())

async function stage() {
  const acme = await world.customer('Acme Robotics')
  const larkfield = await world.partner('Larkfield')
  return {
    acme,
    larkfield,
    paula: await world.person(acme, 'Paula Prime', ['primary_user']),
    ingo: await world.person(acme, 'Ingo Invoices', ['invoices']),
    ada: await world.person(larkfield, 'Ada Boss', ['partner_administrator']),
    priya: await world.person(larkfield, 'Priya Raman', ['partner_user']),
    invoice: { ...(await world.record(acme, { kind: 'invoice' })), kind: 'invoice' },
    order: { ...(await world.record(acme, { kind: 'order' })), kind: 'order' },
  }
}
type Stage = Awaited<ReturnType<typeof stage>>

const ask = ({ paula, priya, ada }: Stage, what: { level?: string; rights?: string[] }, by: TestPerson = ada) =>
  submitAccessRequest(world.as(by), {
    contactManagerEmail: paula.email,
    items: [{ personId: priya.id, ...what }],
    endsOn: '2027-02-01',
    reason: 'Looks after the orders',
  })
const sees = (person: TestPerson, { kind: recordKind, id }: { kind: string; id: string }): Promise<boolean> =>
  world
    .as(person)
    .reading(`${recordKind}:read`, { kind: 'record', recordKind, id }, async () => true)
    .catch(() => false)
const both = async ({ priya, order, invoice }: Stage) => [await sees(priya, order), await sees(priya, invoice)]
const lettersTo = async (person: TestPerson, requestId: string) =>
  (await world.letters()).filter(({ to, body_text }) => to === person.email && body_text.includes(requestId)).map(({ letter }) => letter)

test('CD-011 CD-015 CD-018 CD-020 CD-021 CD-022 CD-023 an administrator asks for rights of a colleague: it is pending, gives nothing, and both sides are told who and what', async () => {
  const place = await stage()
  const { id } = await ask(place, { rights: ['orders', 'tickets'] })
  const [request] = await listAccessRequests(world.as(place.ada), { side: 'asked', state: 'waiting' })
  expect(request).toMatchObject({
    id,
    state: 'waiting',
    items: [{ level: null, rights: ['orders', 'tickets'], asks: 'Orders + Support tickets' }],
  })
  expect(await both(place)).toEqual([false, false])
  expect([await lettersTo(place.paula, id), await lettersTo(place.ada, id)]).toEqual([['access-request-asked'], ['access-request-sent']])
  const letter = (await world.letters()).find(({ letter, to }) => letter === 'access-request-asked' && to === place.paula.email)
  expect(letter?.body_text).toMatch(/Priya Raman.*Orders \+ Support tickets/)
})

test('CD-012 a user of the partner who is no administrator asks for nobody, not even for themselves', async () => {
  const place = await stage()
  expect((await refusalOf(ask(place, { rights: ['orders'] }, place.priya))).code).toBe('not-allowed')
  expect(await listAccessRequests(world.as(place.paula), { side: 'received', state: 'all' })).toEqual([])
})

test('CD-024 CD-025 CD-026 CD-027 CD-028 CD-029 the Primary user accepts: exactly these rights are had, and both sides are told', async () => {
  const place = await stage()
  const { id } = await ask(place, { rights: ['orders'] })
  const answered = await approveAccessRequest(world.as(place.paula), { requestId: id, understood: true })
  expect(answered).toMatchObject({ state: 'approved', items: [{ grantedLevel: null, grantedRights: ['orders'], given: 'Orders' }] })
  expect(await both(place)).toEqual([true, false])
  const [grant] = await listGrants(world.as(place.priya), { side: 'received', state: 'active' })
  expect(grant).toMatchObject({ level: null, rights: ['orders'], gives: 'Orders', person: { name: 'Priya Raman' } })
  for (const person of [place.paula, place.ada, place.priya]) expect(await lettersTo(person, id)).toContain('access-request-approved')
})

test('CD-016 CD-019 the Administrator switch gives everything, whatever the other switches say', async () => {
  const place = await stage()
  const { id } = await ask(place, { level: 'administrator', rights: ['tickets'] })
  const request = await readAccessRequest(world.as(place.paula), { requestId: id })
  expect(request.items).toMatchObject([{ level: 'administrator', rights: [], asks: 'Administrator' }])
  await approveAccessRequest(world.as(place.paula), { requestId: id, understood: true })
  expect(await both(place)).toEqual([true, true])
})

test('C-A7 BX-19 the customer gives less than was asked: rights instead of Administrator; the letter says what changed', async () => {
  const place = await stage()
  const { id } = await ask(place, { level: 'administrator' })
  const [item] = (await readAccessRequest(world.as(place.paula), { requestId: id })).items
  const items = [{ itemId: item?.id as string, level: null, rights: ['invoices'] }]
  await approveAccessRequest(world.as(place.paula), { requestId: id, items, understood: true })
  expect(await both(place)).toEqual([false, true])
  const told = (await world.letters()).filter(({ letter, to }) => letter === 'access-request-approved' && to === place.ada.email).at(-1)
  expect(told?.body_text).toContain('Priya Raman: asked Administrator, given Invoices.')
  for (const nothing of [[{ itemId: item?.id as string, level: null }], [{ itemId: item?.id as string, rights: [] }]]) {
    const again = await ask(await stage().then((other) => ({ ...other, ...place })), { rights: ['usage'] })
    const [part] = (await readAccessRequest(world.as(place.paula), { requestId: again.id })).items
    const answer = nothing.map((one) => ({ ...one, itemId: part?.id as string }))
    expect((await refusalOf(approveAccessRequest(world.as(place.paula), { requestId: again.id, items: answer }))).more.field).toBe('items')
    await denyAccessRequest(world.as(place.paula), { requestId: again.id })
  }
})

test('CD-032 CD-033 CD-034 CD-035 CD-036 CD-037 the Primary user denies: nothing is had, both sides are told, and it may be asked again', async () => {
  const place = await stage()
  const { id } = await ask(place, { rights: ['orders'] })
  expect(await denyAccessRequest(world.as(place.paula), { requestId: id })).toMatchObject({ state: 'denied', items: [{ given: null }] })
  expect(await both(place)).toEqual([false, false])
  for (const person of [place.paula, place.ada]) expect(await lettersTo(person, id)).toContain('access-request-denied')
  expect((await ask(place, { rights: ['orders'] })).id).not.toBe(id)
})

test('C-A2 C-A5 an Administrator of the customer answers as well; who holds single areas there, and who only opens the link, does not', async () => {
  const place = await stage()
  const { id } = await ask(place, { rights: ['orders'] })
  const admin = await world.person(place.acme, 'Alma Admin', ['administrator'])
  expect(['not-allowed', 'not-found']).toContain((await refusalOf(approveAccessRequest(world.as(place.ingo), { requestId: id }))).code)
  expect((await readAccessRequest(world.as(place.paula), { requestId: id })).state).toBe('waiting')
  expect((await approveAccessRequest(world.as(admin), { requestId: id, understood: true })).state).toBe('approved')
})
