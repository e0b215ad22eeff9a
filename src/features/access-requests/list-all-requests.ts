// Every request for access on the whole portal, for whoever runs it.
import type { Context, ReadTx } from '../../context/context.ts'
import { accessWords } from '../grants/access-rules.ts'
import { nameIfKnown } from '../organizations/steps.ts'
import { type AccessRequest, isAmong, type RequestFilter, type RequestState, requestNumber, stateOf } from './rules.ts'
import { requestsWhere } from './store.ts'

export interface OperatorsRequest {
  readonly id: string
  readonly number: string
  readonly state: RequestState
  readonly partner: { readonly id: string; readonly name: string }
  readonly askedBy: string
  readonly addressedTo: string
  /** Null: the address belongs to nobody who answers for a customer. */
  readonly customer: { readonly id: string; readonly name: string } | null
  /** What is asked, in words, one for each grantee. */
  readonly asks: readonly string[]
  readonly endsOn: string
  readonly askedAt: string
  readonly lapsesAt: string
}

const mostListed = 1000

interface AllRequestsWanted {
  readonly state: RequestFilter
  /** A partner or customer by its id or name. */
  readonly partner?: string | undefined
  readonly customer?: string | undefined
}

/** Newest first, at most a thousand. Needs `portal:operate`. */
export function listAllRequests(ctx: Context, { state, partner, customer }: AllRequestsWanted): Promise<OperatorsRequest[]> {
  return ctx.reading('portal:operate', { kind: 'portal' }, async (tx) => {
    const all = (await requestsWhere(tx, { portal: true })).filter(
      (one) => isAmong(stateOf(one, tx.now), state) && isCalled(partner, one.partner),
    )
    const names = new Map<string, string | null>()
    for (const { customerId } of all)
      if (customerId !== null && !names.has(customerId)) names.set(customerId, await nameIfKnown(tx, customerId))
    return all
      .map((one) => shown(tx, one, one.customerId === null ? null : { id: one.customerId, name: names.get(one.customerId) ?? '' }))
      .filter((one) => isCalled(customer, one.customer))
      .slice(0, mostListed)
  })
}

const isCalled = (text: string | undefined, who: { readonly id: string; readonly name: string } | null): boolean =>
  text === undefined || (who !== null && (who.id === text || who.name.toLowerCase() === text.toLowerCase()))

const shown = ({ law, now }: ReadTx, one: AccessRequest, customer: OperatorsRequest['customer']): OperatorsRequest => ({
  id: one.id,
  number: requestNumber(one.number),
  state: stateOf(one, now),
  partner: { id: one.partner.id, name: one.partner.name },
  askedBy: one.askedBy.name,
  addressedTo: one.addressedTo,
  customer,
  asks: one.items.map((item) => `${accessWords(law, item)} for ${item.person?.name ?? 'everyone'}`),
  endsOn: one.endsOn,
  askedAt: one.askedAt,
  lapsesAt: one.lapsesAt,
})
