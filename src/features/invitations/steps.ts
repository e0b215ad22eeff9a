// What sending, answering and showing invitations have in common, inside an open door.

import type { ReadTx, WriteTx } from '../../context/context.ts'
import type { Letter } from '../../context/post.ts'
import { isUuid } from '../../kernel/ids.ts'
import { dayInWords } from '../../kernel/instant.ts'
import { refuse } from '../../kernel/refusal.ts'
import { accessSays, accessWords } from '../grants/access-rules.ts'
import { rolesThatMay } from '../grants/rules.ts'
import { nameOf } from '../organizations/actor-rules.ts'
import type { InvitationFacts } from './letters.ts'
import { endsOn, type Invitation, invitationNumber, lapsesOn, refuseUnlessWaiting, rolesGiven, withinTerm } from './rules.ts'
import { type Answered, answer, invitationsWhere } from './store.ts'
import { type InvitationView, viewOf } from './view-rules.ts'

/** The invitation, or not-found: those of others look like none. */
export async function invitationAt(tx: ReadTx, id: string): Promise<Invitation> {
  const [found] = isUuid(id) ? await invitationsWhere(tx, { id }) : []
  return found ?? refuse('not-found', 'There is no such invitation, or you cannot see it.')
}

/** As it is now, if an answer can still be given. */
export async function waitingAt(tx: ReadTx, id: string): Promise<Invitation> {
  const invitation = await invitationAt(tx, id)
  refuseUnlessWaiting(invitation, tx.now)
  return invitation
}

/** Writes the answer down; somebody else's that came first, although it waited when this transaction began, is told. */
export async function answerOnce(tx: WriteTx, invitation: Invitation, given: Answered): Promise<void> {
  if (await answer(tx, invitation.id, given)) return
  refuseUnlessWaiting(await invitationAt(tx, invitation.id), tx.now)
  throw new Error('an invitation that waits could not be answered')
}

/**
 * Refuses (409) an invitation that today's law would not let its sender send: the definition changed, the sender left or lost the role, the customer
 * was suspended. Which of these it was is the customer's own matter.
 */
export async function refuseOutdated(tx: ReadTx, { customer, invitedBy, gives, until }: Invitation): Promise<void> {
  const { law } = tx
  const sender = await tx.canThey(invitedBy.id, 'invitation:send', { kind: 'customer', id: customer.id })
  const stands = law.invitations !== null && rolesGiven(law, gives) !== null && withinTerm(until, customer.timeZone, tx.now, law)
  if (!stands || !sender.decision.allowed)
    refuse('stale', `This invitation does not count any more. Nothing was changed. Ask ${customer.name} for a new one.`)
}

export async function viewsOf(tx: ReadTx, invitations: readonly Invitation[]): Promise<InvitationView[]> {
  const { actor } = tx
  const home = actor.kind === 'person' ? actor.organizationId : ''
  const withdraw = (await tx.can('invitation:send', { kind: 'customer', id: home })).allowed
  const answers = (await tx.can('invitation:answer', { kind: 'partner', id: home })).allowed
  return invitations.map((one) =>
    viewOf(one, tx.law, tx.now, { withdraw: withdraw && one.customer.id === home, answer: answers && one.partner.id === home }),
  )
}

export async function viewOfOne(tx: ReadTx, id: string): Promise<InvitationView> {
  return (await viewsOf(tx, [await invitationAt(tx, id)]))[0] as InvitationView
}

/** What the letters tell of it. */
export function factsOf(tx: WriteTx, invitation: Invitation): InvitationFacts {
  const access = { level: null, rights: invitation.gives }
  return {
    number: invitationNumber(invitation.number),
    customer: invitation.customer.name,
    partner: invitation.partner.name,
    gives: invitation.gives.length === 0 ? null : accessWords(tx.law, access),
    says: accessSays(tx.law, access),
    until: dayInWords(endsOn(invitation)),
    zone: invitation.customer.timeZone,
    lapsesOn: dayInWords(lapsesOn(invitation)),
    link: `${tx.settings.publicUrl}/invitations/${invitation.id}`,
  }
}

type Content = Pick<Letter, 'subject' | 'text' | 'html'>

/** To whoever may invite at the customer, and to whoever may accept at the partner; each only while they may still see it. */
export function tellBoth(
  tx: WriteTx,
  letter: string,
  content: Content,
  { id, customer, partner }: Pick<Invitation, 'id' | 'customer' | 'partner'>,
): void {
  const about = { customerId: customer.id, partnerId: partner.id, thread: `invitation/${id}` }
  const action = 'invitation:read'
  tx.post(
    {
      letter,
      to: { everyoneIn: customer.id, roles: rolesThatMay(tx.law, 'customer', 'invitation:send') },
      ...content,
      ...about,
      onlyIf: { action, on: { kind: 'customer', id: customer.id } },
    },
    {
      letter,
      to: { everyoneIn: partner.id, roles: rolesThatMay(tx.law, 'partner', 'invitation:answer') },
      ...content,
      ...about,
      onlyIf: { action, on: { kind: 'partner', id: partner.id } },
    },
  )
}

/** Records it once, for both sides to read: names as they were. */
export function recordIt(tx: WriteTx, what: string, invitation: Invitation, more: Readonly<Record<string, unknown>> = {}): void {
  tx.record({
    what: `invitation.${what}`,
    customerId: invitation.customer.id,
    partnerId: invitation.partner.id,
    on: { kind: 'invitation', id: invitation.id },
    detail: {
      number: invitationNumber(invitation.number),
      customer: invitation.customer.name,
      partner: invitation.partner.name,
      by: nameOf(tx.actor),
      levelName: invitation.gives.length === 0 ? null : accessWords(tx.law, { level: null, rights: invitation.gives }),
      endsOn: endsOn(invitation),
      ...more,
    },
  })
}
