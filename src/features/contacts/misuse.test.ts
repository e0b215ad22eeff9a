// What adding, marking and letting go people must not become: a way to learn, to vouch for oneself, or to lose what one had.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type AccessStage, accessStage, refusalOf } from '../../../test/access-stage.ts'
import { databaseKinds } from '../../../test/database.ts'
import { createWorld, type TestPerson, type World } from '../../../test/world.ts'
import { submitAccessRequest } from '../access-requests/submit-access-request.ts'
import { readHistory } from '../audit-log/read-history.ts'
import { addPerson } from './add-person.ts'
import { changePerson, validatePerson } from './change-person.ts'
import { disablePerson, enablePerson } from './disable-person.ts'
import { listPeople } from './list-people.ts'

describe.each(databaseKinds)('misuse of people on %s', (kind) => {
  let world: World
  beforeAll(async () => {
    world = await createWorld(kind)
  })
  afterAll(() => world.close())

  const passMinute = () => world.setClock(new Date(Date.parse(world.clock.at) + 60_000).toISOString())
  const add = (stage: AccessStage, by: TestPerson, email: string, name = 'Nina New') =>
    addPerson(world.as(by), { organizationId: stage.acme.id, email, name, roles: ['contact'] })
  const lettersTo = async (email: string) => (await world.letters()).filter(({ to }) => to === email)

  test('BX-04 the history of a partner does not tell before whom a withdrawn request of its leaver stood', async () => {
    const stage = await accessStage(world, { customer: 'Hidden Mills', partner: 'Quiet Partner' })
    const items = [{ personId: stage.omar.id, level: 'look' }]
    const ask = { contactManagerEmail: stage.dana.email, items, endsOn: '2027-02-01', reason: 'Work' }
    await submitAccessRequest(world.as(stage.omar), ask)
    passMinute()
    await disablePerson(world.as(stage.admin), { organizationId: stage.larkfield.id, contactId: stage.omar.id })
    const seen = async (by: TestPerson) => JSON.stringify((await readHistory(world.as(by), { limit: 50 })).items)
    expect(await seen(stage.admin)).not.toMatch(/Hidden Mills/)
    expect((await world.audit()).find(({ what }) => what === 'person.left')).toMatchObject({ customer_id: stage.acme.id, partner_id: null })
    expect(await seen(stage.dana)).toMatch(/Omar Nasser/)
  })

  test('CD-051 a partner that manages the contacts marks none of them, and unmarks none', async () => {
    const stage = await accessStage(world)
    await world.relationship(stage.acme, stage.larkfield)
    await world.grant(stage.acme, stage.priya, 'full_admin')
    const planted = await add(stage, stage.priya, 'planted@mail.example')
    expect(planted.abilities).toMatchObject({ change: true, validate: false })
    const mark = async (by: TestPerson, contactId: string, validated: boolean) =>
      (await refusalOf(validatePerson(world.as(by), { organizationId: stage.acme.id, contactId, validated }))).code
    await validatePerson(world.as(stage.dana), { organizationId: stage.acme.id, contactId: stage.tom.id, validated: true })
    expect(await mark(stage.priya, planted.id, true)).toBe('not-allowed')
    expect(await mark(stage.priya, stage.tom.id, false)).toBe('not-allowed')
    const rows = world.as(stage.priya).writing('people:manage', { kind: 'customer', id: stage.acme.id }, async (tx) => {
      tx.record({ what: 'test', detail: {} })
      const { numDeletedRows } = await tx.sql.deleteFrom('validated_contacts').executeTakeFirstOrThrow()
      expect(numDeletedRows).toBe(0n)
      await tx.sql
        .insertInto('validated_contacts')
        .values({ organization_id: stage.acme.id, contact_id: planted.id, validated_at: new Date(tx.now) })
        .execute()
    })
    await expect(rows).rejects.toThrow(/row-level security/)
    const { items } = await listPeople(world.as(stage.dana), { organizationId: stage.acme.id })
    expect(items.filter(({ validated }) => validated).map(({ id }) => id)).toEqual([stage.tom.id])
  })

  test('a change of roles, and coming back, leave the switches of somebody as they were', async () => {
    const stage = await accessStage(world)
    await world.stage.owner.query("update memberships set switches = '{can_create_users}' where person_id = $1", [stage.omar.id])
    const omar = { organizationId: stage.larkfield.id, contactId: stage.omar.id }
    const switches = async () =>
      (
        await world.stage.owner.query<{ switches: string[] }>(
          'select switches from memberships where person_id = $1 and until_at is null',
          [stage.omar.id],
        )
      ).rows[0]?.switches
    passMinute()
    await changePerson(world.as(stage.admin), { ...omar, roles: [] })
    expect(await switches()).toEqual(['can_create_users'])
    passMinute()
    await disablePerson(world.as(stage.admin), omar)
    passMinute()
    await enablePerson(world.as(stage.admin), omar)
    expect(await switches()).toEqual(['can_create_users'])
  })

  test('to somebody who is at home elsewhere nobody writes that their access ended', async () => {
    const stage = await accessStage(world)
    const known = await add(stage, stage.dana, stage.omar.email)
    passMinute()
    await disablePerson(world.as(stage.dana), { organizationId: stage.acme.id, contactId: known.id })
    expect((await lettersTo(stage.omar.email)).map(({ letter }) => letter)).toEqual(['people-welcome'])
  })
})
