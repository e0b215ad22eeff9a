// A request that changes or extends what somebody has is shown, written about and answered as a difference (BX-05).
import { afterAll, beforeAll, expect, test } from 'vitest'
import { accessStage, refusalOf } from '../../../test/access-stage.ts'
import { createWorld, type World } from '../../../test/world.ts'
import { giveAccess } from '../grants/give-access.ts'
import { approveAccessRequest } from './approve-access-request.ts'
import { readAccessRequest } from './list-access-requests.ts'
import { submitAccessRequest } from './submit-access-request.ts'

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world.close())

test('BX-05 what is asked stands beside what is now, field by field, on the page and in both letters, and only to whoever may know it', async () => {
  const { acme, larkfield, dana, priya, omar } = await accessStage(world)
  await world.relationship(acme, larkfield)
  const more = { endsOn: '2026-12-31', reason: 'x', understood: true }
  await giveAccess(world.as(dana), { partnerId: larkfield.id, personIds: [priya.id], level: 'look', ...more })
  const { id } = await submitAccessRequest(world.as(priya), {
    contactManagerEmail: dana.email,
    items: [{ personId: priya.id, level: 'update' }],
    endsOn: '2027-05-21',
    reason: 'We take over the migration.',
  })
  const [item] = (await readAccessRequest(world.as(dana), { requestId: id })).items
  expect(item?.differences).toEqual([
    { field: 'may', now: 'See all requests', asked: 'Work on requests' },
    { field: 'until', now: '31 Dec 2026', asked: '21 May 2027' },
  ])
  // Which customer an address answers for is not said before the answer, and neither is what one has there.
  expect((await readAccessRequest(world.as(priya), { requestId: id })).items[0]?.differences).toEqual([])
  const letters = async (letter: string, to: string, about = id) =>
    (await world.letters())
      .filter((one) => one.letter === letter && one.to === to && one.body_text.includes(about))
      .map(({ body_text }) => body_text)
  expect((await letters('access-request-asked', dana.email))[0]).toContain(
    'Priya Raman: may do See all requests now, Work on requests asked; until 31 Dec 2026 now, 21 May 2027 asked.',
  )
  await approveAccessRequest(world.as(dana), { requestId: id, understood: true })
  expect((await letters('access-request-approved', priya.email))[0]).toContain(
    'Until now: Priya Raman had See all requests until 31 Dec 2026.',
  )

  const { id: first } = await submitAccessRequest(world.as(omar), {
    contactManagerEmail: dana.email,
    items: [{ personId: omar.id, level: 'look' }],
    endsOn: '2027-05-21',
    reason: 'I help.',
  })
  expect((await readAccessRequest(world.as(dana), { requestId: first })).items[0]?.differences).toEqual([])
  expect((await letters('access-request-asked', dana.email, first))[0]).toContain('Now they have')
  expect((await letters('access-request-asked', dana.email, first))[0]).not.toContain('This would change')
})

test('BX-05 a customer that gave something is asked by name to extend it, and the asker reads the difference too; to strangers there is no such customer', async () => {
  const { acme, larkfield, dana, priya } = await accessStage(world, { customer: 'Beta Foods', partner: 'Bright Field' })
  const { priya: stranger } = await accessStage(world, { customer: 'Cargo Nord', partner: 'Halden' })
  await world.relationship(acme, larkfield)
  const more = { endsOn: '2026-12-31', reason: 'x', understood: true }
  await giveAccess(world.as(dana), { partnerId: larkfield.id, personIds: [priya.id], level: 'look', ...more })
  const ask = (by: typeof priya) =>
    submitAccessRequest(world.as(by), {
      customerId: acme.id,
      items: [{ personId: by.id, level: 'look' }],
      endsOn: '2027-05-21',
      reason: 'The work goes on.',
    })
  expect((await refusalOf(ask(stranger))).message).toBe('There is no such customer, or you cannot see it.')
  const { id } = await ask(priya)
  const until = [{ field: 'until', now: '31 Dec 2026', asked: '21 May 2027' }]
  for (const reader of [priya, dana])
    expect((await readAccessRequest(world.as(reader), { requestId: id })).items.map(({ differences }) => differences)).toEqual([until])
})
