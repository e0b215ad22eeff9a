// Changing, extending, removing and confirming access: whole use cases on a real database.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { accessStage, refusalOf } from '../../../test/access-stage.ts'
import { createWorld, type TestPerson, type World } from '../../../test/world.ts'
import { countRecords } from '../records/list-records.ts'
import { changeAccess } from './change-access.ts'
import { confirmAccess } from './confirm-access.ts'
import { giveAccess } from './give-access.ts'
import { listGrants, readGrant } from './list-grants.ts'
import { removeAccess } from './remove-access.ts'

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world.close())

async function stage() {
  const one = await accessStage(world)
  await world.relationship(one.acme, one.larkfield)
  await world.record(one.acme)
  return one
}
const seen = async (person: TestPerson) => (await countRecords(world.as(person), { kind: 'service_request' })).total
const lettersFor = async (id: string, letter: string) =>
  (await world.letters()).filter((one) => one.letter === letter && one.body_text.includes(id))

test('OR-003 a manager changes level and end; the old access is replaced by the new, and the letter says was and now', async () => {
  const { acme, dana, tom, priya, admin } = await stage()
  const { id } = await world.grant(acme, priya, 'look', { until: '2026-11-30T23:00:00.000Z' as never })
  const changed = await changeAccess(world.as(dana), { grantId: id, level: 'update', endsOn: '2027-03-31' })
  expect(changed).toMatchObject({ level: 'update', endsOn: '2027-03-31', state: 'active', from: world.clock.at })
  expect(await readGrant(world.as(dana), { grantId: id })).toMatchObject({
    state: 'replaced',
    ended: { kind: 'replaced', by: { name: 'Dana Lee' } },
  })
  expect((await listGrants(world.as(dana), { side: 'given', state: 'active' })).map((grant) => grant.id)).toEqual([changed.id])
  const letters = await lettersFor(changed.id, 'access-changed')
  expect(letters.map(({ to }) => to).sort()).toEqual([dana, tom, priya, admin].map(({ email }) => email).sort())
  expect(letters[0]?.subject).toBe('Acme Robotics changed the access of Larkfield: now Work on requests until 31 Mar 2027')
  expect(letters[0]?.body_text).toContain('Was: See all requests until 30 Nov 2026. Now: Work on requests until 31 Mar 2027.')
})

test('extending is its own word: the same level, a later end, no tick, and a letter that says until when it was', async () => {
  const { acme, larkfield, dana } = await stage()
  const { id } = await world.grant(acme, larkfield, 'update', { until: '2026-11-30T23:00:00.000Z' as never })
  const extended = await changeAccess(world.as(dana), { grantId: id, endsOn: '2027-11-30' })
  const [letter] = await lettersFor(extended.id, 'access-extended')
  expect(letter?.subject).toBe('Acme Robotics extended the access of Larkfield until 30 Nov 2027')
  expect(letter?.body_text).toContain('Before, it ended on 30 Nov 2026.')
  const entry = (await world.audit()).at(-1)
  expect(entry).toMatchObject({
    what: 'grant.extended',
    detail: { endsOn: '2027-11-30', before: { endsOn: '2026-11-30', levelName: 'Work on requests' } },
  })
  expect((await refusalOf(changeAccess(world.as(dana), { grantId: extended.id, endsOn: '2029-01-01' }))).more.field).toBe('endsOn')
  expect((await refusalOf(changeAccess(world.as(dana), { grantId: extended.id, endsOn: '2026-11-20' }))).more.field).toBe('endsOn')
  expect((await refusalOf(changeAccess(world.as(dana), { grantId: extended.id }))).code).toBe('invalid-input')
  expect((await refusalOf(changeAccess(world.as(dana), { grantId: extended.id, level: 'everything' }))).more.field).toBe('level')
  expect((await refusalOf(changeAccess(world.as(dana), { grantId: extended.id, level: 'create' }))).more.field).toBe('understood')
  expect((await changeAccess(world.as(dana), { grantId: extended.id, level: 'look' })).level).toBe('look')
})

test('OR-009 a removed access gives nothing from that instant, stays listed as removed with the reason, and the answer says what is left', async () => {
  const { acme, larkfield, dana, tom, priya, omar } = await stage()
  await world.grant(acme, larkfield, 'look')
  const { id } = await world.grant(acme, priya, 'service_admin')
  const { grant, left } = await removeAccess(world.as(dana), { grantId: id, reason: 'The project is over.' })
  expect(grant).toMatchObject({
    state: 'removed',
    ended: { by: { name: 'Dana Lee' }, kind: 'removed', reason: 'The project is over.' },
    abilities: { change: false, remove: false, giveAgain: true },
  })
  expect(left).toEqual(['Priya Raman still has: See all requests until 21 Nov 2027, like everyone at Larkfield.'])
  expect(await seen(priya)).toBe(1)
  const letters = await lettersFor(id, 'access-removed')
  expect(letters.map(({ to }) => to)).toEqual(expect.arrayContaining([dana.email, tom.email, priya.email]))
  expect(letters.map(({ to }) => to)).not.toContain(omar.email)
  expect(letters[0]?.subject).toBe('Acme Robotics removed the access of Larkfield')
  expect(letters[0]?.body_text).toContain('> The project is over.')
  expect(letters[0]?.body_text).toContain('Priya Raman still has: See all requests until 21 Nov 2027, like everyone at Larkfield.')
  const [everyone] = await listGrants(world.as(dana), { side: 'given', state: 'active' })
  const removed = await removeAccess(world.as(dana), { grantId: everyone?.id as string })
  expect(removed.left).toEqual(['Nobody at Larkfield has access to Acme Robotics any more.'])
  expect([await seen(priya), await seen(omar)]).toEqual([0, 0])
  expect((await listGrants(world.as(dana), { side: 'given', state: 'ended' })).map(({ state }) => state)).toEqual(['removed', 'removed'])
})

test("OR-009 at the end of its day, in the customer's zone, an access gives nothing, and nobody had to do anything", async () => {
  const { acme, dana, priya } = await stage()
  await world.grant(acme, priya, 'look', { until: '2026-11-30T23:00:00.000Z' as never })
  world.setClock('2026-11-30T22:59:59.999Z')
  expect([await seen(priya), (await listGrants(world.as(priya), { side: 'received', state: 'ending' })).length]).toEqual([1, 1])
  world.setClock('2026-11-30T23:00:00.000Z')
  expect([await seen(priya), (await listGrants(world.as(priya), { side: 'received', state: 'active' })).length]).toEqual([0, 0])
  const [over] = await listGrants(world.as(dana), { side: 'given', state: 'ended' })
  expect(over).toMatchObject({ state: 'expired', endsOn: '2026-11-30', ended: null, abilities: { giveAgain: true, change: false } })
  for (const work of [
    changeAccess(world.as(dana), { grantId: over?.id as string, level: 'cc' }),
    removeAccess(world.as(dana), { grantId: over?.id as string }),
  ]) {
    expect((await refusalOf(work)).code).toBe('stale')
  }
  world.setClock('2026-11-21T10:00:00.000Z')
})

test('what ended can be given again', async () => {
  const { acme, larkfield, dana, priya } = await stage()
  await world.grant(acme, priya, 'look', { until: '2026-11-01T23:00:00.000Z' as never })
  expect(await seen(priya)).toBe(0)
  await giveAccess(world.as(dana), { partnerId: larkfield.id, personIds: [priya.id], level: 'look', endsOn: '2026-12-31', reason: 'Again' })
  expect(await seen(priya)).toBe(1)
  expect((await listGrants(world.as(dana), { side: 'given', state: 'all' })).map(({ state }) => state)).toEqual(['active', 'expired'])
})

test('what was removed or replaced is not changed, removed or confirmed a second time', async () => {
  const { acme, dana, priya } = await stage()
  const { id } = await world.grant(acme, priya, 'look')
  const { id: next } = await changeAccess(world.as(dana), { grantId: id, level: 'cc' })
  await removeAccess(world.as(dana), { grantId: next })
  for (const grantId of [id, next]) {
    for (const work of [
      changeAccess(world.as(dana), { grantId, level: 'update' }),
      removeAccess(world.as(dana), { grantId }),
      confirmAccess(world.as(dana), { grantId }),
    ]) {
      const refusal = await refusalOf(work)
      expect([refusal.code, refusal.message]).toEqual(['stale', expect.stringContaining('by Dana Lee')])
    }
  }
})

test('an imported access gives nothing until a manager confirms it, once', async () => {
  const { acme, dana, contact, priya, admin } = await stage()
  const { id } = await world.grant(acme, priya, 'look', { confirmed: false })
  expect(await seen(priya)).toBe(0)
  expect(await readGrant(world.as(dana), { grantId: id })).toMatchObject({ state: 'unconfirmed', abilities: { confirm: true } })
  for (const person of [contact, priya, admin])
    expect(['not-found', 'not-allowed']).toContain((await refusalOf(confirmAccess(world.as(person), { grantId: id }))).code)
  expect((await confirmAccess(world.as(dana), { grantId: id })).state).toBe('active')
  expect(await seen(priya)).toBe(1)
  expect((await refusalOf(confirmAccess(world.as(dana), { grantId: id }))).code).toBe('already-answered')
  expect((await lettersFor(id, 'access-confirmed')).length).toBeGreaterThan(2)
})

test('OR-004 only managers of that customer change and remove; to all others a grant of others is not there', async () => {
  const { acme, dana, contact, priya, admin } = await stage()
  const other = await stage()
  const { id } = await world.grant(acme, priya, 'look')
  for (const [person, code] of [
    [contact, 'not-found'],
    [priya, 'not-allowed'],
    [admin, 'not-allowed'],
    [other.dana, 'not-found'],
    [other.admin, 'not-found'],
  ] as const) {
    expect((await refusalOf(changeAccess(world.as(person), { grantId: id, level: 'full_admin', understood: true }))).code).toBe(code)
    expect((await refusalOf(removeAccess(world.as(person), { grantId: id }))).code).toBe(code)
  }
  for (const unknown of ['7d3c1f8e-0000-4000-8000-000000000000', 'A-1', '']) {
    expect((await refusalOf(removeAccess(world.as(dana), { grantId: unknown }))).code).toBe('not-found')
  }
  expect((await readGrant(world.as(dana), { grantId: id })).state).toBe('active')
})
