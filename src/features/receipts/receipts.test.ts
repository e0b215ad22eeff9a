// Everything of a partner ends by one action, the receipt tells the truth about what ended and what is left, and for ten minutes all of it can come back.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { accessStage, refusalOf } from '../../../test/access-stage.ts'
import { databaseKinds } from '../../../test/database.ts'
import { createWorld, type TestPerson, type TestRecord, type World, worldStart } from '../../../test/world.ts'
import { listAccessRequests } from '../access-requests/list-access-requests.ts'
import { submitAccessRequest } from '../access-requests/submit-access-request.ts'
import { readHistory } from '../audit-log/read-history.ts'
import { giveAccess } from '../grants/give-access.ts'
import { listGrants } from '../grants/list-grants.ts'
import { removeAccess } from '../grants/remove-access.ts'
import { listRemovals, readRemoval } from './read-removals.ts'
import { previewRemoval, removePartner } from './remove-partner.ts'
import { undoRemoval } from './undo-removal.ts'

describe.each(databaseKinds)('removals on %s', (kind) => {
  let world: World
  beforeAll(async () => {
    world = await createWorld(kind)
  })
  afterAll(() => world.close())

  /** Larkfield has access for everyone, one personal access, a request that waits, and Priya is point of contact of one and copied in on another. */
  async function stage() {
    world.setClock(worldStart)
    const place = await accessStage(world)
    const { acme, larkfield, priya, omar, dana, admin } = place
    await world.relationship(acme, larkfield)
    await world.grant(acme, larkfield, 'look', { givenBy: dana })
    await world.grant(acme, priya, 'update', { givenBy: dana, reason: 'The migration' })
    const main = await world.record(acme, { people: { requester: dana, point_of_contact: priya } })
    const other = await world.record(acme, { people: { requester: dana, point_of_contact: dana, additional_contact: [priya] } })
    const closed = await world.record(acme, { state: 'closed', people: { requester: dana, point_of_contact: priya } })
    const items = [{ personId: omar.id, level: 'create' }]
    await submitAccessRequest(world.as(admin), { contactManagerEmail: dana.email, items, endsOn: '2027-03-01', reason: 'More to do' })
    return { ...place, main, other, closed }
  }

  const reads = (person: TestPerson, record: TestRecord) =>
    world
      .as(person)
      .reading('service_request:read', { kind: 'record', recordKind: 'service_request', id: record.id }, async () => true)
      .catch(() => false)
  const named = async (record: TestRecord) =>
    (
      await world.stage.owner.query<{ relation: string; name: string }>(
        'select relation, name from record_people n join people p on p.id = n.person_id where record_id = $1 order by 1, 2',
        [record.id],
      )
    ).rows.map(({ relation, name }) => `${relation} ${name}`)
  const states = async (dana: TestPerson) => (await listGrants(world.as(dana), { side: 'given', state: 'all' })).map(({ state }) => state)

  test('BX-03 one action ends the access of everyone and of persons, what waits, and every name on records; the receipt says so and what is left', async () => {
    const { dana, priya, omar, admin, larkfield, acme, main, other, closed } = await stage()
    const { ends } = await previewRemoval(world.as(dana), { partnerId: larkfield.id })
    expect([await reads(priya, main), await reads(omar, main), await states(dana)]).toEqual([true, true, ['active', 'active']])
    const receipt = await removePartner(world.as(dana), { partnerId: larkfield.id, reason: 'The project is over' })
    expect(await Promise.all([main, other, closed].flatMap((record) => [reads(priya, record), reads(omar, record)]))).toEqual(
      Array(6).fill(false),
    )
    expect(await states(dana)).toEqual(['removed', 'removed'])
    expect((await listAccessRequests(world.as(admin), { side: 'asked', state: 'all' })).map(({ state }) => state)).toEqual(['denied'])
    for (const record of [main, other, closed]) expect((await named(record)).filter((one) => one.includes('Priya'))).toEqual([])
    expect(receipt.ended.map(({ what }) => what)).toEqual(['grant', 'grant', 'request', 'named'])
    expect(receipt.ended.at(-1)?.says).toBe(`Priya Raman is no longer named on ${closed.number}, ${other.number} and ${main.number}.`)
    expect(ends.slice(0, 3)).toEqual(receipt.ended.slice(0, 3).map(({ says }) => says))
    expect(receipt.left[0]).toBe('Nobody at Larkfield has access to Acme Robotics any more.')
    expect(receipt.left[1]).toMatch(/^Dana Lee is now the point of contact of .* instead of Priya Raman\.$/)
    expect(await readRemoval(world.as(dana), { removalId: receipt.id })).toEqual(receipt)
    expect((await refusalOf(removePartner(world.as(dana), { partnerId: larkfield.id }))).code).toBe('stale')
    const { items } = await readHistory(world.as(dana), { limit: 50, what: 'partner.removed', customer: acme.id })
    expect(items[0]?.sentence).toMatch(
      /^Dana Lee \(Acme Robotics\) removed everything that Larkfield had at Acme Robotics \(E-\d+\)\. Reason/,
    )
  })

  test('BX-03 undoing brings no access back of a partner that does not work with the customer any more, and names nobody who left', async () => {
    const { dana, priya, larkfield, acme, main } = await stage()
    const receipt = await removePartner(world.as(dana), { partnerId: larkfield.id })
    const end = 'update memberships set until_at = $2 where person_id = $1'
    await world.stage.owner.query(end, [priya.id, world.clock.at])
    const open = [acme.id, world.clock.at]
    await world.stage.owner.query('update relationships set until_at = $2 where customer_id = $1', open)
    const { undone } = await undoRemoval(world.as(dana), { removalId: receipt.id })
    const said = undone?.cameBack ?? []
    expect(said.filter((one) => one.endsWith('Larkfield does not work with you any more.'))).toHaveLength(2)
    expect(said.some((one) => one.startsWith('Priya Raman is not named again on'))).toBe(true)
    expect(await states(dana)).toEqual(['removed', 'removed'])
    expect(await named(main)).toEqual(['point_of_contact Dana Lee', 'requester Dana Lee'])
  })

  test('BX-03 somebody who left meanwhile is not named again while the others are', async () => {
    const { dana, priya, omar, larkfield, acme, main } = await stage()
    const his = await world.record(acme, { people: { requester: dana, point_of_contact: omar } })
    const receipt = await removePartner(world.as(dana), { partnerId: larkfield.id })
    await world.stage.owner.query('update memberships set until_at = $2 where person_id = $1', [priya.id, world.clock.at])
    await undoRemoval(world.as(dana), { removalId: receipt.id })
    expect([await named(main), await named(his)]).toEqual([
      ['point_of_contact Dana Lee', 'requester Dana Lee'],
      ['point_of_contact Omar Nasser', 'requester Dana Lee'],
    ])
  })

  test('BX-03 a part of a request whose place a newer one took stays answered when the removal is undone', async () => {
    const { dana, tom, admin, priya, larkfield } = await stage()
    const ask = (to: TestPerson, items: { personId: string; level: string }[]) =>
      submitAccessRequest(world.as(admin), { contactManagerEmail: to.email, items, endsOn: '2027-02-01', reason: 'x' })
    const older = await ask(tom, [
      { personId: priya.id, level: 'full_admin' },
      { personId: admin.id, level: 'look' },
    ])
    await ask(dana, [{ personId: priya.id, level: 'cc' }])
    const waits = async () =>
      (
        await world.stage.owner.query<{ waits: boolean }>(
          'select person_id = $2 as priya, pending_customer_id is not null as waits from access_request_items where request_id = $1 order by 1',
          [older.id, priya.id],
        )
      ).rows.map(({ waits: one }) => one)
    expect(await waits()).toEqual([true, false])
    const receipt = await removePartner(world.as(dana), { partnerId: larkfield.id })
    await undoRemoval(world.as(dana), { removalId: receipt.id })
    expect(await waits()).toEqual([true, false])
  })

  test('BX-03 the letters: administrators read all of it, whoever had access what concerns them alone, and the customer what is its own', async () => {
    const { dana, tom, priya, admin, contact, larkfield } = await stage()
    const insider = await world.person(dana.organization, 'Lena Larkfield', ['contact'], `lena.${dana.id}@larkfield.example`)
    const receipt = await removePartner(world.as(dana), { partnerId: larkfield.id })
    const letters = (await world.letters()).filter(({ letter }) => letter === 'partner-removed')
    const to = (person: TestPerson) => letters.filter((letter) => letter.to === person.email).map(({ body_text }) => body_text)
    expect(to(admin)[0]).toContain('Priya Raman: Work on requests until')
    expect(to(priya)[0]).toContain('You have no access to Acme Robotics any more.')
    expect(to(priya)[0]).not.toContain('Everyone at Larkfield')
    for (const person of [dana, tom]) expect(to(person)[0]).toContain(`${insider.name} (${insider.email}) is one of your own people`)
    expect(to(admin)[0]).not.toContain(insider.name)
    expect([to(contact).length, receipt.left.some((one) => one.startsWith(insider.name))]).toEqual([0, true])
  })

  test('BX-03 within ten minutes it is undone once: grants to the same end, the request waits again, and everybody is named where they were', async () => {
    const { dana, tom, priya, omar, admin, larkfield, main, other, closed } = await stage()
    const before = await Promise.all([main, other, closed].map(named))
    const receipt = await removePartner(world.as(dana), { partnerId: larkfield.id })
    world.setClock('2026-11-21T10:09:59.999Z')
    const undone = await undoRemoval(world.as(tom), { removalId: receipt.id })
    expect(undone.undone?.cameBack.filter((one) => !one.startsWith('Came back') && !one.includes('is named again on'))).toEqual([])
    expect(await Promise.all([main, other, closed].map(named))).toEqual(before)
    expect([await reads(priya, main), await reads(omar, main)]).toEqual([true, true])
    const [personal, everyone] = await listGrants(world.as(dana), { side: 'given', state: 'active' })
    expect([personal, everyone].map((grant) => [grant?.level, grant?.reason, grant?.from, grant?.givenBy?.name]).sort()).toEqual([
      ['look', null, '2026-11-21T10:09:59.999Z', 'Tom Lindqvist'],
      ['update', 'The migration', '2026-11-21T10:09:59.999Z', 'Tom Lindqvist'],
    ])
    expect((await listAccessRequests(world.as(admin), { side: 'asked', state: 'all' })).map(({ state }) => state)).toEqual(['waiting'])
    expect((await refusalOf(undoRemoval(world.as(dana), { removalId: receipt.id }))).code).toBe('already-answered')
    const told = (await world.letters()).filter(({ letter, to }) => letter === 'removal-undone' && [priya.email, admin.email].includes(to))
    expect(told.map(({ body_text }) => /You have: Work on requests|Priya Raman: Work on requests/.test(body_text))).toEqual([true, true])
  })

  test('BX-03 after ten minutes nothing is undone, and what may not be any more does not come back', async () => {
    const { dana, priya, omar, larkfield, acme } = await stage()
    await world.grant(acme, omar, 'look', { until: '2026-11-21T10:05:00.000Z' as never })
    const receipt = await removePartner(world.as(dana), { partnerId: larkfield.id })
    await giveAccess(world.as(dana), {
      partnerId: larkfield.id,
      personIds: null,
      level: 'cc',
      endsOn: '2027-01-31',
      reason: 'Less',
      understood: true,
    })
    await world.stage.owner.query('update memberships set until_at = $2 where person_id = $1', [priya.id, '2026-11-21T10:01:00Z'])
    world.setClock('2026-11-21T10:06:00.000Z')
    const { undone } = await undoRemoval(world.as(dana), { removalId: receipt.id })
    const not = undone?.cameBack.filter((one) => one.startsWith('Did not come back')) ?? []
    expect(not.map((one) => one.split('. ').at(-1)).sort()).toEqual([
      'Another access was given instead meanwhile.',
      'Its last day is over.',
      'Priya Raman does not work there any more.',
    ])
    const late = await removePartner(world.as(dana), { partnerId: larkfield.id })
    world.setClock('2026-11-21T10:16:00.000Z')
    expect((await refusalOf(undoRemoval(world.as(dana), { removalId: late.id }))).message).toMatch(
      /^A removal can be undone for ten minutes/,
    )
    expect((await readRemoval(world.as(dana), { removalId: late.id })).abilities.undo).toBe(false)
  })

  test('BX-03 a single access that was removed comes back the same way, to the same person', async () => {
    const { dana, priya, omar, main } = await stage()
    const [grant] = (await listGrants(world.as(dana), { side: 'given', state: 'active' })).filter(({ person }) => person?.id === priya.id)
    const { removal, left } = await removeAccess(world.as(dana), { grantId: grant?.id ?? '' })
    expect(left[0]).toMatch(/^Priya Raman still has: See all requests .* like everyone at Larkfield\.$/)
    expect(await named(main)).toEqual(['additional_contact Priya Raman', 'point_of_contact Dana Lee', 'requester Dana Lee'])
    expect((await listRemovals(world.as(dana), { grant: grant?.id })).map(({ id }) => id)).toEqual([removal.id])
    await undoRemoval(world.as(dana), { removalId: removal.id })
    expect(await named(main)).toEqual(['point_of_contact Priya Raman', 'requester Dana Lee'])
    expect((await listGrants(world.as(priya), { side: 'received', state: 'active' })).map(({ level }) => level).sort()).toEqual([
      'look',
      'update',
    ])
    expect(await listGrants(world.as(omar), { side: 'received', state: 'active' })).toHaveLength(1)
  })

  test('only who may remove access removes, and only who may give it undoes; another customer has no such receipt', async () => {
    const { dana, priya, contact, larkfield } = await stage()
    const stranger = await world.person(await world.customer('Borealis'), 'Bo', ['contact_manager'])
    for (const person of [priya, contact])
      expect((await refusalOf(removePartner(world.as(person), { partnerId: larkfield.id }))).code).toMatch(/^not-/)
    expect((await refusalOf(removePartner(world.as(stranger), { partnerId: larkfield.id }))).code).toBe('not-found')
    const { id } = await removePartner(world.as(dana), { partnerId: larkfield.id })
    for (const person of [stranger, priya])
      expect((await refusalOf(readRemoval(world.as(person), { removalId: id }))).code).toMatch(/^not-/)
    expect((await refusalOf(undoRemoval(world.as(stranger), { removalId: id }))).code).toBe('not-found')
    expect((await refusalOf(undoRemoval(world.as(contact), { removalId: id }))).code).toBe('not-allowed')
  })
})
