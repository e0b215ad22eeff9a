// The second way in (M-A6): a consultant who is not the partner of record becomes a contact of the account, is marked as somebody from outside, and
// has what an Authorized Contact has, by the role alone.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { databaseKinds } from '../../../test/database.ts'
import { createWorld, type TestOrganization, type TestPerson, type World } from '../../../test/world.ts'
import type { Action } from '../../law/law.ts'
import { addPerson } from './add-person.ts'
import { listPeople } from './list-people.ts'

describe.each(databaseKinds)('a consultant from outside on %s', (kind) => {
  let world: World
  let acme: TestOrganization
  let dee: TestPerson
  beforeAll(async () => {
    world = await createWorld(kind, 'telephony-account')
    acme = await world.customer()
    await world.relationship(acme, await world.partner('New IT'))
    dee = await world.person(acme, 'Dee Decider', ['decision_maker'])
  })
  afterAll(() => world?.close())

  test('MI-008 is added as a contact of the account with an Authorized Contact role, is marked, and has what the role gives and no more', async () => {
    const ivo = { email: 'ivo.novak@new-it.example', name: 'Ivo Novak' }
    const nobody = { organizationId: acme.id, ...ivo, roles: ['phone_manager'], siteRoles: [] }
    await addPerson(world.as(dee), nobody)
    const { items } = await listPeople(world.as(dee), { organizationId: acme.id })
    expect(items.find(({ email }) => email === ivo.email)).toMatchObject({ roles: ['phone_manager'], outside: { name: 'New IT' } })
    expect(items.find(({ email }) => email === dee.email)?.outside).toBeNull()
    const { rows } = await world.stage.owner.query<{ id: string }>('select id from people where email = $1', [ivo.email])
    const may = (action: Action) =>
      world.as(dee).reading('self:manage', { kind: 'self' }, async (tx) => {
        const { decision } = await tx.canThey(rows[0]?.id ?? '', action, { kind: 'customer', id: acme.id })
        return [decision.allowed, decision.grant]
      })
    expect(await may('ticket:open')).toEqual([true, null])
    for (const action of ['invoice:pay', 'access:give', 'people:make_administrator'] as const) expect((await may(action))[0]).toBe(false)
  })
})
