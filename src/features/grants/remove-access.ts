// The customer removes an access. It ends at once, and the answer says what is left.
import type { Context } from '../../context/context.ts'
import { linesOfText } from '../conversations/rules.ts'
import { personOf } from '../organizations/actor-rules.ts'
import { headCounts, organizationAt } from '../organizations/steps.ts'
import { dropFromRecords, handOver } from './hand-over-steps.ts'
import { bothSides, factsOf, reachedByGrant, send, threadOf } from './letter-steps.ts'
import { removedLetter } from './letters.ts'
import { standingGrants } from './preview-steps.ts'
import { leftInWords, longestReason, refuseOver } from './rules.ts'
import { grantAt, grantInHistory, groupsOfPerson, refuseChanged, viewOfOne } from './steps.ts'
import { endGrant } from './store.ts'
import type { GrantView } from './view-rules.ts'

export interface RemoveInput {
  readonly grantId: string
  readonly reason?: string | undefined
}

export interface Removed {
  readonly grant: GrantView
  /** What the same people still have, and what open work was handed over, one sentence each. */
  readonly left: readonly string[]
}

/** OR-009, OR-098. */
export function removeAccess(ctx: Context, input: RemoveInput): Promise<Removed> {
  return ctx.writing('access:remove', { kind: 'grant', id: input.grantId }, async (tx) => {
    const grant = await grantAt(tx, input.grantId)
    refuseOver(grant, tx.now)
    const reason = input.reason === undefined ? null : linesOfText('reason', input.reason, longestReason)
    const ended = await endGrant(tx, grant.id, { kind: 'removed', by: personOf(tx.actor), reason })
    if (!ended) refuseChanged()
    const customer = await organizationAt(tx, grant.customer.id)
    const handedOver = await handOver(tx, customer, grant.partner)
    await dropFromRecords(tx, customer, grant.partner, grant.person?.id ?? null)
    const standing = await standingGrants(tx, customer.id, grant.partner.id)
    const groups = grant.person === null ? [] : await groupsOfPerson(tx, standing, grant.person.id)
    const left = [...leftInWords(tx.law, grant, standing, tx.now, groups), ...handedOver]
    tx.record({
      what: 'grant.removed',
      customerId: grant.customer.id,
      partnerId: grant.partner.id,
      on: { kind: 'grant', id: grant.id },
      detail: { ...grantInHistory(tx, grant), why: reason, left },
    })
    const heads = (await headCounts(tx, [grant.partner.id])).get(grant.partner.id) ?? 0
    const content = removedLetter(factsOf(tx, [grant], heads), reason, left)
    const reached = await reachedByGrant(tx, grant)
    send(tx, 'access-removed', content, { ...grant, thread: threadOf(grant) }, await bothSides(tx, grant, reached))
    return { grant: await viewOfOne(tx, await grantAt(tx, grant.id)), left }
  })
}
