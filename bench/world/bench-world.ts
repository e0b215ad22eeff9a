// A generated portal as columns of numbers: small enough to be kept beside the database and asked for the right answers.
import type { Size } from './sizes.ts'

export const levels = ['cc', 'look', 'update', 'create', 'service_admin', 'full_admin'] as const
export const kinds = ['service_request', 'service_order', 'interaction'] as const
export const states = ['new', 'active', 'waiting_for_customer', 'waiting_for_vendor', 'resolved', 'closed'] as const
export const namings = ['requester', 'additional_contact'] as const
export const assignments = ['assigned', 'lead_partner'] as const

/** The instant of every question, in milliseconds. */
export const now = Date.parse('2026-11-21T10:00:00.000Z')
export const dayMs = 86_400_000
/** When the oldest record changed, in seconds: three years ago. */
export const oldest = now / 1000 - 3 * 365 * 86_400

/** Rows that point at a record, as columns of the same length. */
export interface Links {
  readonly record: Int32Array
  /** A person or a partner. */
  readonly to: Int32Array
  /** Place in `namings` or `assignments`. */
  readonly relation: Uint8Array
}

export interface BenchGrants {
  readonly customer: Int32Array
  readonly partner: Int32Array
  /** -1: everyone at the partner. */
  readonly person: Int32Array
  readonly level: Uint8Array
  /** The last day: days from now, not above 0 where the grant has expired. */
  readonly untilDay: Int16Array
}

export interface BenchRecords {
  readonly kind: Uint8Array
  readonly customer: Int32Array
  /** Seconds since 1970. */
  readonly updatedAt: Uint32Array
  readonly state: Uint8Array
  readonly title: Uint32Array
}

export interface BenchPeople {
  /** A customer's number, or -1 - the partner's. */
  readonly home: Int32Array
  /** 1: a contact manager of a customer. */
  readonly manages: Uint8Array
  /** Where each partner's people begin; they follow one another. */
  readonly ofPartner: Int32Array
}

export interface BenchWorld {
  readonly size: Size
  readonly people: BenchPeople
  readonly grants: BenchGrants
  readonly records: BenchRecords
  readonly named: Links
  readonly assigned: Links
}

const first = 'robot printer conveyor scanner gateway sensor router invoice label pump valve motor panel badge camera drive'.split(' ')
const then = 'stops restarts beeps overheats leaks misreads drops resets hangs flickers'.split(' ')

/** A title says a common word, and one of 5,000 codes. */
export const titleOf = (title: number): string =>
  `${first[title % first.length]} ${then[(title >>> 4) % then.length]} code kx${String(title % 5_000).padStart(4, '0')}`
/** A text that about one record in 5,000 has. */
export const rareText = 'kx0412'
