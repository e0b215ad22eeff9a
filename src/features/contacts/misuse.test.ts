// What adding, marking and letting go people must not become: a way to learn, to vouch for oneself, or to lose what one had.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type AccessStage, accessStage, refusalOf } from '../../../test/access-stage.ts'
import { databaseKinds } from '../../../test/database.ts'
import { createWorld, type TestPerson, type World } from '../../../test/world.ts'
import { submitAccessRequest } from '../access-requests/submit-access-request.ts'
import { readHistory } from '../audit-log/read-history.ts'
import { removePartner } from '../receipts/remove-partner.ts'
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
  test('BX-03 the receipt of a removal names the contacts that the partner added', async () => {
    const stage = await accessStage(world)
    await world.relationship(stage.acme, stage.larkfield)
    await world.grant(stage.acme, stage.priya, 'full_admin')
    await add(stage, stage.priya, 'left.behind@mail.example', 'Pat Planted')
    await add(stage, stage.dana, 'own@mail.example', 'Own Contact')
    passMinute()
    const { left } = await removePartner(world.as(stage.dana), { partnerId: stage.larkfield.id })
    expect(left.join(' ')).toMatch(/Pat Planted \(left\.behind@mail\.example\) is among your people and was added by somebody of Larkfield/)
    expect(left.join(' ')).not.toMatch(/Own Contact/)
  })

  test('an address that is known elsewhere does not show by when somebody came, whatever changes', async () => {
    const stage = await accessStage(world)
    const began = world.clock.at
    const two = [await add(stage, stage.dana, 'first.seen@x.example'), await add(stage, stage.dana, stage.omar.email)]
    for (const { id } of two) {
      for (const roles of [[], ['contact_manager'], ['contact']]) {
        passMinute()
        const changed = await changePerson(world.as(stage.dana), { organizationId: stage.acme.id, contactId: id, roles })
        expect(changed.since).toBe(began)
      }
    }
  })

  test('nobody renames whoever was at home elsewhere', async () => {
    const stage = await accessStage(world)
    passMinute()
    await disablePerson(world.as(stage.admin), { organizationId: stage.larkfield.id, contactId: stage.priya.id })
    passMinute()
    expect(await add(stage, stage.dana, stage.priya.email, 'Mallory Thief')).toMatchObject({ id: stage.priya.id, name: stage.priya.name })
    expect(JSON.stringify((await world.audit()).map(({ detail }) => detail))).not.toContain('Mallory Thief')
  })

  test('adding and letting go is no way to flood an address with letters', async () => {
    const stage = await accessStage(world)
    expect((await refusalOf(add(stage, stage.dana, 'v@else.example', 'Pay at http://evil.example'))).more.field).toBe('name')
    const victim = await add(stage, stage.dana, 'victim@else.example')
    const one = { organizationId: stage.acme.id, contactId: victim.id }
    passMinute()
    await disablePerson(world.as(stage.dana), one)
    passMinute()
    await enablePerson(world.as(stage.dana), one)
    const welcomes = (await lettersTo('victim@else.example')).filter(({ letter }) => letter === 'people-welcome')
    expect(welcomes.map(({ subject }) => subject)).toEqual(['You were added at Acme Robotics'])
    const moved = (actor: string | null, many: number) =>
      world.stage.owner.query(
        `insert into audit_entries (at, what, actor_kind, actor_id, actor_name, customer_id)
         select $1, 'person.added', 'person', $2, 'x', $3 from generate_series(1, $4::int)`,
        [world.clock.at, actor, stage.acme.id, many],
      )
    await moved(stage.dana.id, 56)
    await expect(add(stage, stage.dana, 'sixtieth@else.example')).resolves.toBeDefined()
    passMinute()
    for (const work of [
      () => add(stage, stage.dana, 'more@else.example'),
      () => disablePerson(world.as(stage.dana), one),
      () => enablePerson(world.as(stage.dana), one),
      // Each change of roles writes a letter to whoever it is about.
      () => changePerson(world.as(stage.dana), { organizationId: stage.acme.id, contactId: stage.contact.id, roles: [] }),
    ])
      expect((await refusalOf(work())).code).toBe('too-many')
    await expect(add(stage, stage.tom, 'by.tom@else.example')).resolves.toBeDefined()
    const changed = "select 1 from audit_entries where what = 'person.roles_changed' and actor_id = $1"
    for (const roles of [[], ['contact']]) {
      passMinute()
      await changePerson(world.as(stage.tom), { organizationId: stage.acme.id, contactId: stage.contact.id, roles })
    }
    expect((await world.stage.owner.query(changed, [stage.tom.id])).rowCount).toBe(2)
    // Those were counted too: with 57 more he has done sixty things.
    await moved(stage.tom.id, 57)
    expect((await refusalOf(add(stage, stage.tom, 'sixty.first@else.example'))).code).toBe('too-many')
    await moved(null, 200)
    const fresh = await world.person(stage.acme, 'Fred Fresh', ['contact_manager'])
    expect((await refusalOf(add(stage, fresh, 'again@else.example'))).message).toMatch(/^People were added/)
    world.passDays(1)
    await expect(add(stage, stage.dana, 'next.day@else.example')).resolves.toBeDefined()
  })
})
