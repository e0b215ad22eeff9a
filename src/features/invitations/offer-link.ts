// A partner makes a link and sends it to a customer; whoever may invite there opens it, signs in and confirms (MI-031). Opening it does nothing.
import type { Context } from '../../context/context.ts'
import { isUuid } from '../../kernel/ids.ts'
import { addPeriod, endOfDay, type Instant, localDateOf } from '../../kernel/instant.ts'
import { refuse } from '../../kernel/refusal.ts'
import { homeOf, nameOf, personOf } from '../organizations/actor-rules.ts'
import { organizationAt } from '../organizations/steps.ts'
import { hashToken, newToken } from './link-text.ts'
import { addLink, countLinks, endLink, type Offering, offeringOf } from './links-store.ts'
import { invitationsOf, refuseLink, refuseTooManyLinks } from './rules.ts'

export interface OfferedLink {
  readonly id: string
  /** Shown once: only its hash is kept. */
  readonly url: string
  readonly expiresAt: Instant
}

/** For one invitation, for as long as an invitation waits. Sending it is the partner's own business: the portal writes to nobody here. */
export async function offerLink(ctx: Context): Promise<OfferedLink> {
  const home = homeOf(ctx.actor)
  const token = newToken()
  const hash = hashToken(token)
  const made = await ctx.writing('invitation:offer', { kind: 'partner', id: home }, async (tx) => {
    const by = personOf(tx.actor) ?? refuse('not-allowed', 'Only a person can make such a link.')
    const { lapseAfter } = invitationsOf(tx.law)
    refuseTooManyLinks(await countLinks(tx, by))
    const partner = await organizationAt(tx, home)
    const expiresAt = endOfDay(addPeriod(localDateOf(tx.now, partner.timeZone), lapseAfter), partner.timeZone)
    const id = await addLink(tx, { partnerId: home, hash, by, expiresAt })
    tx.record({ what: 'invitation_link.made', partnerId: home, on: { kind: 'invitation_link', id }, detail: { partner: partner.name } })
    return { id, hash, expiresAt, publicUrl: tx.settings.publicUrl }
  })
  // The same request sent again: the first one's token is kept nowhere.
  if (made.hash !== hash) refuse('stale', 'This link was made already, and is shown once. Make another one.')
  return { id: made.id, url: `${made.publicUrl}/invite/${token}`, expiresAt: made.expiresAt }
}

/** Ends a link before anybody used it. */
export function endInvitationLink(ctx: Context, input: { linkId: string }): Promise<null> {
  const home = homeOf(ctx.actor)
  return ctx.writing('invitation:offer', { kind: 'partner', id: home }, async (tx) => {
    if (!isUuid(input.linkId) || !(await endLink(tx, input.linkId))) refuse('not-found', 'There is no such link that still counts.')
    tx.record({
      what: 'invitation_link.ended',
      partnerId: home,
      on: { kind: 'invitation_link', id: input.linkId },
      detail: { by: nameOf(tx.actor) },
    })
    return null
  })
}

/** Who made the link, for who may invite at a customer; every link that does not count is answered alike. Changes nothing. */
export function lookAtLink(ctx: Context, input: { token: string }): Promise<Offering> {
  return ctx.reading('invitation:send', { kind: 'customer', id: homeOf(ctx.actor) }, async (tx) => {
    invitationsOf(tx.law)
    return (await offeringOf(tx, hashToken(input.token))) ?? refuseLink()
  })
}
