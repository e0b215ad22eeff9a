// Open work does not stay with somebody who lost the access for it.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { accessStage } from '../../../test/access-stage.ts'
import { createWorld, type TestPerson, type TestRecord, type World } from '../../../test/world.ts'
import { approveAccessRequest } from '../access-requests/approve-access-request.ts'
import { submitAccessRequest } from '../access-requests/submit-access-request.ts'
import { changeAccess } from './change-access.ts'
import { removeAccess } from './remove-access.ts'

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world.close())

async function stage() {
  const one = await accessStage(world)
  await world.relationship(one.acme, one.larkfield)
  const { acme, dana, priya, omar } = one
  const open = await world.record(acme, { people: { point_of_contact: priya, additional_contact: [dana, omar] } })
  const closed = await world.record(acme, { people: { point_of_contact: priya }, state: 'closed' })
  const copied = await world.record(acme, { people: { point_of_contact: dana, additional_contact: priya } })
  const elsewhere = await world.customer('Beta Foods')
  await world.grant(elsewhere, priya, 'update')
  const other = await world.record(elsewhere, { people: { point_of_contact: priya } })
  return { ...one, open, closed, copied, other }
}

async function named(record: TestRecord): Promise<string[]> {
  const { rows } = await world.stage.owner.query<{ who: string }>(
    `select rp.relation || ': ' || p.name as who from record_people rp join people p on p.id = rp.person_id where rp.record_id = $1 order by 1`,
    [Number(record.id)],
  )
  return rows.map(({ who }) => who)
}
const letterTo = async (person: TestPerson, letter: string) =>
  (await world.letters()).findLast((one) => one.letter === letter && one.to === person.email)

test('O-A13 BX-12 removing an access hands over the open records, and takes whoever has nothing left off the others', async () => {
  const { acme, dana, priya, open, closed, copied, other } = await stage()
  const { id } = await world.grant(acme, priya, 'update')
  const { left } = await removeAccess(world.as(dana), { grantId: id })
  expect(left).toEqual([
    'Priya Raman has no access to Acme Robotics any more.',
    `Dana Lee is now the point of contact of ${open.number}, instead of Priya Raman.`,
  ])
  expect(await named(open)).toEqual(['additional_contact: Omar Nasser', 'point_of_contact: Dana Lee'])
  expect(await named(copied)).toEqual(['point_of_contact: Dana Lee'])
  // Somebody else's place, what is over, and what is another customer's, stays as it was.
  expect(await named(closed)).toEqual(['point_of_contact: Priya Raman'])
  expect(await named(other)).toEqual(['point_of_contact: Priya Raman'])
  expect((await letterTo(priya, 'access-removed'))?.body_text).toContain(`Dana Lee is now the point of contact of ${open.number}`)
  const { rows } = await world.stage.owner.query('select what, by_name, detail from record_events where record_id = $1', [Number(open.id)])
  expect(rows).toMatchObject([{ what: 'point_of_contact', by_name: 'Dana Lee', detail: { person: 'Dana Lee', before: 'Priya Raman' } }])
  expect((await world.audit()).map(({ what }) => what)).toContain('service_request.point_of_contact')
})

test('O-A6 lowering an access below what a point of contact needs hands over too, and leaves who still has access copied in', async () => {
  const { acme, dana, priya, larkfield, open, copied } = await stage()
  await world.grant(acme, larkfield, 'look')
  const { id } = await world.grant(acme, priya, 'update')
  await changeAccess(world.as(dana), { grantId: id, level: 'look' })
  expect(await named(open)).toEqual(['additional_contact: Omar Nasser', 'additional_contact: Priya Raman', 'point_of_contact: Dana Lee'])
  expect(await named(copied)).toEqual(['additional_contact: Priya Raman', 'point_of_contact: Dana Lee'])
  expect((await letterTo(priya, 'access-changed'))?.body_text).toContain('instead of Priya Raman.')
})

test('an access that stays sufficient, or is extended, hands nothing over', async () => {
  const { acme, dana, priya, open } = await stage()
  const { id } = await world.grant(acme, priya, 'create')
  const { id: next } = await changeAccess(world.as(dana), { grantId: id, level: 'update' })
  await changeAccess(world.as(dana), { grantId: next, endsOn: '2028-01-01' })
  expect(await named(open)).toContain('point_of_contact: Priya Raman')
})

test('approving a lower level for somebody hands over what they were point of contact of', async () => {
  const { acme, dana, priya, open } = await stage()
  await world.grant(acme, priya, 'update')
  const items = [{ personId: priya.id, level: 'cc' }]
  const { id } = await submitAccessRequest(world.as(priya), {
    contactManagerEmail: dana.email,
    items,
    endsOn: '2027-01-31',
    reason: 'Less is enough.',
  })
  await approveAccessRequest(world.as(dana), { requestId: id })
  expect(await named(open)).toContain('point_of_contact: Dana Lee')
})
