// Who has access: what a customer gave, or what a partner (or a person of the vendor) received.
import type { Context } from '../../context/context.ts'
import { homeOf, personOf } from '../organizations/actor-rules.ts'
import { type Grant, isAmong, type StateFilter, stateOf } from './rules.ts'
import { grantAt, viewOfOne, viewsOf } from './steps.ts'
import { grantsWhere } from './store.ts'
import type { GrantView } from './view-rules.ts'

export interface ListInput {
  readonly side: 'given' | 'received'
  readonly state: StateFilter
}

/** Newest first. Somebody who may not ask for everyone sees, of what was received, what is for everyone and for themselves (OR-008, OR-064). */
export function listGrants(ctx: Context, { side, state }: ListInput): Promise<GrantView[]> {
  const home = homeOf(ctx.actor)
  const on = { kind: side === 'given' ? 'customer' : 'partner', id: home } as const
  return ctx.reading('access:read', on, async (tx) => {
    const among = (grants: Grant[]) => grants.filter((grant) => isAmong(stateOf(grant, tx.now), state))
    if (side === 'given') return viewsOf(tx, among(await grantsWhere(tx, { customerId: home })))
    const all = (await tx.can('access_request:ask_for_organization', on)).allowed
    return viewsOf(tx, among(await grantsWhere(tx, { partnerId: home, seenBy: all ? null : personOf(ctx.actor) })))
  })
}

export function readGrant(ctx: Context, input: { grantId: string }): Promise<GrantView> {
  return ctx.reading('access:read', { kind: 'grant', id: input.grantId }, async (tx) => viewOfOne(tx, await grantAt(tx, input.grantId)))
}
