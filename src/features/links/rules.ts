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

/**
 * How often one may ask a customer for something, be it to be linked or for access. Both count what a person or partner did itself, so that reaching one says
 * nothing about anybody else. Twenty customers in one sitting are usual work; hundreds are a machine.
 */
const mostAsked = { hourlyOfPerson: 60, dailyOfPartner: 500 } as const

export interface AskedLately {
  readonly hourlyOfPerson: number
  readonly dailyOfPartner: number
}

/** Refuses (429) to ask more often than somebody in earnest does: each time people elsewhere are written to. */
export function refuseAskedTooOften({ hourlyOfPerson, dailyOfPartner }: AskedLately): void {
  if (hourlyOfPerson >= mostAsked.hourlyOfPerson)
    refuse('too-many', `You asked ${hourlyOfPerson} times within the last hour, which is the most. Nothing was asked. Try again later.`)
  if (dailyOfPartner >= mostAsked.dailyOfPartner)
    refuse(
      'too-many',
      `Your organization asked ${dailyOfPartner} times within the last day, which is the most. Nothing was asked. Try again tomorrow.`,
    )
}

/** Refuses (409) to answer what waits no more. */
export function refuseUnlessAsked({ state, partner, customer }: Link): void {
  if (state === 'asked') return
  const answered = state === 'standing' ? 'linked' : 'declined'
  refuse('already-answered', `Somebody already ${answered} ${partner.name} and ${customer.name}. Nothing more to do.`)
}
