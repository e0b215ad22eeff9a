// The customer gives a partner access: to everyone there, to named people, or to a group that its administrators fill, until a day.
import type { Context } from '../../context/context.ts'
import { refuse } from '../../kernel/refusal.ts'
import { linesOfText } from '../conversations/rules.ts'
import { homeOf } from '../organizations/actor-rules.ts'
import { organizationAt, peopleWorkingAt } from '../organizations/steps.ts'
import { worksWith } from '../relationships/steps.ts'
import type { AccessInput } from './access-rules.ts'
import { announceGiven } from './announce-steps.ts'
import { eachGrantee, type GranteeChoice, granteesChosen, holdingsFor } from './grantee-steps.ts'
import { handOver } from './hand-over-steps.ts'
import { previewAccess, refuseUnlessUnderstood } from './preview-steps.ts'
import { longestReason, termUntil } from './rules.ts'
import { accessChosen } from './scope-steps.ts'
import { giveGrant, viewsOf } from './steps.ts'
import type { GrantView } from './view-rules.ts'

export interface GiveInput extends AccessInput, GranteeChoice {
  readonly partnerId: string
  readonly endsOn: string
  readonly reason: string
  readonly understood?: boolean | undefined
}

/** OR-002, OR-006, OR-007, MI-009. What a grantee had before is replaced. */
export function giveAccess(ctx: Context, input: GiveInput): Promise<GrantView[]> {
  const home = homeOf(ctx.actor)
  return ctx.writing('access:give', { kind: 'customer', id: home }, async (tx) => {
    const customer = await organizationAt(tx, home)
    const partner = await partnerToGive(tx, home, input.partnerId)
    const people = await peopleWorkingAt(tx, partner.id)
    const access = await accessChosen(tx, customer, input)
    const grantees = await granteesChosen(tx, { customer, partner, people }, input, access)
    const term = termUntil(input.endsOn, customer.timeZone, tx.now, tx.law)
    const reason = linesOfText('reason', input.reason, longestReason)
    const { warnings } = await previewAccess(tx, { customer, partner, people, proposed: holdingsFor(grantees, access) })
    refuseUnlessUnderstood(warnings, input.understood)
    const given = []
    for (const one of await eachGrantee(tx, { customer, partner }, grantees, access))
      given.push(await giveGrant(tx, { customer, partner, ...one, term, reason, requestId: null }))
    const handedOver = await handOver(tx, customer, partner)
    // People who were given the same read one letter; each group has its own people and its own part.
    const alike = grantees.groups === null ? [given] : given.map((one) => [one])
    for (const some of alike) await announceGiven(tx, some, people.length, handedOver)
    return viewsOf(
      tx,
      given.map(({ grant }) => grant),
    )
  })
}

type Tx = Parameters<typeof organizationAt>[0]

/** A partner that the customer works with; every other id, known or not, is answered alike. */
export async function partnerToGive(tx: Tx, customerId: string, partnerId: string) {
  const partner = await organizationAt(tx, partnerId)
  if (partner.side === 'partner' && (await worksWith(tx, customerId, partner.id))) return partner
  return refuse('not-found', 'There is no such organization, or you cannot see it.')
}
