// Who has access: what a customer gave, or what a partner (or a person of the vendor) received.
import type { Context } from '../../context/context.ts'
import { homeOf } from '../organizations/actor-rules.ts'
import { type Grant, isAmong, type StateFilter, stateOf } from './rules.ts'
import { grantAt, narrowedTo, viewOfOne, viewsOf } from './steps.ts'
import { grantsWhere } from './store.ts'
import type { GrantView } from './view-rules.ts'

export interface ListInput {
  readonly side: 'given' | 'received'
  readonly state: StateFilter
}

/** Newest first. Who does not administer the partner sees, of what was received, what is for everyone, for groups and for themselves (OR-008, OR-064). */
export function listGrants(ctx: Context, { side, state }: ListInput): Promise<GrantView[]> {
  const home = homeOf(ctx.actor)
  const on = { kind: side === 'given' ? 'customer' : 'partner', id: home } as const
  return ctx.reading('access:read', on, async (tx) => {
    const among = (grants: Grant[]) => grants.filter((grant) => isAmong(stateOf(grant, tx.now), state))
    if (side === 'given') return viewsOf(tx, among(await grantsWhere(tx, { customerId: home })))
    return viewsOf(tx, among(await grantsWhere(tx, { partnerId: home, seenBy: await narrowedTo(tx, home) })))
  })
}

/** One of those that a list shows to whoever asks; any other is not found. */
export function readGrant(ctx: Context, input: { grantId: string }): Promise<GrantView> {
  return ctx.reading('access:read', { kind: 'grant', id: input.grantId }, async (tx) => viewOfOne(tx, await grantAt(tx, input.grantId)))
}
