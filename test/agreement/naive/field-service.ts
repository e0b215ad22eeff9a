// A naive reading of field-service: a record is read where it stands on a page that is open to the person (the page table, IN-028 to IN-107).

import type { PortalOrganization, PortalRecord, PortalWorld } from '../portal-world.ts'
import { type Actor, isOwn, isShut, type Question } from './common.ts'
import {
  isAsFilteredIncident,
  isFilteredInteraction,
  isFilteredServiceOrder,
  isFilteredWarrantyClaim,
  isOfFilteredCustomer,
  isOfFilteredServiceOrder,
  isOfOwnOrSubordinateCustomer,
  type View,
} from './field-service-filters.ts'

interface Page {
  readonly name: string
  /** The kind of record on it, or null: none. */
  readonly shows: string | null
  /** Who may open it: everybody, the three types of partner, or customers, which a partner-customer is too (I-A3). */
  readonly openTo: 'all' | 'partners' | 'customers'
  /** IN-105: there only for people with Can Create Users. */
  readonly starred: boolean
}

const pages: readonly Page[] = [
  { name: 'home', shows: null, openTo: 'all', starred: false }, // IN-028; I-A11: it holds nothing of its own
  { name: 'unit_registration', shows: 'unit', openTo: 'all', starred: false }, // IN-032
  { name: 'incidents', shows: 'incident', openTo: 'all', starred: false }, // IN-036
  { name: 'knowledge_base', shows: 'article', openTo: 'all', starred: false }, // IN-040
  { name: 'service_orders', shows: 'service_order', openTo: 'partners', starred: false }, // IN-044
  { name: 'transactions', shows: 'service_order_transaction', openTo: 'partners', starred: false }, // IN-048
  { name: 'warranty_claims', shows: 'warranty_claim', openTo: 'partners', starred: false }, // IN-052, I-A2
  { name: 'inbox', shows: 'inbox_message', openTo: 'all', starred: false }, // IN-056
  { name: 'announcements', shows: 'announcement', openTo: 'all', starred: false }, // IN-060
  { name: 'documents', shows: 'document', openTo: 'all', starred: false }, // IN-064
  { name: 'interactions', shows: 'interaction', openTo: 'all', starred: false }, // IN-068
  { name: 'inventory', shows: 'inventory_item', openTo: 'all', starred: false }, // IN-072
  { name: 'balance', shows: 'balance', openTo: 'customers', starred: false }, // IN-076
  { name: 'invoices', shows: 'invoice', openTo: 'customers', starred: false }, // IN-080
  { name: 'contact_us', shows: null, openTo: 'all', starred: false }, // IN-084
  { name: 'account_management', shows: 'account', openTo: 'all', starred: false }, // IN-088
  { name: 'create_user_account', shows: 'account', openTo: 'all', starred: true }, // IN-092
  { name: 'customers', shows: 'account', openTo: 'partners', starred: false }, // IN-096
  { name: 'register_customer', shows: 'account', openTo: 'partners', starred: true }, // IN-100, IN-106
]

/** Lines and operations are on no page, so nobody reads them; there is no other action than reading, and no grant gives anything. */
export function mayAtFieldService({ world, person, home, action, record }: Question): boolean {
  if (action !== 'read') return false
  for (const page of pages) {
    if (isOnPage(world, { person, home }, page.name, record)) return true
  }
  return false
}

/** Is the page open to this person? Their roles are not asked: portal_user is everybody's and gives nothing. */
export function mayOpenPage({ person, home }: Actor, name: string): boolean {
  const page = pages.find((one) => one.name === name)
  const type = typeOf(home)
  if (page === undefined || type === null) return false
  if (page.starred && !person.switches.includes('can_create_users')) return false
  switch (page.openTo) {
    case 'all':
      return true
    case 'partners':
      return type !== 'customer'
    case 'customers':
      // IN-077, IN-079, IN-081, IN-083, IN-107: never a partner-employee or a partner-vendor.
      return type === 'customer' || type === 'partner_customer'
    default:
      return false
  }
}

/** Does this record stand on the page, for this person? */
export function isOnPage(world: PortalWorld, actor: Actor, name: string, record: PortalRecord): boolean {
  const type = typeOf(actor.home)
  if (type === null || !mayOpenPage(actor, name)) return false
  if (pages.find((one) => one.name === name)?.shows !== record.kind) return false
  if (isShut(world, record)) return false
  // I-A12, IN-057 to IN-059: personal for everybody.
  if (name === 'inbox') return record.named.some((one) => one.person === actor.person.id && one.relation === 'recipient')
  // No filter on what is open to them (IN-002; I-A2; I-A4: they may pick any customer).
  if (type === 'partner_employee') return true
  if (type === 'customer') return isShownToCustomer(actor.home, name, record)
  // Read as: what a suspended customer has leads to nothing else either, such as its service order to another's incident.
  const openWorld = { ...world, records: world.records.filter((one) => !isShut(world, one)) }
  return isShownToPartner({ ...actor, world: openWorld, type }, name, record)
}

/** IN-001, I-A5. Read as: the vendor's people, and those of a partner without a known type, are of no type and open nothing. */
function typeOf(home: PortalOrganization): string | null {
  if (home.kind === 'customer') return 'customer'
  if (home.kind !== 'partner') return null
  switch (home.partnerType) {
    case 'partner_employee':
    case 'partner_customer':
    case 'partner_vendor':
      return home.partnerType
    default:
      return null
  }
}

/** Plain customers: what is for everybody, and their own. Read as: their own alone, so no subordinate's balance (IN-115 is of a later stage). */
function isShownToCustomer(home: PortalOrganization, page: string, record: PortalRecord): boolean {
  if (page === 'knowledge_base' || page === 'announcements') return true
  return isOwn(home, record)
}

/** The columns of the partner-customers and the partner-vendors. */
function isShownToPartner(view: View, page: string, record: PortalRecord): boolean {
  switch (page) {
    case 'knowledge_base': // IN-042, IN-043
    case 'announcements': // IN-062, IN-063
      return true
    case 'unit_registration': // IN-034, IN-035
    case 'inventory': // IN-074, IN-075
    case 'account_management': // IN-090, IN-091
    case 'create_user_account': // IN-094, IN-095
    case 'customers': // IN-098, IN-099
    case 'register_customer': // IN-102, IN-103
      return isOfFilteredCustomer(view, record)
    case 'documents': // IN-066, IN-067, I-A7
      if (record.customer === null) return record.addressedTo.includes(view.type)
      return isOfFilteredCustomer(view, record)
    case 'incidents': // IN-038, IN-039
      return isAsFilteredIncident(view, record)
    case 'service_orders': // IN-046, IN-047
      return isFilteredServiceOrder(view, record)
    case 'transactions': // IN-050, IN-051
      return isOfFilteredServiceOrder(view, record)
    case 'warranty_claims': // IN-054, I-A2
      return isFilteredWarrantyClaim(view, record)
    case 'interactions': // IN-070, IN-071, I-A1
      return isFilteredInteraction(view, record)
    case 'balance': // IN-078, I-A3; money never by being preferred
    case 'invoices': // IN-082, I-A3
      return isOfOwnOrSubordinateCustomer(view, record)
    default:
      return false
  }
}
