// Open work does not stay with somebody who lost the access for it.
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { accessStage } from '../../../test/access-stage.ts'
import { databaseKinds } from '../../../test/database.ts'
import { createWorld, type TestPerson, type TestRecord, type World } from '../../../test/world.ts'
import { addMilliseconds, type Instant } from '../../kernel/instant.ts'
import { approveAccessRequest } from '../access-requests/approve-access-request.ts'
import { submitAccessRequest } from '../access-requests/submit-access-request.ts'
import { tellOfEnds } from '../reminders/tell-of-ends.ts'
import { changeAccess } from './change-access.ts'
import { relinquishAccess } from './relinquish-access.ts'
import { removeAccess } from './remove-access.ts'

describe.each(databaseKinds)('open work on %s', (kind) => {
  let world: World
  beforeAll(async () => {
    world = await createWorld(kind)
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
    const { rows } = await world.stage.owner.query('select what, by_name, detail from record_events where record_id = $1', [
      Number(open.id),
    ])
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

  const events = async (record: TestRecord) =>
    (await world.stage.owner.query('select what, by_name, detail from record_events where record_id = $1', [Number(record.id)])).rows

  test('BX-12 whoever gives up their own access hands over to the customer, to the requester of each record first; colleagues keep theirs', async () => {
    const { acme, dana, tom, priya, omar, open, closed, copied, other } = await stage()
    const asked = await world.record(acme, { people: { point_of_contact: priya, requester: tom } })
    const theirs = await world.record(acme, { people: { point_of_contact: omar } })
    const { id } = await world.grant(acme, priya, 'update')
    await world.grant(acme, omar, 'update')
    const { left } = await relinquishAccess(world.as(priya), { grantId: id })
    expect(left).toEqual([
      'Priya Raman has no access to Acme Robotics any more.',
      `Dana Lee is now the point of contact of ${open.number}, instead of Priya Raman.`,
      `Tom Lindqvist is now the point of contact of ${asked.number}, instead of Priya Raman.`,
    ])
    expect(await named(open)).toEqual(['additional_contact: Omar Nasser', 'point_of_contact: Dana Lee'])
    expect(await named(asked)).toEqual(['point_of_contact: Tom Lindqvist', 'requester: Tom Lindqvist'])
    expect(await named(copied)).toEqual(['point_of_contact: Dana Lee'])
    expect([await named(theirs), await named(closed), await named(other)]).toEqual([
      ['point_of_contact: Omar Nasser'],
      ['point_of_contact: Priya Raman'],
      ['point_of_contact: Priya Raman'],
    ])
    expect(await events(asked)).toMatchObject([
      { what: 'point_of_contact', by_name: 'Priya Raman', detail: { person: 'Tom Lindqvist', personId: tom.id, before: 'Priya Raman' } },
    ])
    for (const person of [dana, priya])
      expect((await letterTo(person, 'access-relinquished'))?.body_text).toContain('instead of Priya Raman.')
  })

  test('BX-12 an administrator who may read nothing there gives up what everybody had: who keeps enough of their own keeps the work', async () => {
    const { acme, larkfield, priya, omar, admin, open } = await stage()
    const kept = await world.record(acme, { people: { point_of_contact: omar } })
    const { id } = await world.grant(acme, larkfield, 'update')
    await world.grant(acme, omar, 'update')
    await world.grant(acme, admin, 'cc')
    const { left } = await relinquishAccess(world.as(admin), { grantId: id })
    expect(left).toContain(`Dana Lee is now the point of contact of ${open.number}, instead of Priya Raman.`)
    expect([await named(open), await named(kept)]).toEqual([
      ['additional_contact: Omar Nasser', 'point_of_contact: Dana Lee'],
      ['point_of_contact: Omar Nasser'],
    ])
    expect(await named(open)).not.toContain(`additional_contact: ${priya.name}`)
  })

  test('BX-12 where the customer has nobody for it, the record stays and both sides are told to name somebody', async () => {
    const { acme, priya, open } = await stage()
    const { id } = await world.grant(acme, priya, 'update')
    await world.stage.owner.query('update memberships set until_at = $2 where organization_id = $1', [acme.id, world.clock.at])
    const { left } = await relinquishAccess(world.as(priya), { grantId: id })
    expect(left).toContain(`Nobody could take over ${open.number}: name a point of contact there.`)
    expect(await named(open)).toContain('point_of_contact: Priya Raman')
  })

  test('O-A13 BX-12 an access that ends by its day hands over when that is told, once', async () => {
    const { acme, dana, priya, open, copied } = await stage()
    await world.grant(acme, priya, 'update', {
      from: '2026-01-01T00:00:00.000Z' as Instant,
      until: addMilliseconds(world.clock.at, 86_400_000),
    })
    const runner = () => tellOfEnds(world.asActor({ kind: 'system', task: 'remind' }))
    await runner()
    expect(await named(open)).toContain('point_of_contact: Priya Raman')
    world.passDays(2)
    await Promise.all([runner(), runner()])
    expect(await named(open)).toEqual(['additional_contact: Omar Nasser', 'point_of_contact: Dana Lee'])
    expect(await named(copied)).toEqual(['point_of_contact: Dana Lee'])
    expect(await events(open)).toMatchObject([{ by_name: 'The portal', detail: { person: 'Dana Lee', before: 'Priya Raman' } }])
    const words = `Dana Lee is now the point of contact of ${open.number}, instead of Priya Raman.`
    for (const person of [dana, priya]) expect((await letterTo(person, 'access-ended'))?.body_text).toContain(words)
  })

  test('nobody hands over what somebody of another organization has, whatever the database is asked', async () => {
    const { acme, dana, priya, open } = await stage()
    const { rows } = await world.stage.owner.query<{ id: number }>('select record_id as id from record_people where record_id = $1', [
      Number(open.id),
    ])
    const stolen = await world.as(dana).writing('self:manage', { kind: 'self' }, async (tx) => {
      tx.record({ what: 'tried', detail: {} })
      const given = await sql`select * from hand_over_to_customer('service_request', ${[rows[0]?.id]}::bigint[], array['contact'])`.execute(
        tx.sql,
      )
      const seen =
        await sql`select * from contacts_of_open('service_request', ${acme.customerNo}, array[${priya.id}]::uuid[], array['active'])`.execute(
          tx.sql,
        )
      await sql`select drop_copied_in('service_request', ${acme.customerNo}, array[${priya.id}]::uuid[])`.execute(tx.sql)
      return [given.rows, seen.rows]
    })
    expect(stolen).toEqual([[], []])
    expect(await named(open)).toContain('point_of_contact: Priya Raman')
  })
})
