// Links that a partner makes: who opens one, what confirming does, and that every link that does not count is answered alike.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { refusalOf } from '../../../test/access-stage.ts'
import { databaseKinds } from '../../../test/database.ts'
import { createWorld, type TestPerson, type World } from '../../../test/world.ts'
import { createContext } from '../../context/context.ts'
import { acceptInvitation } from './answer-invitation.ts'
import { listInvitations } from './list-invitations.ts'
import { endInvitationLink, lookAtLink, offerLink } from './offer-link.ts'
import { sendInvitation } from './send-invitation.ts'
import { type InvitationStage, invitationStage, invite, kept } from './stage.test-support.ts'

describe.each(databaseKinds)('links for invitations on %s', (kind) => {
  let world: World
  beforeAll(async () => {
    world = await createWorld(kind, 'telephony-account')
  })
  afterAll(() => world.close())

  const tokenOf = (url: string) => url.split('/invite/')[1] as string
  const made = async ({ ada }: Pick<InvitationStage, 'ada'>) => tokenOf((await offerLink(world.as(ada))).url)
  const confirm = (by: TestPerson, token: string, understood = true) =>
    sendInvitation(world.as(by), { partner: { token }, roles: ['decision_maker'], understood })
  const usable = (token: string, { dana }: Pick<InvitationStage, 'dana'>) =>
    lookAtLink(world.as(dana), { token }).then(
      () => true,
      () => false,
    )

  test('MI-031 the partner makes a link; the Decision Maker sees whose it is, confirms, and the invitation shows; the partner then accepts', async () => {
    const place = await invitationStage(world)
    const { dana, ada } = place
    const link = await offerLink(world.as(ada))
    expect(link.url).toMatch(/^http:\/\/localhost:3000\/invite\/[A-Za-z0-9_-]{43}$/)
    const token = tokenOf(link.url)
    expect((await lookAtLink(world.as(dana), { token })).partner).toEqual({ name: 'Larkfield', emailDomain: 'larkfield.example' })
    // Looking, however often, uses nothing up and sends nothing; nor does confirming without the tick.
    expect((await refusalOf(confirm(dana, token, false))).more.field).toBe('understood')
    expect(await usable(token, place)).toBe(true)
    expect(await kept(world, place)).toEqual({ grants: 0, groups: 0, relationships: 0, states: null })
    const sent = await confirm(dana, token)
    expect((await listInvitations(world.as(dana))).items.map(({ partner, state }) => [partner.name, state])).toEqual([
      ['Larkfield', 'waiting'],
    ])
    // MI-032 holds here too: the link is the partner's wish, and not yet its word.
    expect((await kept(world, place)).grants).toBe(0)
    await acceptInvitation(world.as(ada), { invitationId: sent.id })
    expect(await kept(world, place)).toEqual({ grants: 1, groups: 1, relationships: 1, states: ['accepted'] })
  })

  test('links that were used, ended, are too old, made up, changed by a letter, or of a suspended partner have one and the same answer', async () => {
    const place = await invitationStage(world)
    const { dana, ada } = place
    const used = await made(place)
    await confirm(dana, used)
    const { id, url } = await offerLink(world.as(ada))
    await endInvitationLink(world.as(ada), { linkId: id })
    const other = await invitationStage(world)
    const suspended = await made(other)
    await world.stage.owner.query('update organizations set suspended_at = $2 where id = $1', [other.larkfield.id, world.clock.at])
    const whole = await made(place)
    const changed = `${whole.startsWith('A') ? 'B' : 'A'}${whole.slice(1)}`
    const answers = []
    for (const token of [used, tokenOf(url), suspended, changed, 'x', `${whole} `, "' or true --"]) {
      answers.push(await refusalOf(lookAtLink(world.as(dana), { token })), await refusalOf(confirm(dana, token)))
    }
    const old = await made(place)
    world.passDays(16)
    answers.push(await refusalOf(lookAtLink(world.as(dana), { token: old })), await refusalOf(confirm(dana, old)))
    expect(new Set(answers.map(({ code, message, more }) => JSON.stringify([code, message, more])))).toEqual(
      new Set([
        JSON.stringify([
          'link-ended',
          'This link does not count, or not any more. Nothing was changed. Ask the partner who sent it for a new one.',
          {},
        ]),
      ]),
    )
  })

  test('nobody but who may invite at a customer opens a link: not the partner, not a Phone Manager, not who is signed out', async () => {
    const place = await invitationStage(world)
    const token = await made(place)
    for (const person of [place.ada, place.priya, place.phil]) {
      const codes = [(await refusalOf(lookAtLink(world.as(person), { token }))).code, (await refusalOf(confirm(person, token))).code]
      expect(codes.every((code) => ['not-allowed', 'not-found'].includes(code))).toBe(true)
    }
    const signedOut = world.asActor({ kind: 'nobody' })
    expect((await refusalOf(lookAtLink(signedOut, { token }))).code).toBe('not-signed-in')
    expect(await usable(token, place)).toBe(true)
    // And only an administrator of a partner makes one.
    for (const person of [place.priya, place.dana])
      expect(['not-allowed', 'not-found']).toContain((await refusalOf(offerLink(world.as(person)))).code)
  })

  test('what refuses the invitation leaves the link as it was; a link of another customer is as good as ours, once', async () => {
    const place = await invitationStage(world)
    await invite(world, place.dana, place.code)
    const token = await made(place)
    expect((await refusalOf(confirm(place.dana, token))).code).toBe('overlaps')
    const beta = await invitationStage(world)
    expect((await confirm(beta.dana, token)).partner.name).toBe('Larkfield')
    expect(await usable(token, place)).toBe(false)
  })

  test('the token is shown once and kept nowhere: not in a table, not in the history, not in the answer kept for a repeated request', async () => {
    const place = await invitationStage(world)
    const repeat = () => createContext(world.house, world.as(place.ada).actor, 'test', { key: 'once', fingerprint: 'same' })
    const { id, url } = await offerLink(repeat())
    expect((await refusalOf(offerLink(repeat()))).code).toBe('stale')
    const { links } = await listInvitations(world.as(place.ada))
    expect(links.map((link) => [link.id, link.madeBy])).toEqual([[id, 'Ada Boss']])
    for (const table of ['invitation_links', 'audit_entries', 'done_once', 'outbox']) {
      const { rows } = await world.stage.owner.query(`select count(*)::int as n from ${table} t where t::text like '%' || $1 || '%'`, [
        tokenOf(url),
      ])
      expect([table, rows[0]]).toEqual([table, { n: 0 }])
    }
    expect((await listInvitations(world.as(place.priya)).catch(() => ({ links: [] }))).links).toEqual([])
  })

  test('a person makes twenty links in an hour and no more; those of others are not theirs to end', async () => {
    const place = await invitationStage(world)
    const { id } = await offerLink(world.as(place.ada))
    const other = await invitationStage(world)
    for (const linkId of [id, 'x', '00000000-0000-4000-8000-000000000000'])
      expect((await refusalOf(endInvitationLink(world.as(other.ada), { linkId }))).code).toBe('not-found')
    await world.stage.owner.query(
      `insert into invitation_links (partner_id, token_hash, made_by, made_at, expires_at)
       select $1, 'made-' || $2::uuid || n, $2::uuid, $3, $3 from generate_series(1, 20) n`,
      [other.larkfield.id, other.ada.id, world.clock.at],
    )
    expect((await refusalOf(offerLink(world.as(other.ada)))).code).toBe('too-many')
  })
})
