// What becomes of an invitation: accepted late, lapsed, declined, withdrawn, outdated; and what the database itself lets a partner write by accepting.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { refusalOf } from '../../../test/access-stage.ts'
import { databaseKinds } from '../../../test/database.ts'
import { createWorld, type TestPerson, type World } from '../../../test/world.ts'
import { readRoles, setRoles } from '../grants/set-roles.ts'
import { fillGroup } from '../groups/fill-group.ts'
import { listGroups } from '../groups/list-groups.ts'
import { acceptInvitation, declineInvitation } from './answer-invitation.ts'
import { readInvitation } from './list-invitations.ts'
import { authorized, type InvitationStage, invitationStage, invite, kept, lettersWhile, seesTicket, told } from './stage.test-support.ts'
import { withdrawInvitation } from './withdraw-invitation.ts'

describe.each(databaseKinds)('answers to invitations on %s', (kind) => {
  let world: World
  beforeAll(async () => {
    world = await createWorld(kind, 'telephony-account')
  })
  afterAll(() => world.close())

  const stage = () => invitationStage(world)
  const lettersSince = (work: () => Promise<unknown>) => lettersWhile(world, work)
  const sees = (person: TestPerson, ticket: { id: string }) => seesTicket(world, person, ticket)

  test('what was accepted counts from then to the day that the invitation says, and is the gift of who sent it', async () => {
    const place = await stage()
    const { acme, dana, ada, priya, code } = place
    const ticket = await world.record(acme, { kind: 'ticket' })
    const { id } = await invite(world, dana, code, {
      endsOn: new Date(Date.parse(world.clock.at) + 5 * 86_400_000).toISOString().slice(0, 10),
    })
    world.passDays(2)
    await acceptInvitation(world.as(ada), { invitationId: id })
    await fillGroup(world.as(ada), { groupId: (await listGroups(world.as(ada)))[0]?.id as string, personIds: [priya.id] })
    expect(await sees(priya, ticket)).toBe(true)
    const { rows } = await world.stage.owner.query('select given_by, from_at from grants where customer_id = $1', [acme.id])
    expect(rows).toEqual([{ given_by: dana.id, from_at: new Date(world.clock.at) }])
    world.passDays(4)
    expect(await sees(priya, ticket)).toBe(false)
    // Over; inviting again gives anew, to a new group that nobody is in yet.
    expect((await authorized(world, place)).state).toBe('accepted')
    expect(await sees(priya, ticket)).toBe(false)
    expect(await kept(world, place)).toMatchObject({ groups: 1 })
  })

  test('an invitation that nobody accepts lapses by the clock alone, and another can follow', async () => {
    const place = await stage()
    const { dana, ada, code } = place
    const { id, lapsesOn } = await invite(world, dana, code)
    expect((await refusalOf(invite(world, dana, code))).code).toBe('overlaps')
    world.passDays(15)
    expect((await readInvitation(world.as(ada), { invitationId: id })).state).toBe('lapsed')
    for (const answer of [acceptInvitation(world.as(ada), { invitationId: id }), withdrawInvitation(world.as(dana), { invitationId: id })])
      expect((await refusalOf(answer)).code).toBe('stale')
    expect(lapsesOn < world.clock.at.slice(0, 10)).toBe(true)
    await authorized(world, place)
    expect((await kept(world, place)).states).toEqual(['lapsed', 'accepted'])
  })

  test('declined with a reason, or withdrawn: both sides are told, nothing is given, and there is no second answer', async () => {
    const place = await stage()
    const { dana, dora, ada, code } = place
    const first = await invite(world, dana, code)
    const letters = await lettersSince(() => declineInvitation(world.as(ada), { invitationId: first.id, reason: 'We are full.' }))
    expect(told(letters, 'invitation-declined')).toHaveLength(4)
    expect(await readInvitation(world.as(dora), { invitationId: first.id })).toMatchObject({
      state: 'declined',
      // Who answered at a partner that one does not work with is the partner's own matter.
      answered: { byName: null, reason: 'We are full.' },
    })
    expect((await refusalOf(acceptInvitation(world.as(ada), { invitationId: first.id }))).code).toBe('already-answered')
    const second = await invite(world, dana, code)
    const more = await lettersSince(() => withdrawInvitation(world.as(dora), { invitationId: second.id }))
    expect(told(more, 'invitation-withdrawn')).toHaveLength(4)
    expect((await refusalOf(acceptInvitation(world.as(ada), { invitationId: second.id }))).code).toBe('already-answered')
    expect(await kept(world, place)).toEqual({ grants: 0, groups: 0, relationships: 0, states: ['declined', 'withdrawn'] })
  })

  test('what its sender could not send today is not accepted: gone, no Decision Maker any more, suspended, of a partner that was suspended', async () => {
    const changes: [string, (place: InvitationStage) => [string, string]][] = [
      ['the sender left', ({ dana }) => [`update memberships set until_at = '${world.clock.at}' where person_id = $1`, dana.id]],
      ['the sender lost the role', ({ dana }) => [`update memberships set roles = '{phone_manager}' where person_id = $1`, dana.id]],
      ['the customer was suspended', ({ acme }) => [`update organizations set suspended_at = '${world.clock.at}' where id = $1`, acme.id]],
      ['the role is none any more', ({ acme }) => [`update invitations set gives = '{site_manager}' where customer_id = $1`, acme.id]],
      [
        'the term is too long now',
        ({ acme }) => [`update invitations set until_at = until_at + interval '3 years' where customer_id = $1`, acme.id],
      ],
      [
        'the partner was suspended',
        ({ larkfield }) => [`update organizations set suspended_at = '${world.clock.at}' where id = $1`, larkfield.id],
      ],
    ]
    for (const [what, change] of changes) {
      const place = await stage()
      const { id } = await invite(world, place.dana, place.code)
      const [text, of] = change(place)
      await world.stage.owner.query(text, [of])
      const { code } = await refusalOf(acceptInvitation(world.as(place.ada), { invitationId: id }))
      expect([what, code]).toEqual([what, what === 'the partner was suspended' ? 'not-found' : 'stale'])
      expect([what, await kept(world, place)]).toEqual([what, { grants: 0, groups: 0, relationships: 0, states: ['waiting'] }])
    }
  })

  test('what the customer gave meanwhile stays as it is; what is there already is not invited to', async () => {
    const place = await stage()
    const { dana, ada, larkfield, acme, code } = place
    const { id } = await invite(world, dana, code, { roles: ['decision_maker', 'phone_manager'] })
    await world.relationship(acme, larkfield)
    await setRoles(world.as(dana), {
      partnerId: larkfield.id,
      roles: ['phone_manager'],
      notify: 'it@larkfield.example',
      endsOn: world.clock.at.slice(0, 10),
      understood: true,
    })
    await acceptInvitation(world.as(ada), { invitationId: id })
    const { roles } = await readRoles(world.as(dana), { partnerId: larkfield.id })
    expect(roles.map(({ endsOn }) => endsOn === world.clock.at.slice(0, 10))).toEqual([false, true])
    expect((await refusalOf(invite(world, dana, code))).code).toBe('overlaps')
    expect((await kept(world, place)).relationships).toBe(1)
  })

  test('the database lets a partner write what it accepted, and nothing wider', async () => {
    const place = await stage()
    await authorized(world, place)
    const { acme, larkfield, ada } = place
    const client = await world.stage.owner.connect()
    const as = async (text: string, values: unknown[]) => {
      await client.query('begin')
      try {
        await client.query(
          `select set_config('app.now', $1, true), set_config('app.person', $2, true), set_config('app.organization', $3, true), set_config('app.side', 'partner', true),
             set_config('app.roles', 'partner_administrator', true), set_config('app.operator', '', true), set_config('role', 'latchkey_app', true)`,
          [world.clock.at, ada.id, larkfield.id],
        )
        return (await client.query(text, values)).rowCount
      } catch (error) {
        return /row-level security|only these columns/.test((error as Error).message) ? 'refused' : (error as Error).message
      } finally {
        await client.query('rollback')
      }
    }
    const grant = (rights: string[], until: string, person: string | null = null) =>
      as(
        `insert into grants (customer_id, partner_id, person_id, group_id, rights, from_at, until_at, confirmed_at, given_by, given_at)
         select g.customer_id, g.partner_id, $3::uuid, case when $3::uuid is null then g.group_id end, $4::text[], app_now(), coalesce($5::timestamptz, g.until_at), app_now(), g.given_by, app_now()
         from grants g where g.customer_id = $1 and g.partner_id = $2`,
        [acme.id, larkfield.id, person, rights, until || null],
      )
    try {
      expect(await grant(['decision_maker', 'phone_manager'], '')).toBe('refused')
      expect(await grant(['phone_manager'], '')).toBe('refused')
      expect(await grant(['decision_maker'], '2030-01-01T00:00:00Z')).toBe('refused')
      expect(await grant(['decision_maker'], '', ada.id)).toBe('refused')
      expect(await as(`update invitations set until_at = until_at + interval '1 year' where customer_id = $1`, [acme.id])).toBe(0)
      expect(await as(`update relationships set of_record = true where customer_id = $1`, [acme.id])).toBe(0)
    } finally {
      client.release()
    }
  })
})
