// A naive reading of the named filters of field-service: each is the union of its rules (I-A10), read for one person.

import type { PortalRecord, PortalWorld } from '../portal-world.ts'
import { type Actor, isCurrent } from './common.ts'

/** The person and their world, without the records that are shut. */
export interface View extends Actor {
  readonly world: PortalWorld
  /** customer, partner_employee, partner_customer or partner_vendor. */
  readonly type: string
}

/** IN-005 to IN-007: the person's own active partner, and every active one with the same type and reference. */
function filteredPartners({ world, home }: View): readonly string[] {
  const found: string[] = []
  for (const one of world.organizations) {
    if (one.kind !== 'partner') continue
    if (one.suspended) continue
    // Read as: two partners without a reference do not have the same one.
    const isAlike = one.partnerType === home.partnerType && one.reference !== null && one.reference === home.reference
    if (one.id === home.id || isAlike) found.push(one.id)
  }
  return found
}

/** IN-008: the customer that the person's own partner is. A vendor-type partner is none (I-A9). */
function ownCustomers({ world, home, type }: View): readonly string[] {
  if (type !== 'partner_customer') return []
  const found: string[] = []
  for (const one of world.relationships) {
    // Read as: the customer of the own partner only, not of another with the same type and reference.
    if (one.relation === 'associated' && one.other === home.id && isCurrent(one)) found.push(one.customer)
  }
  return found
}

/** IN-008, IN-009: the own customer, and those whose preferred partner is one of the filtered partners. */
function filteredCustomers(view: View): readonly string[] {
  const found = [...ownCustomers(view)]
  const partners = filteredPartners(view)
  for (const one of view.world.relationships) {
    if (one.relation === 'preferred' && partners.includes(one.other) && isCurrent(one)) found.push(one.customer)
  }
  return found
}

/** I-A3, IN-115: is it of the partner's own customer, or of a subordinate of it, of whatever depth? */
export function isOfOwnOrSubordinateCustomer(view: View, record: PortalRecord): boolean {
  const found = ownCustomers(view).filter((customer) => isActive(view.world, customer))
  // The list grows while it is walked: each customer found brings its subordinates.
  for (const superior of found) {
    for (const one of view.world.relationships) {
      if (one.relation !== 'subordinate' || one.other !== superior || !isCurrent(one)) continue
      // Read as: a suspended customer passes nothing on to those above it.
      if (!found.includes(one.customer) && isActive(view.world, one.customer)) found.push(one.customer)
    }
  }
  return record.customer !== null && found.includes(record.customer)
}

function isActive(world: PortalWorld, organization: string): boolean {
  return world.organizations.some((one) => one.id === organization && !one.suspended)
}

export function isOfFilteredCustomer(view: View, record: PortalRecord): boolean {
  return record.customer !== null && filteredCustomers(view).includes(record.customer)
}

/** Is one of the filtered partners on the record in this relation? */
function namesFilteredPartner(view: View, record: PortalRecord, relation: string): boolean {
  const partners = filteredPartners(view)
  return record.partners.some((one) => one.relation === relation && partners.includes(one.partner))
}

/** IN-010 to IN-013: by the lead partner of the order, of a line or of an operation, or by the customer. */
export function isFilteredServiceOrder(view: View, record: PortalRecord): boolean {
  if (record.kind !== 'service_order') return false
  if (namesFilteredPartner(view, record, 'lead_partner')) return true
  if (isOfFilteredCustomer(view, record)) return true
  for (const part of partsOf(view, record)) {
    if (namesFilteredPartner(view, part, 'lead_partner')) return true
  }
  return false
}

/** The order's lines, its own operations and the operations of its lines. */
function partsOf({ world }: View, order: PortalRecord): readonly PortalRecord[] {
  const lines = world.records.filter((one) => one.kind === 'service_order_line' && one.parent === order.id)
  const headers = [order.id, ...lines.map((line) => line.id)]
  const operations = world.records.filter(
    (one) => one.kind === 'service_order_operation' && one.parent !== null && headers.includes(one.parent),
  )
  return [...lines, ...operations]
}

/** A transaction of one of the filtered service orders (IN-050, IN-051). */
export function isOfFilteredServiceOrder(view: View, record: PortalRecord): boolean {
  const order = view.world.records.find((one) => one.id === record.parent)
  return order !== undefined && isFilteredServiceOrder(view, order)
}

/** IN-014 to IN-017: by the SSR, the owner, the customer, or the service order that it refers to. */
export function isAsFilteredIncident(view: View, record: PortalRecord): boolean {
  if (namesFilteredPartner(view, record, 'ssr')) return true
  if (namesFilteredPartner(view, record, 'owner')) return true
  if (isOfFilteredCustomer(view, record)) return true
  const order = view.world.records.find((one) => one.id === record.refersTo)
  return order !== undefined && isFilteredServiceOrder(view, order)
}

/** IN-023, IN-025, IN-027: as incidents or as service orders are filtered, read on the claim itself. */
export function isFilteredWarrantyClaim(view: View, record: PortalRecord): boolean {
  if (view.person.switches.includes('claim_authorization_required')) return isAsFilteredIncident(view, record)
  return namesFilteredPartner(view, record, 'lead_partner') || isOfFilteredCustomer(view, record)
}

/** IN-018 to IN-021, I-A1: by the partner or by the customer. */
export function isFilteredInteraction(view: View, record: PortalRecord): boolean {
  return namesFilteredPartner(view, record, 'partner') || isOfFilteredCustomer(view, record)
}
