// The rows that the facts statement returns, and a grant's row as a fact.
import { asId, type GrantId, type OrganizationId, type PersonId, type RecordId } from '../kernel/ids.ts'
import { type Instant, instantOf } from '../kernel/instant.ts'
import type { GrantFact, GrantScope, RecordFact, RelatedFact, SubjectFact, ThingFact } from '../law/facts.ts'

export interface GrantRow {
  readonly id: string
  readonly number: number
  readonly customer_id: string
  readonly partner_id: string
  readonly person_id: string | null
  readonly group_id: string | null
  readonly level: string | null
  readonly rights: readonly string[]
  readonly scope: GrantScope['kind']
  readonly sites: readonly number[]
  readonly records: readonly { readonly kind: string; readonly id: string }[]
  readonly from_at: string
  readonly until_at: string
  readonly confirmed_at: string | null
  readonly ended_at: string | null
  readonly reason: string | null
  readonly given_by_name: string | null
  readonly given_at: string
}

export interface ThingRow {
  readonly customerId: string | null
  readonly partnerId: string | null
  readonly askedBy: string | null
  readonly grantId: string | null
  readonly customer: ThingFact['customer']
  readonly record: (Omit<RecordFact, 'relations' | 'partners' | 'id'> & { readonly id: string }) | null
}

/** One of the people asked about, and how the thing is bound to them and their partner. */
export interface SubjectRow {
  readonly subject: SubjectFact
  readonly relations: readonly string[]
  readonly partners: RecordFact['partners']
  readonly related: readonly RelatedFact[]
}

export interface FactsRow {
  readonly subjects: readonly SubjectRow[]
  readonly thing: ThingRow | null
  readonly grants: readonly GrantRow[]
  readonly version: number
}

const instant = (text: string): Instant => instantOf(new Date(text))
const instantOrNull = (text: string | null): Instant | null => (text === null ? null : instant(text))

export function grantOf(row: GrantRow): GrantFact {
  return {
    id: asId<GrantId>(row.id),
    number: row.number,
    customerId: asId<OrganizationId>(row.customer_id),
    partnerId: asId<OrganizationId>(row.partner_id),
    personId: row.person_id === null ? null : asId<PersonId>(row.person_id),
    groupId: row.group_id,
    level: row.level,
    rights: row.rights,
    scope: scopeOf(row),
    from: instant(row.from_at),
    until: instant(row.until_at),
    confirmedAt: instantOrNull(row.confirmed_at),
    endedAt: instantOrNull(row.ended_at),
    reason: row.reason,
    givenByName: row.given_by_name,
    givenAt: instant(row.given_at),
  }
}

function scopeOf({ scope, sites, records }: GrantRow): GrantScope {
  if (scope === 'sites') return { kind: scope, siteNos: sites }
  return scope === 'records' ? { kind: scope, records: records.map(({ kind, id }) => ({ kind, id: asId<RecordId>(id) })) } : { kind: 'all' }
}
