// What other features ask about links inside their own open door.
import type { ReadTx, WriteTx } from '../../context/context.ts'
import { isUuid, type OrganizationId } from '../../kernel/ids.ts'
import { refuse } from '../../kernel/refusal.ts'
import { homeOf, personOf } from '../organizations/actor-rules.ts'
import { organizationAt } from '../organizations/steps.ts'
import { worksWith } from '../relationships/steps.ts'
import { type Link, type LinkStanding, linksAccounts, standingOf } from './rules.ts'
import { addStanding, answerLink, customersGiving, linksWhere } from './store.ts'

export interface LinkBetween {
  readonly standing: LinkStanding
  readonly link: Link | undefined
}

/**
 * How a customer and a partner stand to each other; undefined where they have nothing to do with each other. Without links on this portal, working
 * together is being linked; what the customer gave, and is in force, links them too.
 */
export async function linkBetween(tx: ReadTx, customerId: string, partnerId: string): Promise<LinkBetween | undefined> {
  if (!isUuid(customerId) || !isUuid(partnerId)) return undefined
  const links = await linksWhere(tx, { customerId, partnerId })
  const link = links.find(({ state }) => state !== 'denied') ?? links[0]
  const linked = link?.state === 'standing' || (await customersGiving(tx, partnerId)).has(customerId)
  if (linked || link) return { standing: standingOf(link, linked), link }
  const related = await worksWith(tx, customerId, partnerId)
  return related ? { standing: linksAccounts(tx.law) ? 'available' : 'linked', link } : undefined
}

/** Whether the partner may ask the customer for access by name (CD-009). */
export const isLinked = async (tx: ReadTx, customerId: string, partnerId: string): Promise<boolean> =>
  (await linkBetween(tx, customerId, partnerId))?.standing === 'linked'

/**
 * A customer who gives a partner access links the two by that, where it is the one who links (C-A4); where that is the vendor's to say, nothing is
 * given to a partner that is not linked (CD-009).
 */
export async function linkByGiving(tx: WriteTx, customer: { id: OrganizationId; name: string }, partnerId: OrganizationId): Promise<void> {
  if (!linksAccounts(tx.law)) return
  const partner = await organizationAt(tx, partnerId)
  if (partner.side !== 'partner' || (await isLinked(tx, customer.id, partner.id))) return
  const answers = homeOf(tx.actor) === customer.id && (await tx.can('link:answer', { kind: 'customer', id: customer.id })).allowed
  if (!answers) refuse('not-allowed', `${partner.name} and ${customer.name} are not linked yet. Nothing was given.`)
  const asked = (await linksWhere(tx, { customerId: customer.id, partnerId })).find(({ state }) => state === 'asked')
  if (asked) await answerLink(tx, asked.id, 'standing', personOf(tx.actor))
  else await addStanding(tx, customer.id, partner.id, personOf(tx.actor))
  tx.record({
    what: 'link.made',
    customerId: customer.id,
    partnerId: partner.id,
    detail: { customer: customer.name, partner: partner.name },
  })
}
