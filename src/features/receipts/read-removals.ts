// The receipts of what the customer removed, newest first.
import type { Context } from '../../context/context.ts'
import { homeOf } from '../organizations/actor-rules.ts'
import { readOne, viewsOf } from './read-steps.ts'
import { removalsWhere } from './store.ts'
import type { RemovalView } from './view-rules.ts'

/** At most fifty; narrowed to one access or one partner. */
export function listRemovals(
  ctx: Context,
  { grant, partner }: { grant?: string | undefined; partner?: string | undefined },
): Promise<RemovalView[]> {
  const home = homeOf(ctx.actor)
  const filter = {
    customerId: home,
    ...(grant === undefined ? {} : { grantId: grant }),
    ...(partner === undefined ? {} : { partnerId: partner }),
  }
  return ctx.reading('access:remove', { kind: 'customer', id: home }, async (tx) => viewsOf(tx, home, await removalsWhere(tx, filter)))
}

export function readRemoval(ctx: Context, input: { removalId: string }): Promise<RemovalView> {
  const home = homeOf(ctx.actor)
  return ctx.reading('access:remove', { kind: 'customer', id: home }, (tx) => readOne(tx, home, input.removalId))
}
