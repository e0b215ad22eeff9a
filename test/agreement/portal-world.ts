// A small world of any of the five portals as plain values: what the naive reading is handed. Knows nothing of the product and holds no law.

export type PortalName = 'support-desk' | 'telephony-account' | 'managed-services' | 'field-service' | 'standard'

/** Instants are whole hours; everything is asked at hour 0. Intervals are [from, until): the end is exclusive, and null goes on. */
export interface PortalWorld {
  readonly organizations: readonly PortalOrganization[]
  readonly sites: readonly PortalSite[]
  readonly relationships: readonly PortalRelationship[]
  readonly people: readonly PortalPerson[]
  readonly groups: readonly PortalGroup[]
  readonly grants: readonly PortalGrant[]
  readonly records: readonly PortalRecord[]
}

export interface PortalOrganization {
  readonly id: string
  readonly kind: 'customer' | 'partner' | 'vendor'
  /** The vendor has suspended it, which is the same as inactive. */
  readonly suspended: boolean
  /** Partners of field-service: partner_employee, partner_customer or partner_vendor; null everywhere else. */
  readonly partnerType: string | null
  /** The partner's "Ref Num", or null where it has none. */
  readonly reference: string | null
}

export interface PortalSite {
  readonly id: string
  /** The customer whose site it is. */
  readonly customer: string
}

export interface PortalRelationship {
  /**
   * associated: the partner `other` is the customer itself (a partner-customer). preferred: `other` is the customer's preferred partner.
   * subordinate: `customer` is a subordinate of the customer `other`. works_with: they work together, and no more.
   */
  readonly relation: 'works_with' | 'associated' | 'preferred' | 'subordinate'
  readonly customer: string
  readonly other: string
  readonly from: number
  readonly until: number | null
}

export interface PortalPerson {
  readonly id: string
  /** The one home organization. */
  readonly organization: string
  /** Home roles for the whole organization. */
  readonly roles: readonly string[]
  /** Home roles at one site only. */
  readonly siteRoles: readonly { readonly role: string; readonly site: string }[]
  /** The switches that are on for this person. */
  readonly switches: readonly string[]
  /** The membership in the home organization. */
  readonly from: number
  readonly until: number | null
}

export interface PortalGroup {
  readonly id: string
  /** The partner whose group it is. */
  readonly partner: string
  /** Who is in it, and in which interval. */
  readonly members: readonly { readonly person: string; readonly from: number; readonly until: number | null }[]
}

export interface PortalGrant {
  readonly customer: string
  /** The grantee's organization: a partner, or the vendor for one of its own people. */
  readonly partner: string
  /** The one person it was given to, or null. */
  readonly person: string | null
  /** The one group it was given to, or null. Person and group both null: everyone at the partner. */
  readonly group: string | null
  /** The level, in portals that know levels, or null. */
  readonly level: string | null
  /** The rights or roles given, in portals that know them. */
  readonly rights: readonly string[]
  readonly scope: PortalScope
  readonly from: number
  readonly until: number
  /** Imported and not confirmed: false. */
  readonly confirmed: boolean
  /** When somebody removed it, or null. */
  readonly endedAt: number | null
}

/** What of the customer a grant is about: everything, the records of some sites, or some records. */
export type PortalScope =
  | { readonly kind: 'all' }
  | { readonly kind: 'sites'; readonly sites: readonly string[] }
  | { readonly kind: 'records'; readonly records: readonly string[] }

export interface PortalRecord {
  readonly id: string
  /** One of the portal's kinds of record, for instance service_request. */
  readonly kind: string
  /** The customer it belongs to, or null where it belongs to none. */
  readonly customer: string | null
  /** The customer's site it is about, or null. */
  readonly site: string | null
  /** One of the states of its kind; only closed counts as closed. */
  readonly state: string
  /** A line's, an operation's or a transaction's header, or null. */
  readonly parent: string | null
  /** The record it refers to (an incident's or a claim's service order), or null. */
  readonly refersTo: string | null
  /** The people named on it, and as what. */
  readonly named: readonly { readonly person: string; readonly relation: string }[]
  /** The partners named on it, and as what. */
  readonly partners: readonly { readonly partner: string; readonly relation: string }[]
  /** A document's addressed partner types. */
  readonly addressedTo: readonly string[]
}
