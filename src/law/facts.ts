// The facts that a decision is made from. The law is handed them; it never looks for any itself.
import type { GrantId, OrganizationId, PersonId, RecordId } from '../kernel/ids.ts'
import type { Instant } from '../kernel/instant.ts'
import type { Relation } from '../rows/expression.ts'
import type { Side } from './law.ts'

/** The one whose right is in question, as things stood at the instant. */
export interface SubjectFact {
  readonly personId: PersonId | null
  readonly name: string
  readonly organizationId: OrganizationId | null
  readonly organizationName: string
  readonly side: Side
  readonly roles: readonly string[]
  /** The vendor has suspended the organization. */
  readonly suspended: boolean
}

export interface GrantFact {
  readonly id: GrantId
  readonly number: number
  readonly customerId: OrganizationId
  readonly partnerId: OrganizationId
  /** Null: to everyone at the partner. */
  readonly personId: PersonId | null
  readonly level: string
  readonly from: Instant
  readonly until: Instant
  /** Null: imported and not confirmed. */
  readonly confirmedAt: Instant | null
  readonly endedAt: Instant | null
  readonly reason: string | null
  readonly givenByName: string | null
  readonly givenAt: Instant
}

/** What a question can be about. */
export type On =
  | { readonly kind: 'portal' }
  /** What the law lets me do somewhere, for lists and one's own things: the answer is a set of rows, and the rows decide. */
  | { readonly kind: 'self' }
  | { readonly kind: 'customer'; readonly id: string }
  | { readonly kind: 'partner'; readonly id: string }
  | { readonly kind: 'record'; readonly recordKind: string; readonly id: string }
  | { readonly kind: 'access_request'; readonly id: string }
  | { readonly kind: 'grant'; readonly id: string }

export interface CustomerFact {
  readonly id: OrganizationId
  readonly name: string
  readonly number: number
  readonly timeZone: string
}

export interface RecordFact {
  readonly id: RecordId
  readonly kind: string
  readonly externalId: string
  readonly number: string
  readonly title: string
  readonly state: string
  /** How the subject is named on it. */
  readonly relations: readonly Relation[]
}

/** The thing that a question is about, found; whose it is decides. */
export interface ThingFact {
  readonly on: On
  /** The organizations it belongs to: a record's customer; an access request's and a grant's customer and partner. */
  readonly owners: readonly OrganizationId[]
  readonly customer: CustomerFact | null
  readonly record: RecordFact | null
  /** Who asked, on an access request. */
  readonly askedBy: PersonId | null
  readonly grant: GrantFact | null
}

export interface Facts {
  readonly at: Instant
  /** Null: nobody, or no such person at the instant. */
  readonly subject: SubjectFact | null
  /** Null: there is no such thing. */
  readonly thing: ThingFact | null
  /** The grants of the thing's customer to the subject or the subject's whole organization, ended and unconfirmed ones included. */
  readonly grants: readonly GrantFact[]
}
