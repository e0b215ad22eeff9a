// Linking of a partner's and a customer's accounts: what state it is in, and who has a say in it.
import type { OrganizationId } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/instant.ts'
import { refuse } from '../../kernel/refusal.ts'
import type { Law } from '../../law/law.ts'

export type LinkState = 'asked' | 'standing' | 'denied'

export interface Link {
  readonly id: string
  readonly customer: { readonly id: OrganizationId; readonly name: string }
  readonly partner: { readonly id: OrganizationId; readonly name: string }
  readonly state: LinkState
  /** Null: the customer linked the two itself, by giving access. */
  readonly askedBy: { readonly name: string; readonly email: string } | null
  readonly askedAt: Instant
  readonly answeredAt: Instant | null
}

/** Whether accounts are linked at all on this portal: where its definition lets somebody ask for it. Elsewhere working with each other is enough. */
export const linksAccounts = ({ rules }: Pick<Law, 'rules'>): boolean => rules.has('link:ask')

/** available: the partner may ask for it · asked · linked · denied: it was, and may be asked for again. */
export type LinkStanding = 'available' | 'asked' | 'linked' | 'denied'

export function standingOf(link: Pick<Link, 'state'> | undefined, linked: boolean): LinkStanding {
  if (linked) return 'linked'
  if (link === undefined || link.state === 'standing') return 'available'
  return link.state
}

/** Refuses (409) to answer what waits no more. */
export function refuseUnlessAsked({ state, partner, customer }: Link): void {
  if (state === 'asked') return
  const answered = state === 'standing' ? 'linked' : 'declined'
  refuse('already-answered', `Somebody already ${answered} ${partner.name} and ${customer.name}. Nothing more to do.`)
}
