// Asking for access: whole use cases on a real database.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { accessStage, refusalOf } from '../../../test/access-stage.ts'
import { actorOf, createWorld, type TestPerson, type World } from '../../../test/world.ts'
import { createContext } from '../../context/context.ts'
import { isRefusal } from '../../kernel/refusal.ts'
import { approveAccessRequest } from './approve-access-request.ts'
import { denyAccessRequest } from './deny-access-request.ts'
import { listAccessRequests, readAccessRequest } from './list-access-requests.ts'
import { submitAccessRequest } from './submit-access-request.ts'

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world.close())

const stage = () => accessStage(world)
const ask = (by: TestPerson, to: string, items: { personId: string | null; level: string }[], more: { endsOn?: string } = {}) =>
  submitAccessRequest(world.as(by), {
    contactManagerEmail: to,
    items,
    endsOn: more.endsOn ?? '2027-05-21',
    reason: 'We run the migration.',
  })

test('OR-048 OR-054 OR-055 OR-058 OR-059 a person asks for himself, and everyone who may answer gets a letter whose link only shows', async () => {
  const { acme, priya, dana, tom } = await stage()
  const sent = await ask(priya, dana.email, [{ personId: priya.id, level: 'look' }])
  const [waiting] = await listAccessRequests(world.as(dana), { side: 'received', state: 'waiting' })
  expect(waiting).toMatchObject({
    id: sent.id,
    state: 'waiting',
    items: [{ person: { name: 'Priya Raman' }, level: 'look' }],
    endsOn: '2027-05-21',
  })
  expect(waiting?.customer).toEqual({ id: acme.id, name: 'Acme Robotics' })
  const letters = (await world.letters()).filter((letter) => letter.body_text.includes(sent.id))
  expect(letters.map((letter) => letter.to).sort()).toEqual([dana.email, priya.email, tom.email].sort())
  const toDana = letters.find((letter) => letter.to === dana.email)
  expect(toDana?.subject).toBe('Larkfield asks for access to your company')
  expect(toDana?.body_text).toContain('asks for access to your company until 21 May 2027')
  expect(toDana?.body_text).toContain(`http://localhost:3000/asks/${sent.id}`)
  expect(toDana?.body_text).toContain('Opening the link changes nothing.')
})

test('OR-050 O-A20 only an administrator of the partner asks for everyone there', async () => {
  const { priya, admin, dana, larkfield } = await stage()
  const refusal = await refusalOf(ask(priya, dana.email, [{ personId: null, level: 'look' }]))
  expect(refusal.code).toBe('not-allowed')
  const mixed = await refusalOf(
    ask(priya, dana.email, [
      { personId: priya.id, level: 'look' },
      { personId: null, level: 'look' },
    ]),
  )
  expect(mixed.code).toBe('not-allowed')
  await ask(admin, dana.email, [{ personId: null, level: 'look' }])
  expect((await listAccessRequests(world.as(dana), { side: 'received', state: 'waiting' })).map(({ partner }) => partner.id)).toEqual([
    larkfield.id,
  ])
})

test('OR-049 OR-051 OR-056 OR-057 one request holds a level for everyone and others for named people', async () => {
  const { admin, priya, omar, dana } = await stage()
  await ask(admin, dana.email, [
    { personId: null, level: 'look' },
    { personId: priya.id, level: 'admin' },
    { personId: omar.id, level: 'cc' },
  ])
  const [waiting] = await listAccessRequests(world.as(dana), { side: 'received', state: 'waiting' })
  expect(waiting?.items.map(({ person, level }) => [person?.name ?? 'everyone', level])).toEqual([
    ['everyone', 'look'],
    ['Omar Nasser', 'cc'],
    ['Priya Raman', 'service_admin'],
  ])
})

test('O-A14 an address answers alike whether it manages access, is a plain contact, is nobody, or works at a partner', async () => {
  const { dana, contact, omar, priya } = await stage()
  const addresses = [dana.email, contact.email, 'nobody@nowhere.example', omar.email]
  const before = (await world.audit()).length
  const answers = []
  for (const address of addresses) answers.push(await ask(priya, address, [{ personId: priya.id, level: 'look' }]))
  expect(new Set(answers.map((answer, at) => answer.sentence.replace(addresses[at] as string, '…')))).toEqual(
    new Set(['If … manages access for a customer, they have your request.']),
  )
  expect(new Set(answers.map((answer) => Object.keys(answer).join()))).toEqual(new Set(['id,number,sentence']))
  const mine = await listAccessRequests(world.as(priya), { side: 'asked', state: 'waiting' })
  const alike = mine.map(({ id, number, addressedTo, items, ...rest }) => ({ ...rest, items: items.map(({ id: _, ...item }) => item) }))
  expect(mine.map(({ addressedTo }) => addressedTo)).toEqual([...addresses].reverse())
  for (const view of alike) expect(view).toEqual(alike[0])
  expect(alike[0]?.customer).toBeNull()
  // The same number of entries in the history for each, and the partner's name no customer.
  const entries = (await world.audit()).slice(before)
  expect(entries.map(({ what }) => what)).toEqual(Array(8).fill('access_request.asked'))
})

/** A context of the person whose statements are noted down, in the order in which they run. */
function noting(person: TestPerson, statements: string[]) {
  const { database } = world.house
  const note = (client: object) =>
    new Proxy(client, {
      get: (target, name) => {
        const value = Reflect.get(target, name) as unknown
        if (typeof value !== 'function') return value
        if (name === 'query') statements.push('')
        return (...given: unknown[]) => {
          if (name === 'query') statements[statements.length - 1] = String(given[0])
          return value.apply(target, given)
        }
      },
    })
  const withClient = <T>(work: (client: never) => Promise<T>) => database.pool.withClient((client) => work(note(client) as never))
  const noted = { pool: { withClient }, assertWritable: () => database.assertWritable() }
  return createContext({ ...world.house, database: noted as never }, actorOf(person), 'test')
}

test('O-A14 the same statements run, in the same order, whoever the address belongs to', async () => {
  const { dana, contact, larkfield, priya } = await stage()
  const partner = await stage()
  await world.relationship(partner.acme, larkfield)
  await world.grant(partner.acme, larkfield, 'look')
  const runs: string[][] = []
  for (const address of [dana.email, contact.email, 'nobody@nowhere.example', partner.dana.email]) {
    const statements: string[] = []
    const items = [{ personId: priya.id, level: 'look' }]
    await submitAccessRequest(noting(priya, statements), { contactManagerEmail: address, items, endsOn: '2027-05-21', reason: 'Because' })
    runs.push(statements)
  }
  expect(runs[0]?.length).toBeGreaterThan(15)
  for (const run of runs) expect(run).toEqual(runs[0])
})

test('O-A16 the same address is not asked twice for the same grantee, known or not; for another grantee it is', async () => {
  const { dana, priya, omar } = await stage()
  for (const address of [dana.email, 'nobody@elsewhere.example']) {
    await ask(priya, address, [{ personId: priya.id, level: 'look' }])
    const again = await refusalOf(ask(priya, address.toUpperCase(), [{ personId: priya.id, level: 'update' }]))
    expect([again.code, /You already asked .* for this \(R-\d+\)/.test(again.message)]).toEqual(['overlaps', true])
    await ask(priya, address, [{ personId: omar.id, level: 'look' }])
  }
})

test('O-A14 O-A16 two addresses of one customer look like two customers to the asker, and the newer request stands before the customer', async () => {
  const { dana, tom, priya } = await stage()
  const first = await ask(priya, dana.email, [{ personId: priya.id, level: 'look' }])
  const second = await ask(priya, tom.email, [{ personId: priya.id, level: 'update' }])
  const asked = await listAccessRequests(world.as(priya), { side: 'asked', state: 'waiting' })
  expect(asked.map(({ id, customer, note }) => [id, customer, note])).toEqual([
    [second.id, null, null],
    [first.id, null, null],
  ])
  const received = await listAccessRequests(world.as(dana), { side: 'received', state: 'waiting' })
  expect(received.map(({ id }) => id)).toEqual([second.id])
  const old = await readAccessRequest(world.as(dana), { requestId: first.id })
  expect([old.state, old.note, old.abilities.approve]).toEqual(['withdrawn', 'A newer request of the same partner took its place.', false])
  expect((await refusalOf(approveAccessRequest(world.as(dana), { requestId: first.id }))).code).toBe('stale')
  await denyAccessRequest(world.as(tom), { requestId: second.id })
  const after = await listAccessRequests(world.as(priya), { side: 'asked', state: 'all' })
  expect(after.map(({ state }) => state)).toEqual(['denied', 'waiting'])
})

test('wrong input is refused by the field, and nothing is asked', async () => {
  const { dana, priya, contact } = await stage()
  const me = [{ personId: priya.id, level: 'look' }]
  const cases: [Parameters<typeof submitAccessRequest>[1], string][] = [
    [{ contactManagerEmail: 'no address', items: me, endsOn: '2027-05-21', reason: 'Because' }, 'contactManagerEmail'],
    [{ contactManagerEmail: 'dаna@acme.example', items: me, endsOn: '2027-05-21', reason: 'Because' }, 'contactManagerEmail'],
    [{ contactManagerEmail: dana.email, items: [], endsOn: '2027-05-21', reason: 'Because' }, 'items'],
    [{ contactManagerEmail: dana.email, items: [...me, ...me], endsOn: '2027-05-21', reason: 'Because' }, 'items.1.personId'],
    [
      { contactManagerEmail: dana.email, items: [{ personId: priya.id, level: 'god' }], endsOn: '2027-05-21', reason: 'Because' },
      'items.0.level',
    ],
    [
      { contactManagerEmail: dana.email, items: [{ personId: contact.id, level: 'look' }], endsOn: '2027-05-21', reason: 'Because' },
      'items.0.personId',
    ],
    [
      { contactManagerEmail: dana.email, items: [{ personId: 'x', level: 'look' }], endsOn: '2027-05-21', reason: 'Because' },
      'items.0.personId',
    ],
    [{ contactManagerEmail: dana.email, items: me, endsOn: '2026-11-20', reason: 'Because' }, 'endsOn'],
    [{ contactManagerEmail: dana.email, items: me, endsOn: '2028-11-22', reason: 'Because' }, 'endsOn'],
    [{ contactManagerEmail: dana.email, items: me, endsOn: '2027-02-30', reason: 'Because' }, 'endsOn'],
    [{ contactManagerEmail: dana.email, items: me, endsOn: '2027-05-21', reason: '   ' }, 'reason'],
    [{ contactManagerEmail: dana.email, items: me, endsOn: '2027-05-21', reason: 'x'.repeat(1001) }, 'reason'],
  ]
  for (const [input, field] of cases) {
    const refusal = await refusalOf(submitAccessRequest(world.as(priya), input))
    expect([refusal.code, refusal.more.field]).toEqual(['invalid-input', field])
  }
  expect(await listAccessRequests(world.as(priya), { side: 'asked', state: 'all' })).toEqual([])
})

test('how often somebody asks is limited, by what they did themselves', async () => {
  const { priya, omar } = await stage()
  for (let at = 0; at < 60; at++) await ask(priya, `person${at}@somewhere.example`, [{ personId: priya.id, level: 'look' }])
  expect((await refusalOf(ask(priya, 'one-more@somewhere.example', [{ personId: priya.id, level: 'look' }]))).code).toBe('too-many')
  await ask(omar, 'one-more@somewhere.example', [{ personId: omar.id, level: 'look' }])
})

test('a customer, a key and a stranger cannot ask', async () => {
  const { dana, larkfield, priya } = await stage()
  const input = {
    contactManagerEmail: dana.email,
    items: [{ personId: priya.id, level: 'look' }],
    endsOn: '2027-05-21',
    reason: 'Because',
  }
  expect((await refusalOf(submitAccessRequest(world.as(dana), input))).code).toBe('not-found')
  expect(isRefusal(await submitAccessRequest(world.withKey(larkfield), input).catch((error) => error))).toBe(true)
})
