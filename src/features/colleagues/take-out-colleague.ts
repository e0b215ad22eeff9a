// A partner's administrator removes what a colleague was given at a customer by name. It ends at once, and the customer is told (CD-045, C-A11).
import type { Context } from '../../context/context.ts'
import { takingAway } from '../../context/taking-away.ts'
import { refuse } from '../../kernel/refusal.ts'
import { linesOfText } from '../conversations/rules.ts'
import { dropFromRecords, handOver } from '../grants/hand-over-steps.ts'
import { standingGrants } from '../grants/preview-steps.ts'
import { endAtOnce } from '../grants/removal-steps.ts'
import { leftInWords, longestReason } from '../grants/rules.ts'
import { grantInHistory } from '../grants/steps.ts'
import { homeOf } from '../organizations/actor-rules.ts'
import { takenOutLetter } from './letters.ts'
import { colleagueAmong, factsOf, hasByName, placeOf, tell } from './steps.ts'

export interface TakeOutInput {
  readonly customerId: string
  readonly personId: string
  readonly reason?: string | undefined
}

/** What the colleague still has there and to whom their open work went, one sentence each. */
export interface TakenOut {
  readonly left: readonly string[]
}

/** Whatever the customer's choice is but “forbid”: taking away needs no asking. Only people of one's own partner, and never oneself. */
export function takeOutColleague(ctx: Context, input: TakeOutInput): Promise<TakenOut> {
  const home = homeOf(ctx.actor)
  return takingAway(ctx).writing('colleague:let_in', { kind: 'customer', id: input.customerId }, async (tx) => {
    const place = await placeOf(tx, input.customerId, home)
    const { customer, partner, people } = place
    const colleague = colleagueAmong(tx, people, input.personId)
    const reason = input.reason === undefined ? null : linesOfText('reason', input.reason, longestReason)
    const grants = await hasByName(tx, place, colleague.id)
    if (grants.length === 0) refuse('stale', `${colleague.name} has no access of their own to ${customer.name}. Nothing was changed.`)
    for (const grant of grants) await endAtOnce(tx, grant, reason)
    const handedOver = await handOver(tx, customer, partner, 'open', [colleague])
    await dropFromRecords(tx, customer, partner, [colleague])
    const standing = await standingGrants(tx, customer.id, partner.id)
    const all: string[] = []
    for (const grant of grants) {
      const left = [...leftInWords(tx.law, grant, standing, tx.now), ...handedOver]
      all.push(...left)
      tx.record({
        what: 'colleague.taken_out',
        customerId: customer.id,
        partnerId: partner.id,
        on: { kind: 'grant', id: grant.id },
        grantId: tx.decision.grant?.id ?? null,
        detail: { ...grantInHistory(tx, grant), why: reason, left },
      })
      tell(tx, 'colleague-taken-out', takenOutLetter(factsOf(tx, grant, reason), left), grant)
    }
    return { left: [...new Set(all)] }
  })
}
