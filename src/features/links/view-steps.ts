// A link as the API tells of it, to the side that reads it.
import type { ReadTx } from '../../context/context.ts'
import type { Instant } from '../../kernel/instant.ts'
import type { Link, LinkStanding } from './rules.ts'

export interface LinkView {
  /** Null: nobody has asked for it yet. */
  readonly id: string | null
  readonly customer: { readonly id: string; readonly name: string }
  readonly partner: { readonly id: string; readonly name: string }
  readonly state: LinkStanding
  readonly askedBy: Link['askedBy']
  readonly askedAt: Instant | null
  readonly answeredAt: Instant | null
  readonly abilities: { readonly ask: boolean; readonly answer: boolean }
}

interface Parties {
  readonly customer: LinkView['customer']
  readonly partner: LinkView['partner']
}

/** For the partner: whether it may ask for the link now. */
export function viewForPartner({ customer, partner }: Parties, state: LinkStanding, link: Link | undefined, mayAsk: boolean): LinkView {
  const ask = mayAsk && (state === 'available' || state === 'denied')
  return {
    id: link?.id ?? null,
    customer,
    partner,
    state,
    askedBy: link?.askedBy ?? null,
    askedAt: link?.askedAt ?? null,
    answeredAt: link?.answeredAt ?? null,
    abilities: { ask, answer: false },
  }
}

/** For whoever may answer. */
export function viewForAnswerer({ state, ...link }: Link): LinkView {
  return { ...link, state: state === 'standing' ? 'linked' : state, abilities: { ask: false, answer: state === 'asked' } }
}

export const mayAskForLinks = async (tx: ReadTx, partnerId: string): Promise<boolean> =>
  (await tx.can('link:ask', { kind: 'partner', id: partnerId })).allowed
