// The facts that a decision is made from. The law is handed them; it never looks for any itself.
import type { GrantId, OrganizationId, PersonId, RecordId } from '../kernel/ids.ts'
import type { Instant } from '../kernel/instant.ts'
import type { CustomerRelation, Relation, Scalar } from '../rows/expression.ts'
import type { Attributes } from '../rows/holds.ts'
import type { ColleagueChoice, Side } from './law.ts'

/** The one whose right is in question, as things stood at the instant. */
export interface SubjectFact {
  readonly personId: PersonId | null
  readonly name: string
  readonly organizationId: OrganizationId | null
  readonly organizationName: string
  readonly side: Side
  /** Home roles for the whole organization. */
  readonly roles: readonly string[]
  /** Home roles at single sites. */
  readonly siteRoles: readonly { readonly role: string; readonly siteNo: number }[]
  /** The vendor has suspended the organization. */
  readonly suspended: boolean
  /** The partner's type, or null. */
  readonly partnerType: string | null
  /** Switches that are on. */
  readonly switches: readonly string[]
  readonly groups: readonly string[]
  /** Active partners of the same type and reference, one's own included. */
  readonly alike: readonly OrganizationId[]
  readonly attributes: Attributes
}

/** What a grant covers: the whole customer, or named sites or records only. */
export type GrantScope =
  | { readonly kind: 'all' }
  | { readonly kind: 'sites'; readonly siteNos: readonly number[] }
  | { readonly kind: 'records'; readonly records: readonly { readonly kind: string; readonly id: RecordId }[] }

export interface GrantFact {
  readonly id: GrantId
  readonly number: number
  readonly customerId: OrganizationId
  readonly partnerId: OrganizationId
  /** With no person and no group: to everyone at the partner. */
  readonly personId: PersonId | null
  readonly groupId: string | null
  /** Null where it gives roles or rights alone. */
  readonly level: string | null
  readonly rights: readonly string[]
  readonly scope: GrantScope
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
  /** With a site: what is done there alone, so that a role or an access held at that site counts too. */
  | { readonly kind: 'customer'; readonly id: string; readonly siteNo?: number }
  | { readonly kind: 'partner'; readonly id: string }
  | { readonly kind: 'record'; readonly recordKind: string; readonly id: string }
  | { readonly kind: 'access_request'; readonly id: string }
  | { readonly kind: 'grant'; readonly id: string }

export interface CustomerFact {
  readonly id: OrganizationId
  readonly name: string
  readonly number: number
  readonly timeZone: string
  readonly suspended: boolean
  /** What it chose about colleagues whom partners' administrators let in; null: nothing, so that the definition's word counts. */
  readonly colleagues: ColleagueChoice | null
}

export interface RecordFact {
  readonly id: RecordId
  readonly kind: string
  readonly externalId: string
  readonly number: string
  readonly title: string
  readonly state: string
  readonly siteNo: number | null
  readonly attributes: Attributes
  /** Whether the record that it refers to belongs to a customer, and whether that one is suspended. */
  readonly reference: 'none' | 'standing' | 'suspended'
  /** How the subject is named on it. */
  readonly relations: readonly Relation[]
  /** In which relations it names the subject's partner or one alike, its parts and what it refers to included (`part.relation`, `reference/relation`). */
  readonly partners: readonly { readonly relation: string; readonly partnerId: OrganizationId }[]
}

/** How the thing's customer, or that of the record it refers to, is related to the subject's partner or one alike. */
export interface RelatedFact {
  readonly relation: CustomerRelation
  readonly through: 'record' | 'reference'
  readonly partnerId: OrganizationId
}

/** The site at which a thing is: a record's, or the one that a question about a customer names. */
export const siteOf = ({ on, record }: ThingFact): number | null => record?.siteNo ?? (on.kind === 'customer' ? (on.siteNo ?? null) : null)

/** The thing that a question is about, found; whose it is decides. */
export interface ThingFact {
  readonly on: On
  /** The organizations it belongs to: a record's customer; an access request's and a grant's customer and partner. */
  readonly owners: readonly OrganizationId[]
  readonly customer: CustomerFact | null
  readonly record: RecordFact | null
  readonly related: readonly RelatedFact[]
  /** Who asked, on an access request. */
  readonly askedBy: PersonId | null
  readonly grant: GrantFact | null
}

/** What a trusted caller says of the three; it goes before what is stored. */
export interface Asked {
  readonly subject: Readonly<Record<string, Scalar>>
  readonly resource: Readonly<Record<string, Scalar>>
  readonly action: Readonly<Record<string, Scalar>>
}

export const nothingAsked: Asked = { subject: {}, resource: {}, action: {} }

export interface Facts {
  readonly at: Instant
  /** Null: nobody, or no such person at the instant. */
  readonly subject: SubjectFact | null
  /** Null: there is no such thing. */
  readonly thing: ThingFact | null
  /** The grants of the thing's customer to the subject, a group or the subject's whole organization, ended and unconfirmed ones included. */
  readonly grants: readonly GrantFact[]
  readonly asked: Asked
  /** Somebody looks through the subject's eyes (BX-01): whatever the subject may do, nothing but reading is done. */
  readonly looking?: boolean
}

/** Facts in which there is somebody and something. */
export interface Question extends Facts {
  readonly subject: SubjectFact
  readonly thing: ThingFact
}
