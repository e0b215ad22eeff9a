// The people of an organization: who sees, adds, changes and lets go whom, and who must stay.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type AccessStage, accessStage, refusalOf } from '../../../test/access-stage.ts'
import { atOnce } from '../../../test/at-once.ts'
import { databaseKinds } from '../../../test/database.ts'
import { createWorld, type TestPerson, type World } from '../../../test/world.ts'
import type { PersonId } from '../../kernel/ids.ts'
import { giveAccess } from '../grants/give-access.ts'
import { addPerson } from './add-person.ts'
import { changePerson, validatePerson } from './change-person.ts'
import { disablePerson, enablePerson } from './disable-person.ts'
import { listPeople } from './list-people.ts'

describe.each(databaseKinds)('contacts on %s', (kind) => {
  let world: World
  let stage: AccessStage
  beforeAll(async () => {
    world = await createWorld(kind)
    stage = await accessStage(world)
    await world.relationship(stage.acme, stage.larkfield)
  })
  afterAll(() => world.close())

  const passMinute = () => world.setClock(new Date(Date.parse(world.clock.at) + 60_000).toISOString())
  const add = (by: TestPerson, email: string, roles = ['contact'], at = stage.acme.id) =>
    addPerson(world.as(by), { organizationId: at, email, name: 'Nina New', roles })
  const codeOf = async (work: Promise<unknown>) => (await refusalOf(work)).code
  const lettersTo = async (email: string) => (await world.letters()).filter(({ to }) => to === email)

  test('OR-102 OR-093 OR-104 a contact manager adds a contact, who is told how to sign in, changes what they may do and disables them', async () => {
    const email = 'nina@acme-robotics.example'
    const added = await add(stage.dana, ' Nina@Acme-Robotics.example ')
    expect(added).toMatchObject({ email, name: 'Nina New', roles: ['contact'], state: 'not_signed_in', administrator: false, you: false })
    const [welcome] = await lettersTo(email)
    expect(welcome?.body_text).toMatch(/enter your e-mail address and type the code/)
    expect(welcome?.body_text).toContain(email)
    passMinute()
    const nina = { id: added.id as PersonId, name: 'Nina New', email, organization: stage.acme, roles: ['contact'] }
    expect(await codeOf(add(nina, 'x@acme-robotics.example'))).toBe('not-allowed')
    const changed = await changePerson(world.as(stage.dana), {
      organizationId: stage.acme.id,
      contactId: added.id,
      roles: ['contact_manager'],
    })
    expect(changed).toMatchObject({ administrator: true, roles: ['contact_manager'] })
    passMinute()
    await expect(add({ ...nina, roles: ['contact_manager'] }, 'by-nina@acme-robotics.example')).resolves.toMatchObject({
      roles: ['contact'],
    })
    passMinute()
    const gone = await disablePerson(world.as(stage.dana), { organizationId: stage.acme.id, contactId: added.id })
    expect(gone.contact).toMatchObject({ state: 'disabled', until: world.clock.at })
    expect(await codeOf(add(nina, 'y@acme-robotics.example'))).toBe('not-signed-in')
    expect((await listPeople(world.as(stage.dana), { organizationId: stage.acme.id })).items.map(({ id }) => id)).not.toContain(added.id)
    passMinute()
    expect(await enablePerson(world.as(stage.dana), { organizationId: stage.acme.id, contactId: added.id })).toMatchObject({
      id: added.id,
      roles: ['contact_manager'],
    })
    const told = (await world.audit()).filter(({ detail }) => detail['person'] === 'Nina New').map(({ what }) => what)
    expect(told).toEqual(expect.arrayContaining(['person.added', 'person.roles_changed', 'person.disabled']))
  })

  test('OR-042 OR-043 a Full Admin partner adds, changes and disables contacts but makes no managers; a Service Admin is refused', async () => {
    const fred = await world.person(stage.larkfield, 'Fred Full', ['consultant'])
    const sara = await world.person(stage.larkfield, 'Sara Service', ['consultant'])
    await world.grant(stage.acme, fred, 'full_admin')
    await world.grant(stage.acme, sara, 'service_admin')
    const added = await add(fred, 'hired@acme-robotics.example')
    passMinute()
    expect(await codeOf(add(fred, 'boss@acme-robotics.example', ['contact_manager']))).toBe('not-allowed')
    const more = { organizationId: stage.acme.id, contactId: added.id }
    expect(await codeOf(changePerson(world.as(fred), { ...more, roles: ['contact_manager'] }))).toBe('not-allowed')
    expect(await changePerson(world.as(fred), { ...more, roles: [] })).toMatchObject({ roles: [] })
    expect(await codeOf(disablePerson(world.as(fred), { organizationId: stage.acme.id, contactId: stage.dana.id }))).toBe('not-allowed')
    passMinute()
    expect((await disablePerson(world.as(fred), more)).contact.state).toBe('disabled')
    // A Service Admin sees who the contacts are, and changes none.
    expect((await listPeople(world.as(sara), { organizationId: stage.acme.id })).abilities).toEqual({
      add: false,
      manage: false,
      makeAdministrator: false,
    })
    expect(await codeOf(add(sara, 'no@acme-robotics.example'))).toBe('not-allowed')
    expect(await codeOf(disablePerson(world.as(sara), { ...more, contactId: stage.contact.id }))).toBe('not-allowed')
    expect(await codeOf(listPeople(world.as(stage.priya), { organizationId: stage.acme.id }))).toBe('not-found')
    const customersOf = async (who: TestPerson) => (await listPeople(world.as(who), { organizationId: stage.larkfield.id })).customers
    expect(await customersOf(fred)).toEqual([{ id: stage.acme.id, name: stage.acme.name }])
    expect(await customersOf(stage.priya)).toEqual([])
  })

  test('an address that is known elsewhere is answered like one that is not, and whoever has it stays where they are', async () => {
    const fresh = await add(stage.dana, 'fresh@acme-robotics.example')
    const known = await add(stage.dana, stage.omar.email)
    const same = ({ id: _, email: __, ...rest }: typeof fresh) => ({ ...rest, outside: null })
    expect(same(known)).toEqual(same(fresh))
    const listed = (await listPeople(world.as(stage.dana), { organizationId: stage.acme.id })).items.filter(
      ({ id }) => id === known.id || id === fresh.id,
    )
    expect(listed.map(same)).toEqual([same(fresh), same(fresh)])
    expect(await codeOf(add(stage.dana, stage.omar.email))).toBe('invalid-input')
    expect((await listPeople(world.as(stage.omar), { organizationId: stage.larkfield.id })).items.find(({ you }) => you)?.email).toBe(
      stage.omar.email,
    )
    expect((await lettersTo(stage.omar.email)).at(-1)?.body_text).toMatch(/nothing changed/)
    passMinute()
    expect(await codeOf(disablePerson(world.as(stage.dana), { organizationId: stage.acme.id, contactId: stage.omar.id }))).toBe('not-found')
    const gone = await disablePerson(world.as(stage.dana), { organizationId: stage.acme.id, contactId: known.id })
    expect(gone.contact.state).toBe('disabled')
    await expect(listPeople(world.as(stage.omar), { organizationId: stage.larkfield.id })).resolves.toBeDefined()
  })

  test("OR-106 the vendor's own people are never contacts of a customer", async () => {
    expect((await refusalOf(add(stage.dana, 'stan@meridia.example'))).more.field).toBe('email')
  })

  test('CD-053 nobody changes, disables or validates their own entry', async () => {
    const own = { organizationId: stage.acme.id, contactId: stage.dana.id }
    const me = (await listPeople(world.as(stage.dana), { organizationId: stage.acme.id })).items.find(({ you }) => you)
    expect(me?.abilities).toEqual({ change: false, disable: false, enable: false, validate: false })
    for (const work of [
      () => changePerson(world.as(stage.dana), { ...own, roles: ['contact'] }),
      () => disablePerson(world.as(stage.dana), own),
      () => validatePerson(world.as(stage.dana), { ...own, validated: true }),
    ])
      expect(await codeOf(work())).toBe('not-allowed')
  })

  test('CD-050 CD-051 CD-052 contacts may be no users; administrators mark whose word counts, support agents with access see it, and only administrators see what to do', async () => {
    const written = await addPerson(world.as(stage.dana), {
      organizationId: stage.acme.id,
      email: 'reception@acme-robotics.example',
      name: 'Reception',
      roles: [],
      signsIn: false,
    })
    expect(written).toMatchObject({ state: 'written_down', validated: false })
    expect(await lettersTo('reception@acme-robotics.example')).toEqual([])
    const mark = (contactId: string, validated: boolean) =>
      validatePerson(world.as(stage.dana), { organizationId: stage.acme.id, contactId, validated })
    expect((await mark(written.id, true)).validated).toBe(true)
    expect((await mark(stage.contact.id, true)).validated).toBe(true)
    expect((await mark(stage.contact.id, false)).validated).toBe(false)
    const agent = await world.person(world.vendor, 'Agnes Agent', ['vendor_staff'])
    expect(await codeOf(listPeople(world.as(agent), { organizationId: stage.acme.id }))).toBe('not-found')
    await world.grant(stage.acme, agent, 'service_admin')
    const seen = (await listPeople(world.as(agent), { organizationId: stage.acme.id })).items
    expect(seen.filter(({ validated }) => validated).map(({ name }) => name)).toEqual(['Reception'])
    const plain = await listPeople(world.as(stage.contact), { organizationId: stage.acme.id })
    expect(plain.items.length).toBeGreaterThan(3)
    expect(plain.items.flatMap(({ abilities }) => Object.values(abilities))).not.toContain(true)
    expect(plain.roles).toEqual([])
  })

  test('MI-036 the last administrator stays one, whoever asks', async () => {
    const firm = await world.customer('Alone Ltd')
    const [ann, ben] = [await world.person(firm, 'Ann', ['contact_manager']), await world.person(firm, 'Ben', ['contact_manager'])]
    const of = (person: TestPerson) => ({ organizationId: firm.id, contactId: person.id })
    await disablePerson(world.as(ann), of(ben))
    passMinute()
    const operator = world.withKey(world.vendor, true)
    expect(await codeOf(disablePerson(operator, of(ann)))).toBe('overlaps')
    expect(await codeOf(changePerson(operator, { ...of(ann), roles: ['contact'] }))).toBe('overlaps')
    await addPerson(operator, { organizationId: firm.id, email: 'cleo@alone.example', name: 'Cleo', roles: ['primary_contact'] })
    passMinute()
    expect((await disablePerson(operator, of(ann))).contact.state).toBe('disabled')
  })

  test('MI-036 of two last ones who let each other go at once, one stays', async () => {
    const firm = await world.customer('Pair')
    const [ann, ben] = [await world.person(firm, 'Ann', ['contact_manager']), await world.person(firm, 'Ben', ['contact_manager'])]
    const letGo = (by: TestPerson, whom: TestPerson) => () => disablePerson(world.as(by), { organizationId: firm.id, contactId: whom.id })
    // A hundred rounds of it: test/one-outcome-ways-out.test.ts.
    expect((await atOnce([letGo(ann, ben), letGo(ben, ann)])).filter((outcome) => outcome === 'done')).toHaveLength(1)
    const { items } = await listPeople(world.withKey(world.vendor, true), { organizationId: firm.id })
    expect(items.map(({ administrator }) => administrator)).toEqual([true])
  })

  test('CD-049 who runs the portal sets up the first administrator of a customer and of a partner, who makes colleagues', async () => {
    const operator = await world.person(world.vendor, 'Olga Operator', ['operator'])
    for (const [firm, first, more] of [
      [await world.customer('Newco'), 'primary_contact', 'contact'],
      [await world.partner('Newpartner'), 'partner_administrator', 'consultant'],
    ] as const) {
      const { id } = await add(operator, `first@${firm.id}.example`, [first], firm.id)
      const boss = { id: id as PersonId, name: 'Nina New', email: '', organization: firm, roles: [first] }
      expect(await add(boss, `second@${firm.id}.example`, [more], firm.id)).toMatchObject({ roles: [more] })
    }
  })

  test('OR-103 an organization has as many contacts as it likes', async () => {
    const firm = await world.customer('Big Ltd')
    const boss = await world.person(firm, 'Bo Boss', ['contact_manager'])
    await world.stage.owner.query(
      `with added as (insert into people (email, name) select 'p' || n || '@big.example', 'P ' || n from generate_series(1, 1500) n returning id)
       insert into memberships (person_id, organization_id, roles, from_at) select id, $1, '{contact}', '2020-01-01' from added`,
      [firm.id],
    )
    await add(boss, 'one-more@big.example', ['contact'], firm.id)
    expect((await listPeople(world.as(boss), { organizationId: firm.id })).items).toHaveLength(1502)
  })

  test('OR-094 OR-095 own contacts with an address at a partner stay until somebody moves them, and are pointed out', async () => {
    const dummy = await world.person(stage.acme, 'Priya Double', ['contact'], 'priya.double@larkfield.example')
    const input = {
      partnerId: stage.larkfield.id,
      personIds: [stage.priya.id],
      level: 'look',
      endsOn: '2027-02-01',
      reason: 'Migration',
      understood: true,
    }
    await giveAccess(world.as(stage.dana), input)
    const { items } = await listPeople(world.as(stage.dana), { organizationId: stage.acme.id })
    expect(items.find(({ id }) => id === dummy.id)).toMatchObject({ outside: { name: 'Larkfield' }, state: 'not_signed_in' })
    expect(items.filter(({ outside }) => outside !== null).map(({ email }) => email)).toEqual([dummy.email])
  })

  test('the database itself lets nobody begin or end memberships where they keep no people', async () => {
    await world.as(stage.contact).writing('self:manage', { kind: 'self' }, async (tx) => {
      tx.record({ what: 'test', detail: {} })
      const { numUpdatedRows } = await tx.sql
        .updateTable('memberships')
        .set({ until_at: new Date(tx.now) })
        .where('person_id', '=', stage.dana.id)
        .executeTakeFirstOrThrow()
      expect(numUpdatedRows).toBe(0n)
    })
    const begin = world.as(stage.dana).writing('self:manage', { kind: 'self' }, async (tx) => {
      tx.record({ what: 'test', detail: {} })
      await tx.sql
        .insertInto('memberships')
        .values({ person_id: stage.dana.id, organization_id: stage.larkfield.id, from_at: new Date(tx.now) })
        .execute()
    })
    await expect(begin).rejects.toThrow(/row-level security/)
  })
})
