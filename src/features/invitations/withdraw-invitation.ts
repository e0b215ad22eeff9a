// The customer takes an invitation back while nobody has answered it.
import type { Context } from '../../context/context.ts'
import { refuse } from '../../kernel/refusal.ts'
import { homeOf, nameOf, personOf } from '../organizations/actor-rules.ts'
import { withdrawnLetter } from './letters.ts'
import { answerOnce, factsOf, recordIt, tellBoth, viewOfOne, waitingAt } from './steps.ts'
import type { InvitationView } from './view-rules.ts'

export function withdrawInvitation(ctx: Context, input: { invitationId: string }): Promise<InvitationView> {
  const home = homeOf(ctx.actor)
  return ctx.writing('invitation:send', { kind: 'customer', id: home }, async (tx) => {
    const invitation = await waitingAt(tx, input.invitationId)
    if (invitation.customer.id !== home) refuse('not-found', 'There is no such invitation, or you cannot see it.')
    await answerOnce(tx, invitation, { state: 'withdrawn', by: personOf(tx.actor), reason: null })
    recordIt(tx, 'withdrawn', invitation)
    tellBoth(tx, 'invitation-withdrawn', withdrawnLetter(factsOf(tx, invitation), nameOf(tx.actor)), invitation)
    return viewOfOne(tx, invitation.id)
  })
}
