// The partner accepts an invitation, or declines it. Until it accepts, nobody there can do anything for the customer (MI-032).
import type { Context, WriteTx } from '../../context/context.ts'
import { refuse } from '../../kernel/refusal.ts'
import type { AllowanceLaw } from '../../law/law.ts'
import { linesOfText } from '../conversations/rules.ts'
import { wholeCustomer } from '../grants/access-rules.ts'
import { roleGrants } from '../grants/role-steps.ts'
import { longestReason } from '../grants/rules.ts'
import { giveGrant, givenInHistory } from '../grants/steps.ts'
import { groupFor } from '../groups/steps.ts'
import { homeOf, nameOf, personOf } from '../organizations/actor-rules.ts'
import { organizationAt } from '../organizations/steps.ts'
import { beginRelationship } from '../relationships/steps.ts'
import { acceptedLetter, declinedLetter } from './letters.ts'
import { endsOn, type Invitation, rolesGiven } from './rules.ts'
import { answerOnce, factsOf, recordIt, refuseOutdated, tellBoth, viewOfOne, waitingAt } from './steps.ts'
import type { InvitationView } from './view-rules.ts'

/** The two work together from this instant, and each role has a group at the partner, empty until its administrators fill it (MI-033). */
export function acceptInvitation(ctx: Context, input: { invitationId: string }): Promise<InvitationView> {
  const home = homeOf(ctx.actor)
  return ctx.writing(
    'invitation:answer',
    { kind: 'partner', id: home },
    async (tx) => {
      const invitation = await waitingOf(tx, home, input.invitationId)
      await refuseOutdated(tx, invitation)
      await answerOnce(tx, invitation, { state: 'accepted', by: personOf(tx.actor), reason: null })
      await beginRelationship(tx, invitation.customer, invitation.partner)
      const groups = await give(tx, invitation)
      recordIt(tx, 'accepted', invitation, { groups })
      tellBoth(tx, 'invitation-accepted', acceptedLetter(factsOf(tx, invitation), nameOf(tx.actor), groups), invitation)
      return viewOfOne(tx, invitation.id)
    },
    'one customer',
  )
}

export function declineInvitation(ctx: Context, input: { invitationId: string; reason?: string | undefined }): Promise<InvitationView> {
  const home = homeOf(ctx.actor)
  return ctx.writing(
    'invitation:answer',
    { kind: 'partner', id: home },
    async (tx) => {
      const invitation = await waitingOf(tx, home, input.invitationId)
      const reason = input.reason === undefined ? null : linesOfText('reason', input.reason, longestReason)
      await answerOnce(tx, invitation, { state: 'declined', by: personOf(tx.actor), reason })
      recordIt(tx, 'declined', invitation, { why: reason })
      tellBoth(tx, 'invitation-declined', declinedLetter(factsOf(tx, invitation), nameOf(tx.actor), reason), invitation)
      return viewOfOne(tx, invitation.id)
    },
    'one customer',
  )
}

async function waitingOf(tx: WriteTx, partnerId: string, id: string): Promise<Invitation> {
  const invitation = await waitingAt(tx, id)
  return invitation.partner.id === partnerId ? invitation : refuse('not-found', 'There is no such invitation, or you cannot see it.')
}

/** Gives what the invitation says to the group of each role; what the customer gave meanwhile stays as it is. Answers the groups' names. */
async function give(tx: WriteTx, invitation: Invitation): Promise<string[]> {
  const customer = await organizationAt(tx, invitation.customer.id)
  const { partner } = invitation
  const held = (await roleGrants(tx, customer.id, partner.id)).flatMap(({ rights }) => rights)
  const roles: readonly AllowanceLaw[] = rolesGiven(tx.law, invitation.gives) ?? []
  const names: string[] = []
  for (const role of roles.filter(({ code }) => !held.includes(code))) {
    const group = await groupFor(tx, { customer, partner, gives: role })
    const given = await giveGrant(tx, {
      customer,
      partner,
      person: null,
      group,
      access: { level: null, rights: [role.code], scope: wholeCustomer },
      term: { endsOn: endsOn(invitation), until: invitation.until },
      reason: null,
      requestId: null,
      givenBy: invitation.invitedBy.id,
    })
    tx.record({
      what: 'grant.accepted',
      customerId: customer.id,
      partnerId: partner.id,
      on: { kind: 'grant', id: given.grant.id },
      detail: givenInHistory(tx, given),
    })
    names.push(group.name)
  }
  return names
}
