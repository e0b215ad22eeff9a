// A leaver: one action ends everything at every customer, each customer is told once, and the receipt says what ended and what is left.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type AccessStage, accessStage, refusalOf } from '../../../test/access-stage.ts'
import { databaseKinds } from '../../../test/database.ts'
import { createWorld, type TestPerson, type World } from '../../../test/world.ts'
import { submitAccessRequest } from '../access-requests/submit-access-request.ts'
import { giveAccess } from '../grants/give-access.ts'
import { readRecord } from '../records/read-record.ts'
import { updateRecord } from '../service-requests/update-record.ts'
import { disablePerson } from './disable-person.ts'
import { listPeople } from './list-people.ts'

const serviceRequest = 'service_request'

describe.each(databaseKinds)('leaving on %s', (kind) => {
  let world: World
  let stage: AccessStage
  beforeAll(async () => {
    world = await createWorld(kind)
    stage = await accessStage(world)
    await world.relationship(stage.acme, stage.larkfield)
  })
  afterAll(() => world.close())

  const own = async <T extends object>(text: string, values: unknown[] = []) => (await world.stage.owner.query<T>(text, values)).rows
  const session = (person: TestPerson) =>
    own(
      `insert into sessions (token_hash, person_id, how, created_at, last_seen_at, expires_at) values ($2 || random(), $1, 'code', $3, $3, $3::timestamptz + interval '30 days')`,
      [person.id, person.name, world.clock.at],
    )
  const ask = (by: TestPerson, email: string, personId: string | null) =>
    submitAccessRequest(world.as(by), {
      contactManagerEmail: email,
      items: [{ personId, level: 'look' }],
      endsOn: '2027-02-01',
      reason: 'Work',
    })

  test('BX-04 a leaver loses everything at all customers by one action; every customer is told once, and the receipt lists what ended and is left', async () => {
    const { acme, larkfield, dana, omar, priya, admin } = stage
    const beta = await world.customer('Beta Foods')
    const bea = await world.person(beta, 'Bea Boss', ['contact_manager'])
    const gamma = await world.customer('Gamma Tools')
    const gus = await world.person(gamma, 'Gus Boss', ['contact_manager'])
    const delta = await world.customer('Delta Mills')
    const dora = await world.person(delta, 'Dora Boss', ['contact_manager'])
    const personal = await world.grant(acme, omar, 'update')
    await world.grant(acme, larkfield, 'look')
    const atBeta = await world.grant(beta, omar, 'create')
    await world.grant(gamma, larkfield, 'update')
    await world.grant(acme, priya, 'look')
    const open = await world.record(acme, { people: { requester: stage.contact, point_of_contact: omar } })
    const asked = await world.record(acme, { people: { requester: stage.tom, point_of_contact: omar } })
    const closed = await world.record(acme, { state: 'closed', people: { point_of_contact: omar } })
    const copied = await world.record(beta, { people: { requester: bea, additional_contact: omar } })
    const [group] = await own<{ id: string }>('insert into groups (partner_id, name, created_at) values ($1, $2, $3) returning id', [
      larkfield.id,
      'Night shift',
      '2026-01-01',
    ])
    await own('insert into group_members (group_id, person_id, from_at) values ($1, $2, $3)', [group?.id, omar.id, '2026-01-01'])
    await own("insert into api_keys (name, hash, side, organization_id, created_at) values ('sync', 'h1', 'partner', $1, now())", [
      larkfield.id,
    ])
    await session(omar)
    await session(omar)
    await session(priya)
    await ask(omar, dora.email, omar.id)
    await ask(admin, gus.email, omar.id)
    const before = (await world.letters()).length

    expect((await refusalOf(disablePerson(world.as(priya), { organizationId: larkfield.id, contactId: omar.id }))).code).toBe('not-allowed')
    expect((await refusalOf(disablePerson(world.as(dana), { organizationId: larkfield.id, contactId: omar.id }))).code).toBe('not-found')
    const receipt = await disablePerson(world.as(admin), { organizationId: larkfield.id, contactId: omar.id })

    expect(receipt.contact).toMatchObject({ state: 'disabled', name: omar.name })
    expect(receipt.ended.join(' ')).toMatch(
      /does not belong to Larkfield any more.*2 sessions ended.*“Night shift”.*Withdrawn: R-\d+ and R-\d+/,
    )
    expect(receipt.left).toEqual(['Still in use: 1 API key of Larkfield (sync). Whoever has seen one can use it.'])
    const at = (id: string) => receipt.customers.find((one) => one.id === id)
    expect(at(acme.id)?.ended).toEqual([
      `Personal access A-${personal.number} ended: Work on requests.`,
      expect.stringMatching(/is now the point of contact of SR-/),
      expect.stringMatching(/is now the point of contact of SR-/),
    ])
    expect(at(acme.id)?.left).toEqual([expect.stringMatching(/^Everyone at Larkfield still has access; Omar Nasser is not among them/)])
    expect(at(beta.id)?.ended).toEqual([
      `Personal access A-${atBeta.number} ended: Open requests for you.`,
      'Omar Nasser is no longer copied in on 1 record.',
    ])
    expect(at(gamma.id)?.ended).toEqual([])
    // Before whom a request stands is for nobody at the partner to learn.
    expect(at(delta.id)).toBeUndefined()

    const told = (await world.letters()).slice(before).filter(({ letter }) => letter === 'partner-person-left')
    expect(told.map(({ to }) => to).sort()).toEqual([dana.email, stage.tom.email, bea.email, gus.email, dora.email].sort())
    expect(told.find(({ to }) => to === dora.email)?.body_text).toMatch(/request R-\d+ for access is withdrawn/)
    expect(told.find(({ to }) => to === dana.email)?.body_text).toMatch(/point of contact of/)

    expect((await refusalOf(readRecord(world.as(omar), { kind: serviceRequest, id: open.id }))).code).toBe('not-signed-in')
    expect(await own('select 1 from sessions where person_id = $1 and ended_at is null', [omar.id])).toEqual([])
    expect(await own('select 1 from sessions where person_id = $1 and ended_at is null', [priya.id])).toHaveLength(1)
    expect(await own('select 1 from group_members where person_id = $1 and until_at is null', [omar.id])).toEqual([])
    const grants = await own<{ end_kind: string; ended_by: string }>('select end_kind, ended_by from grants where person_id = $1', [
      omar.id,
    ])
    expect(grants).toEqual([admin, admin].map(({ id }) => ({ end_kind: 'relinquished', ended_by: id })))
    expect(await own('select 1 from grants where person_id = $1 and ended_at is null', [priya.id])).toHaveLength(1)
    expect((await own<{ state: string }>('select state from access_requests')).map(({ state }) => state)).toEqual([
      'withdrawn',
      'withdrawn',
    ])
    const pointOf = async (id: string) =>
      (
        await own<{ person_id: string }>("select person_id from record_people where record_id = $1 and relation = 'point_of_contact'", [id])
      )[0]?.person_id
    // To the requester where they may have it, else to somebody who may; what is closed keeps its history.
    expect(await pointOf(asked.id)).toBe(stage.tom.id)
    expect(await pointOf(open.id)).toBe(dana.id)
    expect(await pointOf(closed.id)).toBe(omar.id)
    expect(await own('select 1 from record_people where record_id = $1 and person_id = $2', [copied.id, omar.id])).toEqual([])
    const history = (await world.audit()).filter(({ what }) => what === 'person.left')
    expect(history.map(({ customer_id }) => customer_id).sort()).toEqual([acme.id, beta.id, gamma.id, delta.id].sort())
    expect(history.every(({ actor_name }) => actor_name === admin.name)).toBe(true)
    expect((await refusalOf(disablePerson(world.as(admin), { organizationId: larkfield.id, contactId: omar.id }))).code).toBe('stale')
  })

  test('BX-04 the vendor, too, lets go a person of a partner', async () => {
    const firm = await world.partner('Smallfirm')
    const [sue] = [await world.person(firm, 'Sue', ['consultant']), await world.person(firm, 'Sam', ['partner_administrator'])]
    const receipt = await disablePerson(world.as(await world.person(world.vendor, 'Olga', ['operator'])), {
      organizationId: firm.id,
      contactId: sue.id,
    })
    expect(receipt.contact.state).toBe('disabled')
  })

  test('OR-096 OR-097 a partner moved from a contact record of its own to a permission works on what the contact record opened, as before', async () => {
    const { acme, dana, larkfield, priya } = stage
    const double = await world.person(acme, 'Priya Double', ['contact'], 'priya.double@larkfield.example')
    const opened = await world.record(acme, { title: 'Old request', people: { requester: double, point_of_contact: double } })
    expect((await listPeople(world.as(dana), { organizationId: acme.id })).items.find(({ id }) => id === double.id)?.outside?.name).toBe(
      larkfield.name,
    )
    await giveAccess(world.as(dana), {
      partnerId: larkfield.id,
      personIds: [priya.id],
      level: 'update',
      endsOn: '2027-02-01',
      reason: 'Instead of the contact record',
      understood: true,
    })
    await disablePerson(world.as(dana), { organizationId: acme.id, contactId: double.id })
    const seen = await readRecord(world.as(priya), { kind: serviceRequest, id: opened.id })
    expect(seen.title).toBe('Old request')
    await updateRecord(world.as(priya), { kind: serviceRequest, id: opened.id, title: 'Still mine to work on' })
    // The history keeps who opened it, and its point of contact is somebody who is there.
    const named = await own<{ relation: string; person_id: string }>('select relation, person_id from record_people where record_id = $1', [
      opened.id,
    ])
    expect(named).toEqual(
      expect.arrayContaining([
        { relation: 'requester', person_id: double.id },
        { relation: 'point_of_contact', person_id: dana.id },
      ]),
    )
  })
})
