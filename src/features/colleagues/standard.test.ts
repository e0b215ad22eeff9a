// The standard portal: a level and the right to let in colleagues; nobody does it until the customer chooses, and never with more than their own.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type AccessStage, accessStage, refusalOf } from '../../../test/access-stage.ts'
import { createWorld, type World } from '../../../test/world.ts'
import { readAccessRequest } from '../access-requests/list-access-requests.ts'
import { giveAccess } from '../grants/give-access.ts'
import { previewGrant } from '../grants/preview-grant.ts'
import { fillGroup } from '../groups/fill-group.ts'
import { listGroups } from '../groups/list-groups.ts'
import { chooseAboutColleagues, readColleagueChoice } from './choose-about-colleagues.ts'
import { letInColleague } from './let-in-colleague.ts'
import { listColleaguesAt } from './list-colleagues-at.ts'
import { takeOutColleague } from './take-out-colleague.ts'

let world: World
beforeAll(async () => {
  world = await createWorld('embedded', 'standard')
})
afterAll(() => world.close())

async function stage() {
  const place = await accessStage(world)
  await world.relationship(place.acme, place.larkfield)
  return place
}
const give = ({ dana, larkfield, admin }: AccessStage, rights: string[]) =>
  giveAccess(world.as(dana), {
    partnerId: larkfield.id,
    personIds: [admin.id],
    level: 'update',
    rights,
    endsOn: '2027-02-01',
    reason: 'Looks after the requests',
    understood: true,
  })
const letIn = ({ acme, admin, priya }: AccessStage, more: object = {}) =>
  letInColleague(world.as(admin), { customerId: acme.id, personId: priya.id, level: 'look', endsOn: '2027-01-01', reason: 'x', ...more })

test('BX-15 in the standard portal it is forbidden until the customer chooses, whatever right was given, and warned about from then on', async () => {
  const place = await stage()
  const { dana, larkfield, admin, priya } = place
  const warned = async (...people: { id: string }[]) => {
    const proposed = { partnerId: larkfield.id, personIds: people.map(({ id }) => id), level: 'update', rights: ['colleagues'] }
    return (await previewGrant(world.as(dana), proposed)).warnings.filter(({ code }) => code === 'W6').map(({ title }) => title)
  }
  expect(await warned(admin, priya)).toEqual([])
  await give(place, ['colleagues'])
  expect(await readColleagueChoice(world.as(place.dana))).toEqual({ choice: 'forbid', chosen: false })
  expect((await refusalOf(letIn(place))).code).toBe('not-allowed')
  await chooseAboutColleagues(world.as(place.dana), { choice: 'tell' })
  expect(await warned(admin, priya)).toEqual(['This lets Ada Boss let in colleagues'])
  expect(await letIn(place)).toMatchObject({ outcome: 'given' })
})

test('CD-017 whoever lets in is bounded by their own level, rights, scope and end', async () => {
  const place = await stage()
  const { acme, dana, admin } = place
  await give(place, ['colleagues'])
  await chooseAboutColleagues(world.as(dana), { choice: 'tell' })
  const fieldOf = async (more: object) => (await refusalOf(letIn(place, more))).more.field
  expect(await fieldOf({ level: 'create' })).toBe('level')
  expect(await fieldOf({ rights: ['invoices'] })).toBe('rights')
  expect(await fieldOf({ endsOn: '2027-02-02' })).toBe('endsOn')
  expect((await listColleaguesAt(world.as(admin), { customerId: acme.id })).letIn).toEqual({
    codes: ['cc', 'look', 'update', 'colleagues'],
    lastDay: '2027-02-01',
  })
  expect(await letIn(place, { level: 'update', endsOn: '2027-02-01' })).toMatchObject({ outcome: 'given' })
})

test('without the right of its own a level lets in nobody', async () => {
  const place = await stage()
  await give(place, [])
  await chooseAboutColleagues(world.as(place.dana), { choice: 'tell' })
  expect((await refusalOf(letIn(place))).code).toBe('not-allowed')
})

test('narrower than one own is no more: a single site or record of the customer', async () => {
  const place = await stage()
  await give(place, ['colleagues'])
  await chooseAboutColleagues(world.as(place.dana), { choice: 'tell' })
  const [mine, other] = [await world.record(place.acme), await world.record(place.acme)]
  await letIn(place, { scope: { records: [{ kind: 'service_request', id: mine.id }] } })
  const sees = (id: string) =>
    world
      .as(place.priya)
      .reading('service_request:read', { kind: 'record', recordKind: 'service_request', id }, async () => true)
      .catch(() => false)
  expect([await sees(mine.id), await sees(other.id)]).toEqual([true, false])
  await chooseAboutColleagues(world.as(place.dana), { choice: 'ask' })
  const asked = await letIn(place, { scope: { records: [{ kind: 'service_request', id: other.id }] } })
  if (asked.outcome !== 'asked') throw new Error('the customer chose to be asked')
  const [part] = (await readAccessRequest(world.as(place.dana), { requestId: asked.requestId })).items
  expect(part?.asks).toContain(`(${other.number} only)`)
})

test('BX-12 O-A6 a colleague who gets less, or is taken out, hands open work over to the customer, and both are told', async () => {
  const place = await stage()
  const { acme, dana, tom, priya, admin } = place
  await give(place, ['colleagues'])
  await chooseAboutColleagues(world.as(dana), { choice: 'tell' })
  await letIn(place, { level: 'update' })
  const lessened = await world.record(acme, { people: { point_of_contact: priya, requester: tom } })
  const contactOf = async ({ id }: { id: string }) =>
    (
      await world.stage.owner.query<{ name: string }>(
        "select p.name from record_people r join people p on p.id = r.person_id where r.record_id = $1 and r.relation = 'point_of_contact'",
        [Number(id)],
      )
    ).rows[0]?.name
  await letIn(place, { level: 'look' })
  expect(await contactOf(lessened)).toBe('Tom Lindqvist')
  await letIn(place, { level: 'update' })
  const ended = await world.record(acme, { people: { point_of_contact: priya } })
  const { left } = await takeOutColleague(world.as(admin), { customerId: acme.id, personId: priya.id })
  const words = `Dana Lee is now the point of contact of ${ended.number}, instead of Priya Raman.`
  expect([await contactOf(ended), left]).toEqual(['Dana Lee', ['Priya Raman has no access to Acme Robotics any more.', words]])
  const letters = (await world.letters()).filter(({ to }) => to === dana.email || to === priya.email)
  const told = (letter: string, text: string) => letters.filter((one) => one.letter === letter && one.body_text.includes(text)).length
  expect([told('colleague-let-in', 'Tom Lindqvist is now the point of contact'), told('colleague-taken-out', words)]).toEqual([2, 2])
})

test('the row of a colleague says what they have by a group, or like everyone there, where nothing is given to them by name', async () => {
  const place = await stage()
  const { acme, dana, admin, priya, omar, larkfield } = place
  const given = { partnerId: larkfield.id, endsOn: '2027-02-01', reason: 'Second line', understood: true }
  await give(place, ['colleagues'])
  await giveAccess(world.as(dana), { ...given, personIds: null, level: 'cc' })
  await giveAccess(world.as(dana), { ...given, personIds: null, group: 'new', level: 'look' })
  const [group] = await listGroups(world.as(admin))
  await fillGroup(world.as(admin), { groupId: group?.id ?? '', personIds: [priya.id] })
  const { rows } = await listColleaguesAt(world.as(admin), { customerId: acme.id })
  const said = (id: string) => rows.filter(({ person }) => person.id === id).map((row) => [row.hasAccess, row.access?.gives, row.otherwise])
  const until = 'until 1 Feb 2027'
  expect([...said(admin.id), ...said(priya.id), ...said(omar.id)]).toEqual([
    [true, `Work on requests + Let in colleagues ${until}`, null],
    [true, undefined, { gives: `See all requests ${until}`, groups: [group?.name] }],
    [true, undefined, { gives: `Copied in only ${until}`, groups: [] }],
  ])
})
