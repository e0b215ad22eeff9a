// Which grants count at an instant: a comparison of dates, and the order of precedence. No job switches anything on or off.
import type { Instant } from '../kernel/instant.ts'
import type { Scope } from '../rows/expression.ts'
import { type Facts, type GrantFact, type SubjectFact, siteOf, type ThingFact } from './facts.ts'
import { allowancesOf, type Grantee, type Law } from './law.ts'

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
  /** The grants that decide: those of the most specific grantee. Usually one; several add up, each on what it covers. */
  readonly used: readonly GrantFact[]
  /** Grants in force that more specific ones replace. */
  readonly notUsed: readonly GrantFact[]
}

/** The grants that decide for the subject: the most specific in force, also when they give less (OR-012, OR-014). */
export function standing({ subject, grants, thing, at }: Facts): Standing {
  if (!subject || subject.suspended || thing?.customer?.suspended) return { used: [], notUsed: [] }
  const reaching = grants.filter((grant) => isInForce(grant, at) && reaches(grant, subject))
  if (reaching.length < 2) return { used: reaching, notUsed: [] }
  const ranked = [...reaching].sort((a, b) => rankOf(a) - rankOf(b))
  const best = Math.min(...ranked.map(rankOf))
  const decides = (grant: GrantFact) => rankOf(grant) === best
  return { used: ranked.filter(decides), notUsed: ranked.filter((grant) => !decides(grant)) }
}

/** The most specific first: in every portal the same order. */
const rankOf = ({ personId, groupId }: GrantFact): number => (personId !== null ? 0 : groupId !== null ? 1 : 2)

function granteeOf({ personId, groupId }: GrantFact, side: SubjectFact['side'] | undefined): Grantee {
  if (personId !== null) return side === 'vendor' ? 'vendor_person' : 'person'
  return groupId !== null ? 'group' : 'organization'
}

/** A grant reaches a person of the organization it was given to: that person, a group's member, or everyone at a partner. The vendor's people are named, always. */
function reaches(grant: GrantFact, { personId, organizationId, side, groups }: SubjectFact): boolean {
  if (personId === null || grant.partnerId !== organizationId) return false
  if (grant.personId !== null) return grant.personId === personId
  return side === 'partner' && (grant.groupId === null || groups.includes(grant.groupId))
}

/**
 * What a grant gives on the record of the facts, or (no record) at the customer as a whole. A narrower scope gives nothing of what may not be given
 * so narrowly; and what was given to a sort of grantee that the portal does not know (any more) gives nothing, though it still decides.
 */
export function givenBy(law: Law, grant: GrantFact, { subject, thing }: Facts): string[] {
  const scope = scopeCovering(grant, thing)
  if (scope === null || !law.grantees.includes(granteeOf(grant, subject?.side))) return []
  const codes = [...(grant.level === null ? [] : [grant.level]), ...grant.rights]
  if (scope === 'all') return codes
  return codes.filter((code) => allowancesOf(law).some((one) => one.code === code && one.scopes.includes(scope)))
}

/** By which scope a grant covers the record, or the customer at a site; null: it does not. */
function scopeCovering({ scope }: GrantFact, thing: ThingFact | null): 'all' | Scope | null {
  if (scope.kind === 'all') return 'all'
  if (thing === null) return null
  const { record } = thing
  const siteNo = siteOf(thing)
  if (scope.kind === 'sites') return siteNo !== null && scope.siteNos.includes(siteNo) ? 'sites' : null
  if (record === null) return null
  return scope.records.some(({ kind, id }) => kind === record.kind && id === record.id) ? 'records' : null
}
