// The customer removes an access. It ends at once, and the answer says what is left.
import type { Context } from '../../context/context.ts'
import { takingAway } from '../../context/taking-away.ts'
import { linesOfText } from '../conversations/rules.ts'
import { organizationAt } from '../organizations/steps.ts'
import { endingWith, type Kept, keepRemoval, namedNow } from '../receipts/steps.ts'
import { endAccess } from './removal-steps.ts'
import { longestReason, refuseOver } from './rules.ts'
import { grantAt, viewOfOne } from './steps.ts'
import type { GrantView } from './view-rules.ts'

export interface RemoveInput {
  readonly grantId: string
  readonly reason?: string | undefined
}

export interface Removed {
  readonly grant: GrantView
  /** What the same people still have, and what open work was handed over, one sentence each. */
  readonly left: readonly string[]
  /** The receipt; it can be undone until then. */
  readonly removal: Kept
}

/** OR-009, OR-098. A group that the access made ends with it (MI-025, MI-026). */
export function removeAccess(ctx: Context, input: RemoveInput): Promise<Removed> {
  return takingAway(ctx).writing('access:remove', { kind: 'grant', id: input.grantId }, async (tx) => {
    const grant = await grantAt(tx, input.grantId)
    refuseOver(grant, tx.now)
    const reason = input.reason === undefined ? null : linesOfText('reason', input.reason, longestReason)
    const [customer, partner] = [await organizationAt(tx, grant.customer.id), await organizationAt(tx, grant.partner.id)]
    const [ended, named] = [await endingWith(tx, customer, partner, [grant]), await namedNow(tx, customer, partner)]
    const left = await endAccess(tx, customer, grant, reason)
    const removal = await keepRemoval(tx, { customer, partner, grantId: grant.id, reason, ended, named, left })
    return { grant: await viewOfOne(tx, await grantAt(tx, grant.id)), left, removal }
  })
}
