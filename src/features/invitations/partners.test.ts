// Partners of record and partners that a customer chose: what the label means, what the customer ends, and what a partner needs to use its access.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { refusalOf } from '../../../test/access-stage.ts'
import { databaseKinds } from '../../../test/database.ts'
import { createWorld, type World } from '../../../test/world.ts'
import { setRoles } from '../grants/set-roles.ts'
import { fillGroup } from '../groups/fill-group.ts'
import { listGroups } from '../groups/list-groups.ts'
import { listPartners } from '../organizations/list-partners.ts'
import { closeRecord } from '../service-requests/close-record.ts'
import { openRecord } from '../service-requests/open-record.ts'
import { updateRecord } from '../service-requests/update-record.ts'
import { listInvitations } from './list-invitations.ts'
import { revokePartner } from './revoke-partner.ts'
import { authorized, codeOf, type InvitationStage, invitationStage, invite, kept } from './stage.test-support.ts'

describe.each(databaseKinds)('partners of an account on %s', (kind) => {
  let world: World
  beforeAll(async () => {
    world = await createWorld(kind, 'telephony-account')
  })
  afterAll(() => world.close())

  /** As the vendor recorded it when the account was created. */
  async function ofRecord({ acme, larkfield }: InvitationStage): Promise<void> {
    await world.relationship(acme, larkfield)
    await world.stage.owner.query('update relationships set of_record = true where customer_id = $1', [acme.id])
  }
  const enable = ({ dana, larkfield }: InvitationStage, roles: string[]) =>
    setRoles(world.as(dana), { partnerId: larkfield.id, roles, notify: 'it@larkfield.example', understood: true })
  const fill = async ({ ada, priya }: InvitationStage) =>
    fillGroup(world.as(ada), {
      groupId: (await listGroups(world.as(ada))).find(({ state }) => state === 'standing')?.id as string,
      personIds: [priya.id],
    })
  const customersOf = async ({ priya }: InvitationStage) =>
    (
      await world.stage.owner.query('select customer_id from standing_grants($1, $2, $3, $4)', [
        priya.id,
        priya.organization.id,
        'partner',
        world.clock.at,
      ])
    ).rows

  test('MI-001 M-A9 the partner of record is shown as such, has nothing by it, is not invited, and stays when its roles go', async () => {
    const place = await invitationStage(world)
    await ofRecord(place)
    const other = await world.partner('Brightline')
    await world.relationship(place.acme, other)
    const shown = async () => (await listPartners(world.as(place.dana))).map(({ name, ofRecord }) => [name, ofRecord])
    expect(await shown()).toEqual([
      ['Brightline', false],
      ['Larkfield', true],
    ])
    expect(await customersOf(place)).toEqual([])
    expect((await refusalOf(invite(world, place.dana, place.code))).code).toBe('overlaps')
    await enable(place, ['decision_maker'])
    await fill(place)
    expect(await customersOf(place)).toHaveLength(1)
    await enable(place, [])
    expect(await customersOf(place)).toEqual([])
    expect(await shown()).toContainEqual(['Larkfield', true])
  })

  test('MI-034 a Decision Maker revokes a partner that the customer chose, at any time: all of it ends at once, and both sides are told', async () => {
    const place = await invitationStage(world)
    await authorized(world, place, ['decision_maker', 'phone_manager'])
    await fill(place)
    expect((await refusalOf(revokePartner(world.as(place.phil), { partnerId: place.larkfield.id }))).code).toBe('not-allowed')
    expect((await refusalOf(revokePartner(world.as(place.priya), { partnerId: place.larkfield.id }))).code).toBe('not-found')
    expect(await customersOf(place)).toHaveLength(1)
    world.passDays(1)
    expect(await revokePartner(world.as(place.dana), { partnerId: place.larkfield.id, reason: 'We are done.' })).toEqual({
      partner: { id: place.larkfield.id, name: 'Larkfield' },
      ended: 2,
    })
    expect(await customersOf(place)).toEqual([])
    expect(await kept(world, place)).toEqual({ grants: 0, groups: 0, relationships: 0, states: ['accepted'] })
    expect(await listPartners(world.as(place.dana))).toEqual([])
    const letters = (await world.letters()).filter(({ letter }) => letter === 'partner-revoked').map(({ to }) => to)
    for (const { email } of [place.dana, place.dora, place.ada, place.adam]) expect(letters).toContain(email)
    expect((await world.audit()).filter(({ what, customer_id: of }) => what === 'relationship.ended' && of === place.acme.id)).toHaveLength(
      1,
    )
    // It can be invited again, and is asked again.
    expect((await invite(world, place.dana, place.code)).state).toBe('waiting')
  })

  test('MI-034 other kinds of partner access are not revoked so: the partner of record stays with what it has, and so do others', async () => {
    const place = await invitationStage(world)
    await ofRecord(place)
    await enable(place, ['phone_manager'])
    await fill(place)
    const refusal = await refusalOf(revokePartner(world.as(place.dana), { partnerId: place.larkfield.id }))
    expect([refusal.code, refusal.message]).toEqual(['not-allowed', expect.stringMatching(/your partner of record, which stays/)])
    expect(await customersOf(place)).toHaveLength(1)
    const stranger = await world.partner('Stranger')
    for (const partnerId of [stranger.id, world.vendor.id, place.acme.id, '00000000-0000-4000-8000-000000000000', 'x'])
      expect((await refusalOf(revokePartner(world.as(place.dana), { partnerId }))).code).toBe('not-found')
    const chosen = await invitationStage(world)
    await authorized(world, { ...place, ada: chosen.ada, code: chosen.code, larkfield: chosen.larkfield })
    world.passDays(1)
    await revokePartner(world.as(place.dana), { partnerId: chosen.larkfield.id })
    expect(await customersOf(place)).toHaveLength(1)
  })

  test('MI-042 a partner that has no account with the vendor has no use of its access, and cannot be invited', async () => {
    const place = await invitationStage(world)
    const nobody = await world.partner('Nobody yet')
    await world.relationship(place.acme, nobody)
    await setRoles(world.as(place.dana), {
      partnerId: nobody.id,
      roles: ['decision_maker'],
      notify: 'boss@nobody.example',
      understood: true,
    })
    const { rows } = await world.stage.owner.query(
      'select count(*)::int as n from group_members m join groups g on g.id = m.group_id where g.partner_id = $1',
      [nobody.id],
    )
    expect(rows).toEqual([{ n: 0 }])
    // Whoever is not of its account cannot be put there, and by an account that ends the access is over.
    await authorized(world, place)
    await fill(place)
    expect(await customersOf(place)).toHaveLength(1)
    await world.stage.owner.query('update organizations set suspended_at = $2 where id = $1', [place.larkfield.id, world.clock.at])
    expect(await customersOf(place)).toEqual([])
    expect((await refusalOf(listInvitations(world.as(place.ada)))).code).toBe('not-found')
    const later = await invitationStage(world)
    expect((await refusalOf(invite(world, later.dana, await codeOf(world, place.larkfield)))).more.field).toBe('partnerId')
  })

  test('MI-043 an enabled partner makes changes to users and services, and asks support for them', async () => {
    const place = await invitationStage(world)
    const { acme, priya, ada } = place
    await authorized(world, place, ['phone_manager'])
    const user = await world.record(acme, { kind: 'user', title: 'Desk 12' })
    const change = () => updateRecord(world.as(priya), { kind: 'user', id: user.id, title: 'Desk 14' })
    expect((await refusalOf(change())).code).toBe('not-found')
    await fill(place)
    expect((await change()).title).toBe('Desk 14')
    const opened = await openRecord(world.as(priya), { kind: 'user', customerId: acme.id, title: 'Desk 15', description: 'New phone' })
    expect((await closeRecord(world.as(priya), { kind: 'user', id: opened.id })).state).toBe('closed')
    const ticket = await openRecord(world.as(priya), {
      kind: 'ticket',
      customerId: acme.id,
      title: 'Move a number',
      description: 'Please port it.',
    })
    expect(ticket.number).toMatch(/^T-/)
    expect(
      (await refusalOf(openRecord(world.as(ada), { kind: 'ticket', customerId: acme.id, title: 'x', description: 'x' }))).code,
    ).toMatch(/^not-/)
  })
})
