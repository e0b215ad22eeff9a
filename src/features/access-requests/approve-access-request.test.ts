// Approving a request, as asked or with changes: whole use cases on a real database.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { accessStage, refusalOf } from '../../../test/access-stage.ts'
import { createWorld, type TestPerson, type World } from '../../../test/world.ts'
import { changeAccess } from '../grants/change-access.ts'
import { listGrants } from '../grants/list-grants.ts'
import { approveAccessRequest } from './approve-access-request.ts'
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

test('OR-060 OR-062 OR-064 any contact manager approves, not only the addressed one, and both sides see the access', async () => {
  const { acme, dana, tom, priya, larkfield } = await stage()
  const { id } = await ask(priya, dana.email, [{ personId: priya.id, level: 'update' }])
  world.setClock('2026-11-23T09:00:00.000Z')
  const approved = await approveAccessRequest(world.as(tom), { requestId: id })
  expect(approved).toMatchObject({ state: 'approved', answered: { by: { name: 'Tom Lindqvist' } }, items: [{ grantedLevel: 'update' }] })
  const [given] = await listGrants(world.as(dana), { side: 'given', state: 'active' })
  expect(given).toMatchObject({
    level: 'update',
    endsOn: '2027-05-21',
    person: { name: 'Priya Raman' },
    givenBy: { name: 'Tom Lindqvist' },
    requestId: id,
  })
  // BX-17: the clock of the grant starts with the approval, the end is the end of that day in the customer's zone.
  expect([given?.from, given?.until]).toEqual(['2026-11-23T09:00:00.000Z', '2027-05-21T22:00:00.000Z'])
  const [received] = await listGrants(world.as(priya), { side: 'received', state: 'active' })
  expect(received).toMatchObject({ id: given?.id, customer: { id: acme.id, name: 'Acme Robotics' }, partner: { id: larkfield.id } })
  const [mine] = await listAccessRequests(world.as(priya), { side: 'asked', state: 'answered' })
  expect(mine).toMatchObject({ state: 'approved', customer: { name: 'Acme Robotics' } })
  world.setClock('2026-11-21T10:00:00.000Z')
})

test('OR-063 BX-19 an approval may give less: another level, fewer people, a shorter time; the letter says what changed', async () => {
  const { dana, admin, priya, omar, tom } = await stage()
  const { id } = await ask(admin, dana.email, [
    { personId: null, level: 'update' },
    { personId: priya.id, level: 'service_admin' },
    { personId: omar.id, level: 'look' },
  ])
  const request = await readAccessRequest(world.as(dana), { requestId: id })
  const [everyone, forOmar] = request.items
  const input = {
    requestId: id,
    endsOn: '2027-01-31',
    items: [
      { itemId: everyone?.id as string, level: 'look' },
      { itemId: forOmar?.id as string, level: null },
    ],
    understood: true,
  }
  await approveAccessRequest(world.as(dana), input)
  const grants = await listGrants(world.as(admin), { side: 'received', state: 'active' })
  expect(grants.map(({ person, level, endsOn }) => [person?.name ?? 'everyone', level, endsOn]).sort()).toEqual([
    ['Priya Raman', 'service_admin', '2027-01-31'],
    ['everyone', 'look', '2027-01-31'],
  ])
  const letters = (await world.letters()).filter((letter) => letter.letter === 'access-request-approved' && letter.body_text.includes(id))
  expect(letters.map(({ to }) => to).sort()).toEqual([dana, tom, admin, priya, omar].map(({ email }) => email).sort())
  for (const { body_text: text, subject } of letters) {
    expect(subject).toBe('Acme Robotics gave Larkfield access until 31 Jan 2027')
    expect(text).toContain('Everyone at Larkfield: asked Work on requests, given See all requests.')
    expect(text).toContain('Omar Nasser: asked See all requests, not given.')
    expect(text).toContain('Asked until 21 May 2027, given until 31 Jan 2027.')
  }
})

test('an answer is refused where it names what was not asked, a level that is none, nothing at all, or a day out of the term', async () => {
  const { dana, priya } = await stage()
  const { id } = await ask(priya, dana.email, [{ personId: priya.id, level: 'look' }])
  const [item] = (await readAccessRequest(world.as(dana), { requestId: id })).items
  const itemId = item?.id as string
  const cases: [Omit<Parameters<typeof approveAccessRequest>[1], 'requestId'>, string][] = [
    [{ items: [{ itemId: priya.id, level: 'look' }] }, 'items.0.id'],
    [
      {
        items: [
          { itemId, level: 'look' },
          { itemId, level: 'cc' },
        ],
      },
      'items.1.id',
    ],
    [{ items: [{ itemId, level: 'access' }] }, 'items.0.level'],
    [{ items: [{ itemId, level: null }] }, 'items'],
    [{ endsOn: '2026-11-20' }, 'endsOn'],
    [{ endsOn: '2029-01-01' }, 'endsOn'],
    [{ endsOn: 'tomorrow' }, 'endsOn'],
  ]
  for (const [input, field] of cases) {
    const refusal = await refusalOf(approveAccessRequest(world.as(dana), { requestId: id, ...input }))
    expect([refusal.code, refusal.more.field]).toEqual(['invalid-input', field])
  }
  expect((await readAccessRequest(world.as(dana), { requestId: id })).state).toBe('waiting')
  expect(await listGrants(world.as(dana), { side: 'given', state: 'all' })).toEqual([])
})

test('a day that passed while the request waited must be chosen anew', async () => {
  const { dana, priya } = await stage()
  const { id } = await ask(priya, dana.email, [{ personId: priya.id, level: 'look' }], { endsOn: '2026-11-25' })
  world.setClock('2026-11-26T10:00:00.000Z')
  const refusal = await refusalOf(approveAccessRequest(world.as(dana), { requestId: id }))
  expect([refusal.code, refusal.more.field]).toEqual(['invalid-input', 'endsOn'])
  expect((await approveAccessRequest(world.as(dana), { requestId: id, endsOn: '2026-12-31' })).state).toBe('approved')
  world.setClock('2026-11-21T10:00:00.000Z')
})

test('OR-065 OR-066 asking again leaves the old access as it is until the approval, which replaces it', async () => {
  const { dana, priya } = await stage()
  const { id: first } = await ask(priya, dana.email, [{ personId: priya.id, level: 'look' }])
  await approveAccessRequest(world.as(dana), { requestId: first })
  const { id: second } = await ask(priya, dana.email, [{ personId: priya.id, level: 'create' }], { endsOn: '2027-08-31' })
  const before = await listGrants(world.as(priya), { side: 'received', state: 'active' })
  expect(before.map(({ level, endsOn }) => [level, endsOn])).toEqual([['look', '2027-05-21']])
  const waiting = await readAccessRequest(world.as(dana), { requestId: second })
  expect(waiting.items[0]?.has).toMatchObject({ level: 'look', endsOn: '2027-05-21' })
  await approveAccessRequest(world.as(dana), { requestId: second })
  const after = await listGrants(world.as(priya), { side: 'received', state: 'all' })
  expect(after.map(({ level, state }) => [level, state])).toEqual([
    ['create', 'active'],
    ['look', 'replaced'],
  ])
  const letters = (await world.letters()).filter((letter) => letter.body_text.includes(second) && letter.letter === 'access-request-asked')
  expect(letters[0]?.subject).toBe('Larkfield asks for access to Acme Robotics')
  expect(letters[0]?.body_text).toContain('Now they have: Priya Raman: See all requests until 21 May 2027.')
})

test('BX-14 a look-alike address is warned about, and approving it takes the tick', async () => {
  const { dana, larkfield } = await stage()
  const fake = await world.person(
    larkfield,
    'Priya Raman',
    ['consultant'],
    `priya.${Math.random().toString(36).slice(2)}@1arkfield.example`,
  )
  const { id } = await ask(fake, dana.email, [{ personId: fake.id, level: 'look' }])
  const view = await readAccessRequest(world.as(dana), { requestId: id })
  expect(view.askedBy.domainMatches).toBe(false)
  expect(view.warnings.map(({ code, text, needsTick }) => [code, text, needsTick])).toEqual([
    [
      'W8',
      "This request comes from 1arkfield.example. Larkfield's people use larkfield.example. The two only look alike. Check before you answer.",
      true,
    ],
  ])
  expect((await refusalOf(approveAccessRequest(world.as(dana), { requestId: id }))).more.field).toBe('understood')
  expect((await approveAccessRequest(world.as(dana), { requestId: id, understood: true })).state).toBe('approved')
})

test('the history holds who asked and who approved, with names and what changed, in each side as far as it may know', async () => {
  const { acme, dana, priya } = await stage()
  const { id } = await ask(priya, dana.email, [{ personId: priya.id, level: 'look' }])
  await approveAccessRequest(world.as(dana), { requestId: id, endsOn: '2027-01-31' })
  const { rows } = await world.stage.owner.query(
    'select what, actor_name, customer_id, partner_id, detail from audit_entries where on_id = $1 order by id',
    [id],
  )
  expect(rows.map((row) => [row.what, row.actor_name, row.customer_id, row.partner_id === null])).toEqual([
    ['access_request.asked', 'Priya Raman', null, false],
    ['access_request.asked', 'Priya Raman', acme.id, true],
    ['access_request.approved', 'Dana Lee', acme.id, false],
  ])
  expect(rows[2]?.detail).toMatchObject({
    partner: 'Larkfield',
    customer: 'Acme Robotics',
    askedBy: 'Priya Raman',
    until: '2027-01-31',
    changes: ['Asked until 21 May 2027, given until 31 Jan 2027.'],
  })
})

test('O-A16 an approval replaces an access that was changed meanwhile, never adds a second one', async () => {
  const { dana, priya } = await stage()
  const { id } = await ask(priya, dana.email, [{ personId: priya.id, level: 'look' }])
  await approveAccessRequest(world.as(dana), { requestId: id })
  const { id: again } = await ask(priya, dana.email, [{ personId: priya.id, level: 'update' }])
  const [grant] = await listGrants(world.as(dana), { side: 'given', state: 'active' })
  await changeAccess(world.as(dana), { grantId: grant?.id as string, level: 'cc' })
  await approveAccessRequest(world.as(dana), { requestId: again })
  const grants = await listGrants(world.as(dana), { side: 'given', state: 'all' })
  expect(grants.map(({ level, state }) => [level, state])).toEqual([
    ['update', 'active'],
    ['cc', 'replaced'],
    ['look', 'replaced'],
  ])
})
