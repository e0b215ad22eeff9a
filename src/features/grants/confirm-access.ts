// The customer confirms an access that an import brought along; until then it gives nothing.
import type { Context } from '../../context/context.ts'
import { refuse } from '../../kernel/refusal.ts'
import { headCounts } from '../organizations/steps.ts'
import { bothSides, factsOf, reachedByGrant, send, threadOf } from './letter-steps.ts'
import { confirmedLetter } from './letters.ts'
import { refuseOver } from './rules.ts'
import { grantAt, grantInHistory, refuseChanged, viewOfOne } from './steps.ts'
import { confirm } from './store.ts'
import { refuseForTwo } from './two-approver-rules.ts'
import type { GrantView } from './view-rules.ts'

/** What takes two people to give is not confirmed by one (403, BX-14): it stays without effect, and the partner asks for it. */
export function confirmAccess(ctx: Context, input: { grantId: string }): Promise<GrantView> {
  return ctx.writing('access:give', { kind: 'grant', id: input.grantId }, async (tx) => {
    const grant = await grantAt(tx, input.grantId)
    refuseOver(grant, tx.now)
    if (grant.confirmedAt !== null) refuse('already-answered', 'This access is confirmed already.', { detail: { at: grant.confirmedAt } })
    refuseForTwo(tx.law, grant)
    if (!(await confirm(tx, grant.id))) refuseChanged()
    const confirmed = await grantAt(tx, grant.id)
    tx.record({
      what: 'grant.confirmed',
      customerId: grant.customer.id,
      partnerId: grant.partner.id,
      on: { kind: 'grant', id: grant.id },
      detail: grantInHistory(tx, confirmed),
    })
    const heads = (await headCounts(tx, [grant.partner.id])).get(grant.partner.id) ?? 0
    const content = confirmedLetter(factsOf(tx, [confirmed], heads))
    const reached = await reachedByGrant(tx, grant)
    send(tx, 'access-confirmed', content, { ...grant, thread: threadOf(grant) }, await bothSides(tx, grant, reached))
    return viewOfOne(tx, confirmed)
  })
}
