// A naive reading of the access law of the five portals, written from the behaviours alone and without knowing the product: plain, one question at a time.

import type { PortalName, PortalWorld } from '../portal-world.ts'
import { questionOf, whoActs } from './common.ts'
import { isOnPage, mayAtFieldService, mayOpenPage } from './field-service.ts'
import { mayAtManagedServices } from './managed-services.ts'
import { mayAtStandard } from './standard.ts'
import { mayAtSupportDesk } from './support-desk.ts'
import { mayAtTelephonyAccount } from './telephony-account.ts'

/** May this person do this to this record of the portal, at hour 0? The action is without the kind: 'read'. Whatever is unknown: no. */
export function mayNaively(portal: PortalName, world: PortalWorld, person: string, action: string, record: string): boolean {
  const question = questionOf(world, person, action, record)
  if (question === null) return false
  switch (portal) {
    case 'support-desk':
      return mayAtSupportDesk(question)
    case 'standard':
      return mayAtStandard(question)
    case 'telephony-account':
      return mayAtTelephonyAccount(question)
    case 'managed-services':
      return mayAtManagedServices(question)
    case 'field-service':
      return mayAtFieldService(question)
    default:
      return false
  }
}

/** Is this page of field-service open to this person, at hour 0? */
export function mayOpenPageNaively(world: PortalWorld, person: string, page: string): boolean {
  const actor = whoActs(world, person)
  return actor !== null && mayOpenPage(actor, page)
}

/** Does this record stand on this page of field-service for this person, at hour 0? */
export function isOnPageNaively(world: PortalWorld, person: string, page: string, record: string): boolean {
  const actor = whoActs(world, person)
  const what = world.records.find((one) => one.id === record)
  return actor !== null && what !== undefined && isOnPage(world, actor, page, what)
}
