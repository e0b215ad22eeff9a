// The other ends of a request: declined, withdrawn, lapsed, answered by somebody else; and who may not answer at all.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { accessStage, refusalOf } from '../../../test/access-stage.ts'
import { createWorld, type TestPerson, type World } from '../../../test/world.ts'
import { approveAccessRequest } from './approve-access-request.ts'
import { denyAccessRequest } from './deny-access-request.ts'
import { lapseAccessRequests } from './lapse-access-requests.ts'
import { listAccessRequests, readAccessRequest } from './list-access-requests.ts'
import { submitAccessRequest } from './submit-access-request.ts'
import { withdrawAccessRequest } from './withdraw-access-request.ts'

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

const lettersAbout = async (subject: RegExp) => (await world.letters()).filter((letter) => subject.test(letter.subject))

test('O-A15 a request is declined with a reason that reaches the asker, and can be asked again', async () => {
  const { dana, priya, tom } = await stage()
  const { id } = await ask(priya, dana.email, [{ personId: priya.id, level: 'look' }])
  const denied = await denyAccessRequest(world.as(dana), { requestId: id, reason: 'Talk to Tom first.' })
  expect(denied).toMatchObject({ state: 'denied', answered: { by: { name: 'Dana Lee' }, reason: 'Talk to Tom first.' } })
  const letters = (await world.letters()).filter((letter) => letter.letter === 'access-request-denied' && letter.body_text.includes(id))
  expect(letters.map(({ to }) => to).sort()).toEqual([dana.email, priya.email, tom.email].sort())
  expect(letters[0]?.subject).toBe('Acme Robotics declined the request of Larkfield')
  expect(letters[0]?.body_text).toContain('> Talk to Tom first.')
  await ask(priya, dana.email, [{ personId: priya.id, level: 'look' }])
})

test('O-A15 the asker or an administrator withdraws, a colleague does not; nothing is left to answer', async () => {
  const { dana, priya, omar, admin } = await stage()
  const { id } = await ask(priya, dana.email, [{ personId: priya.id, level: 'look' }])
  expect((await refusalOf(withdrawAccessRequest(world.as(omar), { requestId: id }))).code).toBe('not-found')
  expect((await withdrawAccessRequest(world.as(priya), { requestId: id })).state).toBe('withdrawn')
  expect((await refusalOf(approveAccessRequest(world.as(dana), { requestId: id }))).code).toBe('already-answered')
  const { id: unknown } = await ask(priya, 'nobody@there.example', [{ personId: priya.id, level: 'look' }])
  expect((await withdrawAccessRequest(world.as(admin), { requestId: unknown })).state).toBe('withdrawn')
  const letters = await lettersAbout(/^Larkfield withdrew its request for access$/)
  expect(letters.filter((letter) => letter.body_text.includes(id)).map(({ to }) => to)).toContain(dana.email)
  expect(letters.filter((letter) => letter.body_text.includes(unknown)).map(({ to }) => to)).toEqual([priya.email])
})

test('the second answer is told who answered, and when', async () => {
  const { dana, tom, priya } = await stage()
  const { id } = await ask(priya, dana.email, [{ personId: priya.id, level: 'look' }])
  await approveAccessRequest(world.as(tom), { requestId: id })
  world.setClock('2026-11-21T10:02:30.000Z')
  for (const work of [approveAccessRequest(world.as(dana), { requestId: id }), denyAccessRequest(world.as(dana), { requestId: id })]) {
    const refusal = await refusalOf(work)
    expect(refusal.code).toBe('already-answered')
    expect(refusal.message).toBe('Tom Lindqvist already approved this 2 minutes ago. Nothing more to do.')
    expect(refusal.more.detail).toMatchObject({ by: 'Tom Lindqvist', at: '2026-11-21T10:00:00.000Z', state: 'approved' })
  }
  world.setClock('2026-11-21T10:00:00.000Z')
})

test('BX-18 a request lapses by its time alone, at the very instant, and the round that writes letters changes nothing else', async () => {
  const { dana, priya, tom } = await stage()
  const { id } = await ask(priya, dana.email, [{ personId: priya.id, level: 'look' }])
  world.setClock('2026-12-21T22:59:59.999Z')
  expect((await readAccessRequest(world.as(dana), { requestId: id })).state).toBe('waiting')
  world.setClock('2026-12-21T23:00:00.000Z')
  expect((await readAccessRequest(world.as(dana), { requestId: id })).state).toBe('lapsed')
  expect((await refusalOf(approveAccessRequest(world.as(dana), { requestId: id }))).code).toBe('stale')
  // Nobody has noted it down, and it can be asked again all the same.
  await ask(priya, dana.email, [{ personId: priya.id, level: 'look' }])
  const job = () => world.asActor({ kind: 'system', task: 'lapse' })
  expect(await lapseAccessRequests(job())).toBeGreaterThan(0)
  expect(await lapseAccessRequests(job())).toBe(0)
  const letters = (await world.letters()).filter((letter) => letter.letter === 'access-request-lapsed' && letter.body_text.includes(id))
  expect(letters.map(({ to }) => to).sort()).toEqual([dana.email, priya.email, tom.email].sort())
  for (const letter of letters) expect(letter.subject + letter.body_text).not.toContain('Acme Robotics')
  world.setClock('2026-11-21T10:00:00.000Z')
})

test('OR-004 OR-061 a plain contact sees no requests and answers none; managers see the list only filled when there is something', async () => {
  const { dana, contact, priya } = await stage()
  expect(await listAccessRequests(world.as(dana), { side: 'received', state: 'waiting' })).toEqual([])
  const { id } = await ask(priya, dana.email, [{ personId: priya.id, level: 'look' }])
  expect(await listAccessRequests(world.as(dana), { side: 'received', state: 'waiting' })).toHaveLength(1)
  for (const work of [
    listAccessRequests(world.as(contact), { side: 'received', state: 'all' }),
    readAccessRequest(world.as(contact), { requestId: id }),
    approveAccessRequest(world.as(contact), { requestId: id }),
    denyAccessRequest(world.as(contact), { requestId: id }),
  ]) {
    expect(['not-found', 'not-allowed']).toContain((await refusalOf(work)).code)
  }
})

test('a request of others looks like none: another customer, another partner, a made-up id', async () => {
  const { dana, priya } = await stage()
  const other = await stage()
  const { id } = await ask(priya, dana.email, [{ personId: priya.id, level: 'look' }])
  const works = [
    readAccessRequest(world.as(other.dana), { requestId: id }),
    approveAccessRequest(world.as(other.dana), { requestId: id }),
    readAccessRequest(world.as(other.priya), { requestId: id }),
    withdrawAccessRequest(world.as(other.admin), { requestId: id }),
    approveAccessRequest(world.as(dana), { requestId: '7d3c1f8e-0000-4000-8000-000000000000' }),
    approveAccessRequest(world.as(dana), { requestId: 'R-1' }),
  ]
  for (const work of works) expect((await refusalOf(work)).code).toBe('not-found')
})

test('nobody approves what they asked for themselves, not even when they work for the customer by now', async () => {
  const { acme, dana, priya } = await stage()
  const { id } = await ask(priya, dana.email, [{ personId: priya.id, level: 'look' }])
  const turned: TestPerson = { ...priya, organization: acme, roles: ['contact_manager'] }
  await world.stage.owner.query('update memberships set until_at = $2 where person_id = $1', [priya.id, world.clock.at])
  await world.stage.owner.query('insert into memberships (person_id, organization_id, roles, from_at) values ($1, $2, $3, $4)', [
    priya.id,
    acme.id,
    ['contact_manager'],
    world.clock.at,
  ])
  expect((await refusalOf(approveAccessRequest(world.as(turned), { requestId: id }))).code).toBe('not-allowed')
  expect((await refusalOf(denyAccessRequest(world.as(turned), { requestId: id }))).code).toBe('not-allowed')
})
