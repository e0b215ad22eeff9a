// A small world as plain values: what the naive reading is handed, and what the agreement test puts into a real database. Knows nothing of the product's law.

/** Instants are whole hours; everything is asked at hour 0. */
export interface SmallWorld {
  readonly organizations: readonly SmallOrganization[]
  readonly people: readonly SmallPerson[]
  readonly grants: readonly SmallGrant[]
  readonly records: readonly SmallRecord[]
}

export interface SmallOrganization {
  readonly id: string
  readonly kind: 'customer' | 'partner' | 'vendor'
  /** The vendor has suspended it. */
  readonly suspended: boolean
}

export interface SmallPerson {
  readonly id: string
  /** The one home organization. */
  readonly organization: string
  /** Home roles: contact, contact_manager, primary_contact (customer); consultant, partner_administrator (partner); vendor_staff, operator (vendor). */
  readonly roles: readonly string[]
  /** When the membership in the home organization began, and when it ended (null: it goes on). The end is exclusive. */
  readonly from: number
  readonly until: number | null
}

export interface SmallGrant {
  readonly customer: string
  /** The grantee's organization: a partner, or the vendor for one of its own people. */
  readonly partner: string
  /** Null: everyone of the organization. */
  readonly person: string | null
  /** cc, look, update, create, service_admin, full_admin. */
  readonly level: string
  /** The end is exclusive. */
  readonly from: number
  readonly until: number
  /** Imported and not confirmed: false. */
  readonly confirmed: boolean
  /** When somebody removed it, or null. */
  readonly endedAt: number | null
}

export interface SmallRecord {
  readonly id: string
  readonly customer: string
  /** new, active, waiting_for_customer, waiting_for_vendor, resolved or closed; only closed counts as closed. */
  readonly state: string
  /** Who is named on it: requester, point_of_contact, additional_contact. */
  readonly named: readonly { readonly person: string; readonly relation: string }[]
}
