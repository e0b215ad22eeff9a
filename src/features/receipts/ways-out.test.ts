// Five ways in which an access gives nothing any more, each with its own word, its own people and its own letters; and what ends beside grants.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { accessStage, refusalOf } from '../../../test/access-stage.ts'
import { databaseKinds } from '../../../test/database.ts'
import { createWorld, type TestPerson, type World, worldStart } from '../../../test/world.ts'
import { readHistory } from '../audit-log/read-history.ts'
import { changeAccess } from '../grants/change-access.ts'
import { listGrants } from '../grants/list-grants.ts'
import { relinquishAccess } from '../grants/relinquish-access.ts'
import { removeAccess } from '../grants/remove-access.ts'
import { setRoles } from '../grants/set-roles.ts'
import { fillGroup } from '../groups/fill-group.ts'
import { listGroups } from '../groups/list-groups.ts'
import { removePartner } from './remove-partner.ts'
import { liftSuspension, suspendPartner } from './suspend-partner.ts'
import { undoRemoval } from './undo-removal.ts'

const support = async (world: World) => {
  world.setClock(worldStart)
  const place = await accessStage(world)
  await world.relationship(place.acme, place.larkfield)
  return { ...place, record: await world.record(place.acme) }
}

describe.each(databaseKinds)('ways out on %s', (kind) => {
  let world: World
  let telephony: World
  beforeAll(async () => {
    world = await createWorld(kind)
    telephony = await createWorld(kind, 'telephony-account')
  })
  afterAll(() => Promise.all([world.close(), telephony.close()]))

  const reads = (person: TestPerson, id: string) =>
    world
      .as(person)
      .reading('service_request:read', { kind: 'record', recordKind: 'service_request', id }, async () => true)
      .catch(() => false)
  const states = async (dana: TestPerson) =>
    (await listGrants(world.as(dana), { side: 'given', state: 'all' })).map(({ state }) => state).sort()

  test('expired, removed, relinquished, replaced and suspended are five states, and each gives nothing', async () => {
    const { acme, larkfield, dana, priya, omar, admin, record } = await support(world)
    const tom = await world.person(larkfield, 'Tomas', ['consultant'])
    await world.grant(acme, priya, 'look', { until: '2026-11-21T09:59:59Z' as never })
    const { id: removed } = await world.grant(acme, omar, 'look')
    const { id: given } = await world.grant(acme, admin, 'look')
    const { id: old } = await world.grant(acme, tom, 'look')
    await removeAccess(world.as(dana), { grantId: removed })
    await relinquishAccess(world.as(admin), { grantId: given })
    await changeAccess(world.as(dana), { grantId: old, level: 'cc' })
    expect(await states(dana)).toEqual(['active', 'expired', 'relinquished', 'removed', 'replaced'])
    await suspendPartner(world.withKey(world.vendor, true), { partnerId: larkfield.id, reason: 'A stolen laptop' })
    expect(await states(dana)).toEqual(['expired', 'relinquished', 'removed', 'replaced', 'suspended'])
    for (const person of [priya, omar, admin, tom]) expect(await reads(person, record.id)).toBe(false)
  })

  test('a person gives up what is their own, an administrator also what everyone has; both sides are told what is left', async () => {
    const { acme, larkfield, dana, priya, omar, admin, record } = await support(world)
    const everyone = await world.grant(acme, larkfield, 'look')
    const own = await world.grant(acme, priya, 'update')
    expect((await refusalOf(relinquishAccess(world.as(omar), { grantId: everyone.id }))).code).toBe('not-allowed')
    expect((await refusalOf(relinquishAccess(world.as(dana), { grantId: everyone.id }))).code).toBe('not-allowed')
    const [grant] = (await listGrants(world.as(priya), { side: 'received', state: 'active' })).filter(({ person }) => person !== null)
    expect(grant?.abilities).toMatchObject({ relinquish: true, remove: false })
    const { left } = await relinquishAccess(world.as(priya), { grantId: own.id, reason: 'The work is done' })
    expect(left[0]).toMatch(/^Priya Raman still has: See all requests .*, like everyone at Larkfield\.$/)
    expect(await reads(priya, record.id)).toBe(true)
    await relinquishAccess(world.as(admin), { grantId: everyone.id })
    expect([await reads(priya, record.id), await reads(omar, record.id), await states(dana)]).toEqual([
      false,
      false,
      ['relinquished', 'relinquished'],
    ])
    expect((await refusalOf(relinquishAccess(world.as(admin), { grantId: everyone.id }))).message).toMatch(/already given up by Ada Boss/)
    const told = (await world.letters()).filter(({ letter, to }) => letter === 'access-relinquished' && to === dana.email)
    expect(told.map(({ subject }) => subject)).toEqual(Array(2).fill('Larkfield gave up its access to Acme Robotics'))
    const { items } = await readHistory(world.as(dana), { limit: 9, what: 'grant.relinquished', customer: acme.id })
    expect(items[1]?.sentence).toMatch(
      /^Priya Raman \(Larkfield\) gave up the access of Priya Raman \(Larkfield\) at Acme Robotics: Work on requests/,
    )
  })

  test('the vendor suspends a partner as a whole and lifts that; the customers and the partner are told, and only who runs the portal may', async () => {
    const { acme, larkfield, dana, priya, admin, record } = await support(world)
    await world.grant(acme, larkfield, 'look')
    const operator = await world.person(world.vendor, 'Ola', ['operator'])
    const input = { partnerId: larkfield.id, reason: 'A stolen laptop' }
    for (const person of [dana, admin]) expect((await refusalOf(suspendPartner(world.as(person), input))).code).toMatch(/^not-/)
    expect(await suspendPartner(world.as(operator), input)).toMatchObject({ suspended: true, customers: 1 })
    expect([await reads(priya, record.id), await states(dana)]).toEqual([false, ['suspended']])
    expect((await refusalOf(suspendPartner(world.as(operator), input))).code).toBe('stale')
    expect(await liftSuspension(world.as(operator), { ...input, reason: 'Found again' })).toMatchObject({ suspended: false })
    expect([await reads(priya, record.id), await states(dana)]).toEqual([true, ['active']])
    expect((await refusalOf(liftSuspension(world.as(operator), input))).code).toBe('stale')
    const subjects = (await world.letters())
      .filter(({ to }) => [dana.email, priya.email].includes(to))
      .map(({ letter, to }) => `${letter} ${to === dana.email}`)
    expect(subjects.filter((one) => one.startsWith('partner-')).sort()).toEqual([
      'partner-suspended false',
      'partner-suspended true',
      'partner-unsuspended false',
      'partner-unsuspended true',
    ])
  })

  test('BX-03 what people chose to get by mail ends with the access and comes back with it', async () => {
    const { acme, larkfield, dana, priya } = await support(world)
    await world.grant(acme, larkfield, 'look')
    const choices = async () =>
      (
        await world.stage.owner.query<{ way: string }>('select way from notice_choices where person_id = $1 and customer_id = $2', [
          priya.id,
          acme.id,
        ])
      ).rows
    await world.stage.owner.query(
      "insert into notice_choices (person_id, customer_id, notice, way, chosen_at) values ($1, $2, 'site', 'digest', now())",
      [priya.id, acme.id],
    )
    const { id, ended } = await removePartner(world.as(dana), { partnerId: larkfield.id })
    expect([ended.find(({ what }) => what === 'subscription')?.says, await choices()]).toEqual(['One choice of what to get by mail.', []])
    await undoRemoval(world.as(dana), { removalId: id })
    expect(await choices()).toEqual([{ way: 'digest' }])
  })

  test('BX-03 groups that the roles made end with them, and are there again with the same people when it is undone', async () => {
    telephony.setClock(worldStart)
    const acme = await telephony.customer('Acme Robotics')
    const larkfield = await telephony.partner('Larkfield')
    await telephony.relationship(acme, larkfield)
    const dana = await telephony.person(acme, 'Dana Lee', ['decision_maker'])
    const ada = await telephony.person(larkfield, 'Ada Boss', ['partner_administrator'])
    const priya = await telephony.person(larkfield, 'Priya Raman', ['partner_user'])
    await setRoles(telephony.as(dana), {
      partnerId: larkfield.id,
      roles: ['phone_manager'],
      notify: 'it@larkfield.example',
      understood: true,
    })
    const group = (await listGroups(telephony.as(ada)))[0]
    await fillGroup(telephony.as(ada), { groupId: group?.id ?? '', personIds: [priya.id] })
    const receipt = await removePartner(telephony.as(dana), { partnerId: larkfield.id })
    expect(receipt.ended.map(({ what }) => what)).toEqual(['grant', 'group'])
    expect(receipt.ended[1]?.says).toBe('The group “Acme Robotics Phone Manager” of Larkfield, with Priya Raman.')
    expect((await listGroups(telephony.as(ada))).map(({ state }) => state)).toEqual(['ended'])
    await undoRemoval(telephony.as(dana), { removalId: receipt.id })
    const [back] = await listGroups(telephony.as(ada))
    expect([back?.id, back?.state, back?.members.map(({ name }) => name), back?.access.length]).toEqual([
      group?.id,
      'standing',
      ['Priya Raman'],
      1,
    ])
  })
})
