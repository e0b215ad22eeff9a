// A naive reading of the telephony account portal: roles at the customer, and the same two roles for the members of a partner's groups.

import { grantsOn, isOfSite, isOpen, isOwn, type Question } from './common.ts'

export function mayAtTelephonyAccount(question: Question): boolean {
  if (question.home.kind === 'customer') return mayAtHome(question)
  return mayByGrant(question)
}

/** MI-035: the five roles of the customer's own people. */
function mayAtHome(question: Question): boolean {
  const { world, person, home, record } = question
  if (!isOwn(home, record)) return false
  for (const role of person.roles) {
    if (mayInRole(role, question)) return true
  }
  for (const { role, site } of person.siteRoles) {
    if (!canBeHeldAtASite(role)) continue
    if (isOfSite(world, record, site) && mayInRole(role, question)) return true
  }
  return false
}

/** MI-039, MI-040: a role is held for the account or at a site; the decision maker and the billing contact only for the account. */
function canBeHeldAtASite(role: string): boolean {
  return role !== 'decision_maker' && role !== 'billing_contact'
}

function mayInRole(role: string, question: Question): boolean {
  const { action, record } = question
  switch (role) {
    case 'decision_maker':
      // MI-016, MI-038.
      return isPossible(question)
    case 'phone_manager':
      // MI-015: nothing about money.
      return (record.kind === 'user' || record.kind === 'ticket') && isPossible(question)
    case 'billing_contact':
      if (record.kind === 'invoice') return isPossible(question)
      return record.kind === 'ticket' && action === 'read'
    case 'technical_contact':
      return record.kind === 'ticket' && (action === 'read' || action === 'reply') && isPossible(question)
    default:
      // The emergency contact and the partner's own roles give nothing of these.
      return false
  }
}

/** Is there such an action on this kind, and does the record's state allow it? */
function isPossible({ action, record }: Question): boolean {
  switch (record.kind) {
    case 'user':
      if (action === 'update' || action === 'close') return isOpen(record)
      return action === 'read' || action === 'open'
    case 'ticket':
      if (action === 'update' || action === 'close' || action === 'reply') return isOpen(record)
      return action === 'read' || action === 'open'
    case 'invoice':
      return action === 'read' || action === 'pay'
    default:
      return false
  }
}

/** MI-012 to MI-014: what the groups of a partner give their members. */
function mayByGrant(question: Question): boolean {
  for (const grant of grantsOn(question)) {
    // Read as: a grant that goes to no group gives nothing here; by the common precedence one to a person still replaces the groups'.
    if (grant.group === null) continue
    // MI-040: the decision maker's role is for the whole account, never for a part of it.
    if (grant.rights.includes('decision_maker') && grant.scope.kind === 'all' && mayInRole('decision_maker', question)) return true
    // M-A11; MI-005: no other role can be given.
    if (grant.rights.includes('phone_manager') && mayInRole('phone_manager', question)) return true
  }
  return false
}
