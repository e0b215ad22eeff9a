// Which grants count at an instant: a comparison of dates, and the order of precedence. No job switches anything on or off.
import type { Instant } from '../kernel/instant.ts'
import type { Facts, GrantFact } from './facts.ts'
import type { Law } from './law.ts'

/** A grant counts from its start, exclusive of its end, once confirmed, until somebody ended it. */
export function isInForce(grant: GrantFact, at: Instant): boolean {
  return (
    grant.confirmedAt !== null &&
    grant.confirmedAt <= at &&
    grant.from <= at &&
    at < grant.until &&
    (grant.endedAt === null || at < grant.endedAt)
  )
}

export interface Standing {
  /** The grant that decides, or null. */
  readonly used: GrantFact | null
  /** Grants in force that another one replaces. */
  readonly notUsed: readonly GrantFact[]
}

/** The grant that decides for the subject: the most specific in force, also when it gives less (OR-012, OR-014). */
export function standing(law: Law, { subject, grants, at }: Facts): Standing {
  if (!subject || subject.suspended) return { used: null, notUsed: [] }
  const reaching = grants.filter((grant) => isInForce(grant, at) && reaches(grant, subject.personId, subject.organizationId, subject.side))
  const ranked = [...reaching].sort((a, b) => rankOf(law, a) - rankOf(law, b))
  return { used: ranked[0] ?? null, notUsed: ranked.slice(1) }
}

const rankOf = (law: Law, grant: GrantFact): number => law.precedence.indexOf(grant.personId ? 'person' : 'organization')

/** A grant reaches a person of the organization it was given to: that person, or everyone at a partner. The vendor's people are named, always. */
function reaches(grant: GrantFact, personId: string | null, organizationId: string | null, side: string): boolean {
  if (personId === null || grant.partnerId !== organizationId) return false
  return grant.personId === personId || (grant.personId === null && side === 'partner')
}
