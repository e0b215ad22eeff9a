// A naive reading of the managed-services portal: five areas, each with a switch, and administrators who have them all.

import type { PortalGrant, PortalPerson } from '../portal-world.ts'
import { grantsOn, isOpen, isOwn, type Question } from './common.ts'

export function mayAtManagedServices(question: Question): boolean {
  const area = areaOf(question.record.kind)
  if (area === null) return false
  if (!isPossible(question)) return false
  // Read as: a record without a customer, a knowledge article too, is read by nobody: it is nobody's own and no grant covers it.
  if (question.home.kind === 'customer') return isOwn(question.home, question.record) && hasAreaAtHome(question.person, area)
  return grantsOn(question).some((grant) => givesArea(grant, area))
}

/** C-A3: the area each kind of record belongs to. */
function areaOf(kind: string): string | null {
  switch (kind) {
    case 'order':
      return 'orders'
    case 'invoice':
      return 'invoices'
    case 'usage':
      return 'usage'
    case 'article':
      return 'knowledge'
    case 'ticket':
      return 'tickets'
    default:
      return null
  }
}

/** Is there such an action on this kind, and does the record's state allow it? */
function isPossible({ action, record }: Question): boolean {
  if (action === 'read') return true
  if (record.kind !== 'ticket') return false
  if (action === 'open') return true
  if (action === 'reply' || action === 'update' || action === 'close') return isOpen(record)
  return false
}

/**
 * CD-049, C-A13: the primary user and the administrators have everything, the others the areas they were given.
 * Read as: these roles are held for the whole organization; held at one site only they give nothing.
 */
function hasAreaAtHome(person: PortalPerson, area: string): boolean {
  if (person.roles.includes('administrator')) return true
  if (person.roles.includes('primary_user')) return true
  return person.roles.includes(area)
}

function givesArea(grant: PortalGrant, area: string): boolean {
  // Read as: grants go to persons here; one to a group or to everyone gives nothing.
  if (grant.person === null) return false
  // CD-019: Administrator gives every area, whatever the switches say.
  if (grant.level === 'administrator') return true
  // CD-048: an area whose switch is off is refused.
  return grant.rights.includes(area)
}
