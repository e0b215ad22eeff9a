// Requests for access: what a partner's people asked for, or what was put before a customer.
import type { Context, ReadTx } from '../../context/context.ts'
import { homeOf, personOf } from '../organizations/actor-rules.ts'
import { type AccessRequest, isAmong, type RequestFilter } from './rules.ts'
import { refuseUnconcerned, requestAt, speaksForPartner } from './steps.ts'
import { requestsWhere } from './store.ts'
import { type RequestView, viewOfOne, viewsOf } from './view-steps.ts'

export interface ListInput {
  readonly side: 'asked' | 'received'
  readonly state: RequestFilter
}

/** Newest first. Who does not speak for the whole partner sees what they asked for themselves (OR-061). */
export function listAccessRequests(ctx: Context, { side, state }: ListInput): Promise<RequestView[]> {
  const home = homeOf(ctx.actor)
  const on = { kind: side === 'received' ? 'customer' : 'partner', id: home } as const
  return ctx.reading('access_request:read', on, async (tx) => {
    const requests = side === 'received' ? await requestsWhere(tx, { customerId: home }) : await askedOnes(tx, home)
    return (await viewsOf(tx, requests)).filter((view) => isAmong(view.state, state))
  })
}

async function askedOnes(tx: ReadTx, home: string): Promise<AccessRequest[]> {
  const all = await speaksForPartner(tx, home)
  return requestsWhere(tx, { partnerId: home, askedBy: all ? null : personOf(tx.actor) })
}

/** One request. A colleague's is not found by whoever does not speak for the whole partner and is not named in it. */
export function readAccessRequest(ctx: Context, input: { requestId: string }): Promise<RequestView> {
  return ctx.reading('access_request:read', { kind: 'access_request', id: input.requestId }, async (tx) => {
    const request = await requestAt(tx, input.requestId)
    await refuseUnconcerned(tx, request)
    return viewOfOne(tx, request)
  })
}
