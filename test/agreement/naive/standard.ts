// A naive reading of the standard portal: grants with a level, the right to invoices or both, and what a partner reads by being named or preferred.

import { decidingGrants, grantsOn, isCurrent, isOpen, isOwn, type Question } from './common.ts'
import { highest, isAtLeast, mayWithOwnRequest, mayWithRequestAt } from './support-desk.ts'

export function mayAtStandard(question: Question): boolean {
  if (question.home.kind === 'customer') return mayAtHome(question)
  if (mayByGrant(question)) return true
  // Access by a grant and visibility by a relation are a union, for reading only.
  return mayByRelation(question)
}

/**
 * The customer's own people.
 * Read as: these roles are held for the whole organization; held at one site only they give nothing.
 */
function mayAtHome(question: Question): boolean {
  const { person, home, action, record } = question
  if (!isOwn(home, record)) return false
  const isPrimary = person.roles.includes('primary_contact')
  const isManager = person.roles.includes('contact_manager')
  switch (record.kind) {
    case 'service_request':
      return mayWithOwnRequest(question)
    case 'service_order':
      return action === 'read' && (isManager || isPrimary)
    case 'invoice':
      return isPrimary && mayWithInvoice(question)
    default:
      return false
  }
}

function mayByGrant(question: Question): boolean {
  const grants = grantsOn(question)
  const level = highest(grants)
  switch (question.record.kind) {
    case 'service_request':
      return mayWithRequestAt(question, level)
    case 'service_order':
      // From Look; being named on one gives nothing.
      return question.action === 'read' && level !== null && isAtLeast(level, 'look')
    case 'invoice':
      // Money only by the explicit right: no level gives it.
      return grants.some((grant) => grant.rights.includes('invoices')) && mayWithInvoice(question)
    default:
      return false
  }
}

function mayWithInvoice({ action, record }: Question): boolean {
  if (action === 'read') return true
  // Read as: paying changes the invoice, and changing a record needs it to be open.
  if (action === 'pay') return isOpen(record)
  return false
}

/** What a partner reads by a relation: never money, and never more than reading. */
function mayByRelation(question: Question): boolean {
  if (question.home.kind !== 'partner') return false
  if (question.action !== 'read') return false
  if (question.record.kind !== 'service_request' && question.record.kind !== 'service_order') return false
  return isPartnerNamed(question) || isReadAsPreferred(question)
}

/** Rows assigned to the partner stay visible, whatever a grant says. */
function isPartnerNamed({ home, record }: Question): boolean {
  return record.partners.some((one) => one.partner === home.id && (one.relation === 'assigned' || one.relation === 'lead_partner'))
}

/** The preferred partner's default, which any grant in force of that customer that reaches the person puts out of use. */
function isReadAsPreferred(question: Question): boolean {
  const { world, home, record } = question
  const isPreferred = world.relationships.some(
    (one) => one.relation === 'preferred' && one.customer === record.customer && one.other === home.id && isCurrent(one),
  )
  if (!isPreferred) return false
  // Read as: also a grant whose scope leaves this row out, and one that only gives the right to invoices.
  return decidingGrants(world, question, record.customer).length === 0
}
