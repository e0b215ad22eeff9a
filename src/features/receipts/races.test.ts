// A customer removes a partner while something of the same partner is half way: each ends in one way that makes sense, recorded and told, and nobody there
// sees anything but by what the customer gave once the partner was gone. Races need more than one connection.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { accessStage } from '../../../test/access-stage.ts'
import { databaseKinds } from '../../../test/database.ts'
import { createWorld, type TestOrganization, type TestPerson, type World } from '../../../test/world.ts'
import { isRefusal } from '../../kernel/refusal.ts'
import { approveAccessRequest } from '../access-requests/approve-access-request.ts'
import { submitAccessRequest } from '../access-requests/submit-access-request.ts'
import { giveAccess } from '../grants/give-access.ts'
import { acceptInvitation } from '../invitations/answer-invitation.ts'
import { offerLink } from '../invitations/offer-link.ts'
import { sendInvitation } from '../invitations/send-invitation.ts'
import { invitationStage, invite, kept, seesTicket } from '../invitations/stage.test-support.ts'
import { answerLinkRequest } from '../links/answer-link.ts'
import { askForLink } from '../links/ask-for-link.ts'
import { removePartner } from './remove-partner.ts'

const rounds = 50

describe.skipIf(!databaseKinds.includes('postgresql'))('on PostgreSQL', () => {
  let world: World
  let telephony: World
  let managed: World
  beforeAll(async () => {
    world = await createWorld('postgresql')
    telephony = await createWorld('postgresql', 'telephony-account')
    managed = await createWorld('postgresql', 'managed-services')
  })
  afterAll(() => Promise.all([world, telephony, managed].map((one) => one.close())))

  /** How each ended, in the order of the works, whichever was started first: done, or the code of its refusal. */
  const allAtOnce = async (works: readonly (() => Promise<unknown>)[], round: number): Promise<string[]> => {
    const started = works.map((_, at) => (at + round) % works.length)
    const ends = await Promise.allSettled(started.map((at) => (works[at] as (typeof works)[number])()))
    const words = ends.map((end) => {
      if (end.status === 'fulfilled') return 'done'
      if (!isRefusal(end.reason)) throw end.reason
      return end.reason.code
    })
    return works.map((_, at) => words[started.indexOf(at)] as string)
  }

  /** How often each of the things was recorded, and each of the letters written, about the customer. */
  const toldOf = async ({ stage }: World, { id }: TestOrganization, whats: readonly string[], letters: readonly string[]) => {
    const { rows } = await stage.owner.query<{ name: string; n: number }>(
      `select what as name, count(*)::int as n from audit_entries where customer_id = $1 and what = any($2) group by 1
       union all select letter, count(*)::int from outbox where customer_id = $1 and letter = any($3) group by 1`,
      [id, whats, letters],
    )
    return new Map(rows.map(({ name, n }) => [name, n]))
  }
  const sees = (where: World, person: TestPerson, recordKind: string, id: string): Promise<boolean> =>
    where
      .as(person)
      .reading(`${recordKind}:read`, { kind: 'record', recordKind, id }, async () => true)
      .catch((error: unknown) => {
        if (!isRefusal(error)) throw error
        return false
      })
  const standing = async ({ stage }: World, { id }: TestOrganization): Promise<(string | null)[]> =>
    (
      await stage.owner.query<{ person_id: string | null }>('select person_id from grants where customer_id = $1 and ended_at is null', [
        id,
      ])
    ).rows.map(({ person_id }) => person_id)

  /** A waiting request of one consultant, an access of the administrator, and a colleague who may be given one. */
  const askedStage = async () => {
    const place = await accessStage(world)
    const { acme, larkfield, dana, tom, priya, omar, admin } = place
    await world.relationship(acme, larkfield)
    await world.grant(acme, admin, 'look')
    const asked = { contactManagerEmail: dana.email, items: [{ personId: priya.id, level: 'look' }], endsOn: '2027-05-21', reason: 'Race' }
    const { id } = await submitAccessRequest(world.as(priya), asked)
    const given = { partnerId: larkfield.id, personIds: [omar.id], level: 'look', endsOn: '2027-05-21', reason: 'Race' }
    const works = [
      () => removePartner(world.as(dana), { partnerId: larkfield.id }),
      () => approveAccessRequest(world.as(tom), { requestId: id }),
      () => giveAccess(world.as(tom), given),
    ]
    const stateNow = async () =>
      (await world.stage.owner.query<{ state: string }>('select state from access_requests where id = $1', [id])).rows[0]?.state
    return { ...place, record: await world.record(acme), works, stateNow }
  }
  const tellings = [
    ['partner.removed', 'grant.removed', 'access_request.approved', 'access_request.denied'],
    ['partner-removed', 'access-request-approved'],
  ] as const

  test(`BX-03 a partner is removed while its request is approved: answered once, and whatever was given is over, ${rounds} times`, async () => {
    const became = new Set<string>()
    for (let round = 0; round < rounds; round++) {
      const { acme, priya, admin, record, works, stateNow } = await askedStage()
      const [removed, approved = ''] = await allAtOnce(works.slice(0, 2), round)
      expect([removed, ['done', 'already-answered', 'stale'].includes(approved)]).toEqual(['done', true])
      const [state, ended, answers] =
        approved === 'done' ? (['approved', 2, [1, undefined]] as const) : (['denied', 1, [undefined, 1]] as const)
      expect([await stateNow(), await standing(world, acme)]).toEqual([state, []])
      for (const person of [priya, admin]) expect(await sees(world, person, 'service_request', record.id)).toBe(false)
      const told = await toldOf(world, acme, ...tellings)
      expect([told.get('partner.removed'), told.get('grant.removed')]).toEqual([1, ended])
      expect([told.get('access_request.approved'), told.get('access_request.denied')]).toEqual(answers)
      expect([told.has('partner-removed'), told.has('access-request-approved')]).toEqual([true, approved === 'done'])
      became.add(approved)
    }
    expect(became.size).toBeGreaterThan(1)
  }, 300_000)

  test(`BX-03 a partner is removed while somebody there is given access: it went with the rest, or was given to a partner that was gone, ${rounds} times`, async () => {
    const became = new Set<number>()
    for (let round = 0; round < rounds; round++) {
      const { acme, omar, admin, record, works } = await askedStage()
      const ends = await allAtOnce([works[0], works[2]] as typeof works, round)
      expect(ends).toEqual(['done', 'done'])
      const stands = await standing(world, acme)
      expect(stands.filter((person) => person !== omar.id)).toEqual([])
      expect(await sees(world, omar, 'service_request', record.id)).toBe(stands.length === 1)
      expect(await sees(world, admin, 'service_request', record.id)).toBe(false)
      const told = await toldOf(world, acme, ...tellings)
      expect([told.get('partner.removed'), told.get('grant.removed')]).toEqual([1, 2 - stands.length])
      became.add(stands.length)
    }
    expect(became.size).toBeGreaterThan(1)
  }, 300_000)

  test(`BX-03 MI-032 a partner is removed while it accepts an invitation, ${rounds} times`, async () => {
    const became = new Set<string>()
    for (let round = 0; round < rounds; round++) {
      const place = await invitationStage(telephony)
      const ticket = await telephony.record(place.acme, { kind: 'ticket' })
      const { id } = await invite(telephony, place.dana, place.code)
      const [removed, accepted = ''] = await allAtOnce(
        [
          () => removePartner(telephony.as(place.dora), { partnerId: place.larkfield.id }),
          () => acceptInvitation(telephony.as(place.ada), { invitationId: id }),
        ],
        round,
      )
      expect(removed).toBe('done')
      expect(['done', 'already-answered', 'stale']).toContain(accepted)
      const { states, grants, groups } = await kept(telephony, place)
      expect({ states, grants, groups }).toEqual({ states: [accepted === 'done' ? 'accepted' : 'withdrawn'], grants: 0, groups: 0 })
      for (const person of [place.ada, place.priya]) expect(await seesTicket(telephony, person, ticket)).toBe(false)
      const told = await toldOf(
        telephony,
        place.acme,
        ['partner.removed', 'invitation.accepted', 'invitation.withdrawn'],
        ['partner-removed', 'invitation-accepted'],
      )
      const [yes, no] = accepted === 'done' ? [1, undefined] : [undefined, 1]
      expect([told.get('partner.removed'), told.get('invitation.accepted'), told.get('invitation.withdrawn')]).toEqual([1, yes, no])
      expect([(told.get('partner-removed') ?? 0) > 0, told.has('invitation-accepted')]).toEqual([true, accepted === 'done'])
      became.add(accepted)
    }
    expect(became.size).toBeGreaterThan(1)
  }, 300_000)

  test('BX-03 MI-031 a partner is removed while a link that it offered is confirmed: the invitation waits, or went with it', async () => {
    for (let round = 0; round < 20; round++) {
      const place = await invitationStage(telephony)
      const ticket = await telephony.record(place.acme, { kind: 'ticket' })
      await telephony.relationship(place.acme, place.larkfield)
      const token = (await offerLink(telephony.as(place.ada))).url.split('/invite/')[1] as string
      const [removed, confirmed] = await allAtOnce(
        [
          () => removePartner(telephony.as(place.dora), { partnerId: place.larkfield.id }),
          () => sendInvitation(telephony.as(place.dana), { partner: { token }, roles: ['decision_maker'], understood: true }),
        ],
        round,
      )
      // With nothing given and nothing waiting, there is nothing to remove.
      expect([confirmed, ['done', 'stale'].includes(removed ?? '')]).toEqual(['done', true])
      const { states, grants, groups } = await kept(telephony, place)
      expect({ states, grants, groups }).toEqual({ states: [removed === 'done' ? 'withdrawn' : 'waiting'], grants: 0, groups: 0 })
      expect(await seesTicket(telephony, place.ada, ticket)).toBe(false)
      const told = await toldOf(telephony, place.acme, ['partner.removed', 'invitation.sent'], ['partner-removed', 'invitation-sent'])
      expect([told.get('partner.removed') ?? 0, told.get('invitation.sent')]).toEqual([removed === 'done' ? 1 : 0, 1])
      expect([told.has('partner-removed'), told.has('invitation-sent')]).toEqual([removed === 'done', true])
    }
  }, 120_000)

  test(`BX-03 CD-010 a partner is removed while the link that it asked for is confirmed: by the link alone nobody sees anything, ${rounds} times`, async () => {
    for (let round = 0; round < rounds; round++) {
      const acme = await managed.customer('Acme Robotics')
      const larkfield = await managed.partner('Larkfield')
      await managed.relationship(acme, larkfield)
      const [paula, pia] = [
        await managed.person(acme, 'Paula Prime', ['primary_user']),
        await managed.person(acme, 'Pia', ['primary_user']),
      ]
      const ada = await managed.person(larkfield, 'Ada Boss', ['partner_administrator'])
      const priya = await managed.person(larkfield, 'Priya Raman', ['partner_user'])
      const order = await managed.record(acme, { kind: 'order' })
      const link = await askForLink(managed.as(ada), { customerId: acme.id })
      await managed.grant(acme, priya, 'administrator')
      expect(await sees(managed, priya, 'order', order.id)).toBe(true)
      const ends = await allAtOnce(
        [
          () => removePartner(managed.as(paula), { partnerId: larkfield.id }),
          () => answerLinkRequest(managed.as(pia), { linkId: link.id ?? '', answer: 'standing' }),
        ],
        round,
      )
      expect(ends).toEqual(['done', 'done'])
      expect(await standing(managed, acme)).toEqual([])
      expect([await sees(managed, ada, 'order', order.id), await sees(managed, priya, 'order', order.id)]).toEqual([false, false])
      const told = await toldOf(managed, acme, ['partner.removed', 'grant.removed', 'link.made'], ['partner-removed', 'link-answered'])
      expect([told.get('partner.removed'), told.get('grant.removed'), told.get('link.made')]).toEqual([1, 1, 1])
      expect([told.has('partner-removed'), told.has('link-answered')]).toEqual([true, true])
    }
  }, 300_000)
})
