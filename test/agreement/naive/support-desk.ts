// A naive reading of the support desk: service requests, three home roles at the customer, and a ladder of six levels for everybody else.

import type { PortalGrant } from '../portal-world.ts'
import { grantsOn, isOpen, isOwn, type Question } from './common.ts'

/** The ladder, lowest first; each level includes the ones before it (O-A1, OR-015). */
const ladder = ['cc', 'look', 'update', 'create', 'service_admin', 'full_admin']

const namingRelations = ['requester', 'point_of_contact', 'additional_contact']

export function mayAtSupportDesk(question: Question): boolean {
  if (question.record.kind !== 'service_request') return false
  if (question.home.kind === 'customer') return mayWithOwnRequest(question)
  // Read as: this portal knows no groups, so a grant to one gives nothing; by the common precedence it still replaces everyone's.
  const given = grantsOn(question).filter((grant) => grant.group === null)
  return mayWithRequestAt(question, highest(given))
}

/**
 * The customer's own people, by the roles they have there.
 * Read as: these roles are held for the whole organization; held at one site only they give nothing.
 */
export function mayWithOwnRequest(question: Question): boolean {
  const { person, home, record } = question
  if (!isOwn(home, record)) return false
  const isManager = person.roles.includes('contact_manager') || person.roles.includes('primary_contact')
  if (isManager && mayAsManager(question)) return true
  if (person.roles.includes('contact') && mayAsContact(question)) return true
  return false
}

function mayAsManager({ action, record }: Question): boolean {
  switch (action) {
    case 'read':
    case 'reopen':
    case 'add_contact':
    case 'be_point_of_contact':
      return true
    case 'reply':
    case 'update':
    case 'close':
      return isOpen(record)
    default:
      return false
  }
}

function mayAsContact(question: Question): boolean {
  if (!isNamed(question)) return false
  if (question.action === 'read') return true
  if (question.action === 'reply') return isOpen(question.record)
  return false
}

/** People of a partner or of the vendor, at the level they hold on this request (null: none). */
export function mayWithRequestAt(question: Question, level: string | null): boolean {
  const { action, record } = question
  // O-A22: being named counts only with a level. Read as: only with one whose scope covers this very request.
  if (level === null) return false
  switch (action) {
    case 'read':
      // OR-017, OR-020, OR-021: copied in only reads where it is named, Look and above read everything.
      return isAtLeast(level, 'look') || isNamed(question)
    case 'reply':
      // O-A5: being named lets a person of any level reply on that one request; O-A18: never on a closed one.
      return isOpen(record) && (isAtLeast(level, 'update') || isNamed(question))
    case 'update':
    case 'close':
      // OR-023, OR-027, OR-031, O-A18.
      return isOpen(record) && isAtLeast(level, 'update')
    case 'add_contact':
    case 'be_point_of_contact':
      // O-A6, O-A7.
      return isAtLeast(level, 'update')
    case 'reopen':
      // O-A18.
      return isAtLeast(level, 'create')
    default:
      return false
  }
}

/** Several grants to the same sort of grantee add up; on a ladder that is the highest of them. */
export function highest(grants: readonly PortalGrant[]): string | null {
  let found: string | null = null
  for (const level of ladder) {
    if (grants.some((grant) => grant.level === level)) found = level
  }
  return found
}

export function isAtLeast(level: string, wanted: string): boolean {
  return ladder.indexOf(level) >= ladder.indexOf(wanted)
}

function isNamed({ person, record }: Question): boolean {
  return record.named.some((one) => one.person === person.id && namingRelations.includes(one.relation))
}
