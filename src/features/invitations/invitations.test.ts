// Invitations by a partner's ID: who sends, who accepts, what is given by it and when, and who is told.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { refusalOf } from '../../../test/access-stage.ts'
import { databaseKinds } from '../../../test/database.ts'
import { actorOf, createWorld, type TestPerson, type World } from '../../../test/world.ts'
import { listGrants } from '../grants/list-grants.ts'
import { relinquishAccess } from '../grants/relinquish-access.ts'
import { readRoles } from '../grants/set-roles.ts'
import { fillGroup } from '../groups/fill-group.ts'
import { listGroups } from '../groups/list-groups.ts'
import { acceptInvitation, declineInvitation } from './answer-invitation.ts'
import { listInvitations, readInvitation } from './list-invitations.ts'
import { sendInvitation } from './send-invitation.ts'
import {
  authorized,
  codeOf,
  type InvitationStage,
  invitationStage,
  invite,
  kept,
  lettersWhile,
  seesTicket,
  told,
} from './stage.test-support.ts'
import { withdrawInvitation } from './withdraw-invitation.ts'

describe.each(databaseKinds)('invitations on %s', (kind) => {
  let world: World
  beforeAll(async () => {
    world = await createWorld(kind, 'telephony-account')
  })
  afterAll(() => world.close())

  const stage = () => invitationStage(world)
  const lettersSince = (work: () => Promise<unknown>) => lettersWhile(world, work)
  const sees = (person: TestPerson, ticket: { id: string }) => seesTicket(world, person, ticket)
  const history = async (what: string, { acme }: InvitationStage) =>
    (await world.audit()).filter((entry) => entry.what === what && entry.customer_id === acme.id)

  test('MI-030 a Decision Maker invites a partner by its ID; its name and the status show on both sides, and both are told', async () => {
    const place = await stage()
    const { dana, dora, ada, adam, code } = place
    // As it is read out: with dashes, in small letters.
    const typed = code.toLowerCase().replace(/(.{4})(?=.)/g, '$1-')
    expect((await listInvitations(world.as(ada))).partnerId).toBe(typed.toUpperCase())
    const letters = await lettersSince(() => invite(world, dana, typed))
    const { items } = await listInvitations(world.as(dora))
    expect(
      items.map(({ partner, state, roles, sentBy, abilities }) => [partner.name, state, roles.map(({ name }) => name), sentBy, abilities]),
    ).toEqual([['Larkfield', 'waiting', ['Decision Maker'], 'Dana Lee', { withdraw: true, answer: false }]])
    const received = (await listInvitations(world.as(ada))).items
    expect(received.map(({ customer, state, sentBy, abilities }) => [customer.name, state, sentBy, abilities])).toEqual([
      ['Acme Robotics', 'waiting', null, { withdraw: false, answer: true }],
    ])
    expect(told(letters, 'invitation-sent')).toEqual([dana, dora, ada, adam].map(({ email }) => email).sort())
    expect(await history('invitation.sent', place)).toMatchObject([{ actor_name: 'Dana Lee', detail: { partner: 'Larkfield' } }])
  })

  test('MI-030 nobody but a Decision Maker invites, and nobody but an administrator of the partner answers', async () => {
    const { dana, phil, ada, priya, code } = await stage()
    expect((await refusalOf(invite(world, phil, code))).code).toBe('not-allowed')
    expect((await refusalOf(invite(world, ada, code))).code).toBe('not-found')
    const { id } = await invite(world, dana, code)
    for (const person of [priya, dana, phil])
      expect(['not-allowed', 'not-found']).toContain((await refusalOf(acceptInvitation(world.as(person), { invitationId: id }))).code)
    for (const person of [priya, ada, phil])
      expect(['not-allowed', 'not-found']).toContain((await refusalOf(withdrawInvitation(world.as(person), { invitationId: id }))).code)
    expect((await readInvitation(world.as(dana), { invitationId: id })).state).toBe('waiting')
  })

  test('MI-030 strangers of either side learn nothing of an invitation, by whatever id', async () => {
    const { dana, code } = await stage()
    const { id } = await invite(world, dana, code)
    const other = await stage()
    for (const invitationId of [id, '00000000-0000-4000-8000-000000000000', 'x']) {
      const answers = [
        await refusalOf(readInvitation(world.as(other.dana), { invitationId })),
        await refusalOf(readInvitation(world.as(other.ada), { invitationId })),
        await refusalOf(withdrawInvitation(world.as(other.dana), { invitationId })),
        await refusalOf(acceptInvitation(world.as(other.ada), { invitationId })),
        await refusalOf(declineInvitation(world.as(other.ada), { invitationId })),
      ]
      expect(new Set(answers.map((answer) => `${answer.code} ${answer.message}`))).toEqual(
        new Set(['not-found There is no such invitation, or you cannot see it.']),
      )
    }
    expect((await listInvitations(world.as(other.dana))).items).toEqual([])
  })

  test('an invitation asks whether the very partner is meant, names it and says what it could do; until then nothing is sent', async () => {
    const place = await stage()
    await world.record(place.acme, { kind: 'ticket' })
    const work = () => refusalOf(sendInvitation(world.as(place.dana), { partner: { id: place.code }, roles: ['decision_maker'] }))
    const letters = await lettersSince(async () => {
      const refusal = await work()
      expect([refusal.code, refusal.more.field]).toEqual(['invalid-input', 'understood'])
      expect(refusal.message).toMatch(
        /invite Larkfield \(larkfield\.example\) as Decision Maker, until 21 May 2027\. It must accept first\./,
      )
      expect(refusal.message).toMatch(/Whoever an administrator of Larkfield adds/)
    })
    expect(letters).toEqual([])
    expect(await kept(world, place)).toEqual({ grants: 0, groups: 0, relationships: 0, states: null })
  })

  test('an ID that nobody has, one of a suspended partner and one that is none are answered alike; ten in an hour, and the tries are refused', async () => {
    const { acme, dana, dora, code } = await stage()
    const gone = await world.partner('Gone')
    await world.stage.owner.query('update organizations set suspended_at = $2 where id = $1', [gone.id, '2026-01-01T00:00:00Z'])
    const acmeCode = await codeOf(world, acme)
    const wrong = ['0000-0000-0000', await codeOf(world, gone), acmeCode, 'none', "'; drop table invitations; --", '٠٠٠٠٠٠٠٠٠٠٠٠']
    const answers = []
    for (const id of wrong) answers.push(await refusalOf(invite(world, dana, id)))
    expect(new Set(answers.map(({ code, message, more }) => `${code} ${message} ${more.field}`)).size).toBe(1)
    expect(answers[0]).toMatchObject({ code: 'invalid-input', more: { field: 'partnerId' } })
    for (let tried = wrong.length; tried < 10; tried++) await refusalOf(invite(world, dora, '0000-0000-0000'))
    // The right ID too, and whoever of the customer tries.
    expect((await refusalOf(invite(world, dana, code))).code).toBe('too-many')
    expect((await refusalOf(invite(world, dora, code))).code).toBe('too-many')
    world.passDays(1)
    expect((await invite(world, dana, code)).state).toBe('waiting')
  })

  test('MI-032 until the partner accepts nobody there has anything; by accepting, each role has an empty group, and both sides are told', async () => {
    const place = await stage()
    const { acme, dana, dora, ada, adam, priya, code } = place
    const ticket = await world.record(acme, { kind: 'ticket' })
    const { id } = await invite(world, dana, code, { roles: ['phone_manager', 'decision_maker'] })
    expect(await kept(world, place)).toEqual({ grants: 0, groups: 0, relationships: 0, states: ['waiting'] })
    expect([await listGroups(world.as(ada)), await sees(ada, ticket), await sees(priya, ticket)]).toEqual([[], false, false])
    expect((await refusalOf(readRoles(world.as(dana), { partnerId: place.larkfield.id }))).code).toBe('not-found')

    const letters = await lettersSince(() => acceptInvitation(world.as(ada), { invitationId: id }))
    const until = expect.stringMatching(/^\d+ May 2027$/)
    expect(told(letters, 'invitation-accepted')).toEqual([dana, dora, ada, adam].map(({ email }) => email).sort())
    expect(await kept(world, place)).toEqual({ grants: 2, groups: 2, relationships: 1, states: ['accepted'] })
    const groups = await listGroups(world.as(ada))
    expect(groups.map(({ name, members, access }) => [name, members, access.map(({ gives, until }) => [gives, until])])).toEqual([
      ['Acme Robotics Decision Maker', [], [['Decision Maker', until]]],
      ['Acme Robotics Phone Manager', [], [['Phone Manager', until]]],
    ])
    expect((await listInvitations(world.as(dana))).items.map(({ state }) => state)).toEqual(['accepted'])
    // Still nobody: the groups are empty.
    expect([await sees(ada, ticket), await sees(priya, ticket)]).toEqual([false, false])
    expect(await history('grant.accepted', place)).toHaveLength(2)
    expect((await readRoles(world.as(dana), { partnerId: place.larkfield.id })).roles.map(({ enabled }) => enabled)).toEqual([true, true])
  })

  test('MI-032 M-A8 a partner that gave its access up and accepts anew has an empty group again', async () => {
    const place = await stage()
    const { acme, ada, priya, dana, code } = place
    const ticket = await world.record(acme, { kind: 'ticket' })
    await authorized(world, place)
    const [old] = await listGroups(world.as(ada))
    await fillGroup(world.as(ada), { groupId: old?.id ?? '', personIds: [priya.id] })
    const [given] = await listGrants(world.as(ada), { side: 'received', state: 'active' })
    await relinquishAccess(world.as(ada), { grantId: given?.id ?? '' })
    world.passDays(1)
    const { id } = await invite(world, dana, code)
    await acceptInvitation(world.as(ada), { invitationId: id })
    expect((await listGroups(world.as(ada))).map((group) => [group.id === old?.id, group.state, group.members.length])).toEqual([
      [false, 'standing', 0],
      [true, 'ended', 1],
    ])
    expect(await sees(priya, ticket)).toBe(false)
  })

  test('MI-033 the authorized partner gives the role to its own staff and to nobody else, and none of them hands it on', async () => {
    const place = await stage()
    const { acme, ada, priya, phil, code } = place
    const ticket = await world.record(acme, { kind: 'ticket' })
    const invoice = await world.record(acme, { kind: 'invoice' })
    await authorized(world, place)
    const groupId = (await listGroups(world.as(ada)))[0]?.id as string
    expect((await refusalOf(fillGroup(world.as(priya), { groupId, personIds: [priya.id] }))).code).toBe('not-allowed')
    for (const stranger of [phil, (await stage()).priya])
      expect((await refusalOf(fillGroup(world.as(ada), { groupId, personIds: [stranger.id] }))).code).toBe('invalid-input')
    await fillGroup(world.as(ada), { groupId, personIds: [priya.id] })
    expect([await sees(priya, ticket), await sees(ada, ticket)]).toEqual([true, false])
    const may = (action: `${string}:${string}`, on: { kind: 'customer'; id: string } = { kind: 'customer', id: acme.id }) =>
      world
        .as(priya)
        .reading(action, on, async () => true)
        .catch(() => false)
    expect(await may('people:manage')).toBe(true)
    for (const action of [
      'access:give',
      'access:change',
      'access:remove',
      'access_request:answer',
      'invitation:send',
      'people:make_administrator',
    ] as const)
      expect([action, await may(action)]).toEqual([action, false])
    expect((await refusalOf(invite(world, priya, code))).code).toBe('not-found')
    const paid = world.as(priya).reading('invoice:pay', { kind: 'record', recordKind: 'invoice', id: invoice.id }, async () => true)
    expect(await paid).toBe(true)
  })

  test('what cannot be said is refused by its field: no role, one that is none, an end that is past or too far away', async () => {
    const { dana, code } = await stage()
    const field = async (more: object) => (await refusalOf(invite(world, dana, code, more))).more.field
    expect([
      await field({ roles: [] }),
      await field({ roles: ['billing_contact'] }),
      await field({ endsOn: '2020-01-01' }),
      await field({ endsOn: '2036-01-01' }),
      await field({ endsOn: 'soon' }),
    ]).toEqual(['roles', 'roles', 'endsOn', 'endsOn', 'endsOn'])
  })

  test('one person invites twenty times an hour and no more', async () => {
    const { acme, dana } = await stage()
    const other = await world.partner('Busy')
    await world.stage.owner.query(
      `insert into invitations (customer_id, partner_id, gives, until_at, state, invited_by, invited_at, lapses_at, answered_at)
       select $1, $2, '{}', $4, 'withdrawn', $3, $4, $4, $4 from generate_series(1, 20)`,
      [acme.id, other.id, dana.id, world.clock.at],
    )
    expect((await refusalOf(invite(world, dana, await codeOf(world, other)))).code).toBe('too-many')
  })

  test('BX-14 a role that takes two people is neither invited to nor accepted: the definition that asks for two counts at both', async () => {
    const { dana, ada, code, acme } = await stage()
    const { id } = await invite(world, dana, code, { roles: ['decision_maker'] })
    const { law } = world.house
    world.house.law = { ...law, requests: { ...law.requests, secondFor: ['decision_maker'] } }
    try {
      expect((await refusalOf(acceptInvitation(world.as(ada), { invitationId: id }))).code).toBe('stale')
      const other = await world.partner('Otherfield')
      const sent = invite(world, dana, await codeOf(world, other), { roles: ['decision_maker'] })
      expect((await refusalOf(sent)).message).toMatch(/^Decision Maker takes two people who approve it/)
    } finally {
      world.house.law = law
    }
    expect(await listGrants(world.as(dana), { side: 'given', state: 'all' })).toEqual([])
    expect((await listInvitations(world.as(dana))).items.map(({ customer }) => customer.id)).toEqual([acme.id])
  })

  test('BX-11 at a locked screen the invitation of that customer is accepted, and another one is not there', async () => {
    const place = await stage()
    const { acme, larkfield, dana, ada, code } = place
    const other = await world.customer('Borealis')
    const theirs = await invite(world, await world.person(other, 'Bo Boss', ['decision_maker']), code)
    const { id } = await invite(world, dana, code)
    const locked = world.asActor({ ...actorOf(ada), focus: acme.id })
    for (const work of [acceptInvitation, declineInvitation])
      expect((await refusalOf(work(locked, { invitationId: theirs.id }))).code).toBe('not-found')
    expect((await acceptInvitation(locked, { invitationId: id })).state).toBe('accepted')
    expect(await kept(world, place)).toMatchObject({ grants: 1, groups: 1, relationships: 1 })
    expect((await kept(world, { ...place, acme: other, larkfield })).states).toEqual(['waiting'])
  })
})
