// The same features in a portal of other words: kinds, states, levels, roles and numbers come from its definition alone.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createWorld, type TestOrganization, type TestPerson, type World } from '../../../test/world.ts'
import { replyToRecord } from '../conversations/reply-to-record.ts'
import { listCustomers } from '../records/list-customers.ts'
import { listRecords } from '../records/list-records.ts'
import { closeRecord } from './close-record.ts'
import { listContactChoices } from './list-contact-choices.ts'
import { makePointOfContact } from './make-point-of-contact.ts'
import { openRecord } from './open-record.ts'
import { reopenRecord } from './reopen-record.ts'
import { updateRecord } from './update-record.ts'

const kind = 'warranty_claim'
let world: World
let dealer: TestOrganization
let head: TestPerson
let clerk: TestPerson
let assessor: TestPerson
let named: TestPerson

beforeAll(async () => {
  world = await createWorld('embedded', '../test/portals/claims-desk')
  dealer = await world.customer('Autohaus Nord')
  const workshop = await world.partner('Schraube KG')
  head = await world.person(dealer, 'Hanna Head', ['head'])
  clerk = await world.person(dealer, 'Carl Clerk', ['clerk'])
  assessor = await world.person(workshop, 'Asa Assess', ['mechanic'])
  named = await world.person(workshop, 'Nils Named', ['mechanic'])
  await world.grant(dealer, workshop, 'named')
  await world.grant(dealer, assessor, 'assess')
})
afterAll(() => world.close())

const file = () => openRecord(world.as(clerk), { kind, customerId: dealer.id, title: 'Gearbox', description: 'It whines.' })

test('a claim is filed, changed, decided and looked at again by the words of its own definition', async () => {
  const { id, number, state, abilities } = await file()
  expect([number.slice(0, 1), state]).toEqual(['W', 'filed'])
  expect(abilities).toMatchObject({ read: true, reply: true, update: false, close: false })
  expect((await updateRecord(world.as(assessor), { kind, id, state: 'assessed' })).events.at(-1)?.words).toBe(
    'Asa Assess set it to Assessed',
  )
  expect(await closeRecord(world.as(head), { kind, id })).toMatchObject({ state: 'refused' })
  expect((await listRecords(world.as(clerk), { kind, state: 'closed' })).items.map((row) => row.id)).toEqual([id])
  expect(await reopenRecord(world.as(head), { kind, id })).toMatchObject({ state: 'assessed' })
  expect((await listCustomers(world.as(assessor), { kind, action: 'open' })).items).toEqual([])
  await expect(openRecord(world.as(assessor), { kind, customerId: dealer.id, title: 'a', description: 'b' })).rejects.toMatchObject({
    code: 'not-allowed',
  })
})

test('a change of state that closes or reopens is refused to whoever may only change', async () => {
  const { id } = await file()
  await expect(updateRecord(world.as(assessor), { kind, id, state: 'paid' })).rejects.toMatchObject({ code: 'not-allowed' })
  await expect(closeRecord(world.as(assessor), { kind, id })).rejects.toMatchObject({ code: 'not-allowed' })
  expect((await updateRecord(world.as(head), { kind, id, state: 'paid' })).state).toBe('paid')
  expect((await updateRecord(world.as(head), { kind, id, state: 'refused' })).state).toBe('refused')
  expect((await updateRecord(world.as(head), { kind, id, state: 'filed' })).state).toBe('filed')
})

test('a last word at closing needs the right to answer', async () => {
  const { id } = await file()
  const rules = new Map(world.house.law.rules)
  const law = world.house.law
  world.house.law = { ...law, rules: rules.set(`${kind}:reply`, { is: 'never' }) }
  await expect(closeRecord(world.as(head), { kind, id, body: 'So be it.' })).rejects.toMatchObject({ code: 'not-allowed' })
  world.house.law = law
  expect((await closeRecord(world.as(head), { kind, id, body: 'So be it.' })).messages).toHaveLength(1)
})

test("the reason why somebody cannot be point of contact names this portal's levels", async () => {
  const { id } = await file()
  const { partners } = await listContactChoices(world.as(head), { kind, id })
  expect(partners.map(({ name, why }) => [name, why])).toEqual([
    ['Asa Assess', null],
    ['Nils Named', 'Named only: give Nils Assess claims first.'],
  ])
  await makePointOfContact(world.as(head), { kind, id, personId: assessor.id })
  await expect(makePointOfContact(world.as(head), { kind, id, personId: named.id })).rejects.toMatchObject({ code: 'invalid-input' })
})

test("the support desk's kind is not found here", async () => {
  await expect(listRecords(world.as(head), { kind: 'service_request' })).rejects.toMatchObject({ code: 'not-found' })
  await expect(replyToRecord(world.as(head), { kind: 'service_request', id: '1', body: 'x' })).rejects.toMatchObject({ code: 'not-found' })
})
