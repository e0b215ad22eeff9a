// Answers to an invitation at the same moment: exactly one counts, and what is kept, told and written down fits it. Races need more than one connection.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { databaseKinds } from '../../../test/database.ts'
import { createWorld, type World } from '../../../test/world.ts'
import { isRefusal } from '../../kernel/refusal.ts'
import { acceptInvitation, declineInvitation } from './answer-invitation.ts'
import { offerLink } from './offer-link.ts'
import { revokePartner } from './revoke-partner.ts'
import { sendInvitation } from './send-invitation.ts'
import { invitationStage, invite, kept } from './stage.test-support.ts'
import { withdrawInvitation } from './withdraw-invitation.ts'

const rounds = 50

describe.skipIf(!databaseKinds.includes('postgresql'))('on PostgreSQL', () => {
  let world: World
  beforeAll(async () => {
    world = await createWorld('postgresql', 'telephony-account')
  })
  afterAll(() => world.close())

  /** How each ended: done, or the code of its refusal. Anything else that is thrown fails the test. */
  const allAtOnce = async (works: readonly (() => Promise<unknown>)[]) => {
    const ends = await Promise.allSettled(works.map((work) => work()))
    return ends.map((end) => {
      if (end.status === 'fulfilled') return 'done'
      if (!isRefusal(end.reason)) throw end.reason
      return end.reason.code
    })
  }
  const rotated = <T>(works: readonly T[], by: number): T[] => works.map((_, at) => works[(at + by) % works.length] as T)

  test(`MI-032 accept, decline and withdraw at once: exactly one counts, ${rounds} times, with the letters and the entry of that one`, async () => {
    const became = new Set<string>()
    for (let round = 0; round < rounds; round++) {
      const place = await invitationStage(world)
      const { id } = await invite(world, place.dana, place.code)
      const answers = [
        () => acceptInvitation(world.as(place.ada), { invitationId: id }),
        () => declineInvitation(world.as(place.adam), { invitationId: id }),
        () => withdrawInvitation(world.as(place.dora), { invitationId: id }),
      ]
      const ends = await allAtOnce(rotated(answers, round))
      expect(ends.filter((end) => end === 'done')).toHaveLength(1)
      expect(ends.filter((end) => !['done', 'already-answered', 'stale'].includes(end))).toEqual([])
      const { states, ...given } = await kept(world, place)
      const [state = ''] = states ?? []
      const has = state === 'accepted' ? 1 : 0
      expect([state, given]).toEqual([state, { grants: has, groups: has, relationships: has }])
      const { rows } = await world.stage.owner.query(
        `select what, (select count(*)::int from outbox o where o.customer_id = $1 and o.letter = 'invitation-' || $2::text) as letters
         from audit_entries where customer_id = $1 and what in ('invitation.accepted', 'invitation.declined', 'invitation.withdrawn')`,
        [place.acme.id, state],
      )
      expect(rows).toEqual([{ what: `invitation.${state}`, letters: 4 }])
      became.add(state)
    }
    expect(became.size).toBeGreaterThan(1)
  }, 300_000)

  test('two administrators accept at once: one access, one group, one relationship', async () => {
    for (let round = 0; round < 20; round++) {
      const place = await invitationStage(world)
      const { id } = await invite(world, place.dana, place.code)
      const ends = await allAtOnce([place.ada, place.adam].map((one) => () => acceptInvitation(world.as(one), { invitationId: id })))
      expect(ends.sort()).toEqual(['already-answered', 'done'])
      expect(await kept(world, place)).toEqual({ grants: 1, groups: 1, relationships: 1, states: ['accepted'] })
    }
  }, 120_000)

  test('two Decision Makers invite the same partner at once, or confirm the same link: one invitation waits', async () => {
    for (let round = 0; round < 20; round++) {
      const place = await invitationStage(world)
      const token = (await offerLink(world.as(place.ada))).url.split('/invite/')[1] as string
      const confirm = (by: typeof place.dana) => () =>
        sendInvitation(world.as(by), { partner: { token }, roles: ['decision_maker'], understood: true })
      const byId = [place.dana, place.dora].map((by) => () => invite(world, by, place.code))
      const works = round % 2 === 0 ? byId : [confirm(place.dana), confirm(place.dora)]
      const ends = await allAtOnce(works)
      expect(ends.filter((end) => end === 'done')).toHaveLength(1)
      expect((await kept(world, place)).states).toEqual(['waiting'])
    }
  }, 120_000)

  test('accepting while the partner is suspended, its sender loses the role, or the partner is revoked: whole or not at all', async () => {
    for (let round = 0; round < 24; round++) {
      const place = await invitationStage(world)
      const { id } = await invite(world, place.dana, place.code)
      const meanwhile = [
        () => world.stage.owner.query('update organizations set suspended_at = $2 where id = $1', [place.larkfield.id, world.clock.at]),
        () => world.stage.owner.query(`update memberships set roles = '{phone_manager}' where person_id = $1`, [place.dana.id]),
        () => revokePartner(world.as(place.dora), { partnerId: place.larkfield.id }),
      ][round % 3] as () => Promise<unknown>
      await allAtOnce([() => acceptInvitation(world.as(place.ada), { invitationId: id }), meanwhile])
      const { states, ...given } = await kept(world, place)
      const whole = given.grants + given.groups + given.relationships
      expect([0, 3]).toContain(whole)
      if (whole === 3) expect(states).toEqual(['accepted'])
    }
  }, 120_000)
})
