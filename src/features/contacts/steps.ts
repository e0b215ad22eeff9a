// Finding an organization's people and what the actor may do about them, inside an open door.
import type { ReadTx, WriteTx } from '../../context/context.ts'
import { isUuid } from '../../kernel/ids.ts'
import { refuse, refuseField } from '../../kernel/refusal.ts'
import type { Facts } from '../../law/facts.ts'
import { hasAllOf } from '../../law/within.ts'
import { homeOf, personOf } from '../organizations/actor-rules.ts'
import { organizationAt } from '../organizations/steps.ts'
import { placeOf } from './door-rules.ts'
import { entriesOf } from './entry-store.ts'
import type { Held, Member, Place, Powers, SiteRole } from './rules.ts'
import { membersOf, partnersOf, sitesOf, validatedOf, whoSignedIn } from './store.ts'
import { type Contact, type ContactView, viewOf } from './view-rules.ts'

const isCurrent = ({ until }: { until: string | null }, now: string): boolean => until === null || until > now

/** Who is at home there at the instant. */
export const currentMembers = async (tx: ReadTx, organizationId: string): Promise<Member[]> =>
  (await membersOf(tx, organizationId)).filter((member) => isCurrent(member, tx.now))

/** The organization, or not-found; its people were asked about at the door. */
export async function placeAt(tx: ReadTx, organizationId: string): Promise<Place> {
  return organizationAt(tx, organizationId)
}

/** What the actor may do about roles there. The first people of an organization are set up by who runs the portal, who may do it all (CD-049). */
export async function powersAt(tx: ReadTx, place: Place): Promise<Powers> {
  if (tx.facts.thing?.on.kind === 'portal') return { manage: true, makeAdministrator: true, validate: true, within: null }
  const on = placeOf(tx.actor, place.id)
  const manage = await tx.can('people:manage', on)
  const makeAdministrator = (await tx.can('people:make_administrator', on)).allowed
  const own = homeOf(tx.actor) === place.id
  return {
    manage: manage.allowed,
    makeAdministrator,
    validate: own && manage.allowed,
    within: own && manage.allowed ? null : (role, siteNo) => hasAllOf(tx.law, role, factsAt(tx.facts, siteNo)),
  }
}

/** The facts that decided, about a site of the customer, or about the customer as a whole. */
function factsAt(facts: Facts, siteNo: number | null): Facts {
  const { thing } = facts
  if (thing?.on.kind !== 'customer') return facts
  return { ...facts, thing: { ...thing, on: { kind: 'customer', id: thing.on.id, ...(siteNo === null ? {} : { siteNo }) } } }
}

/** Everybody there, by name: people first known by their membership, and those who are only written down. */
export async function contactsAt(tx: ReadTx, place: Place): Promise<Contact[]> {
  const signedIn = await whoSignedIn(tx, place.id)
  const people = (await membersOf(tx, place.id)).map((member): Contact => {
    const here = isCurrent(member, tx.now)
    const state = !here ? 'disabled' : signedIn.has(member.personId) ? 'here' : 'not_signed_in'
    return {
      ...held(member),
      id: member.personId,
      name: member.name,
      email: member.email,
      state,
      since: member.since,
      until: member.until,
      signsIn: true,
      member,
    }
  })
  const entries = (await entriesOf(tx, place.id)).map((entry): Contact => {
    const state = entry.until !== null ? 'disabled' : entry.askedToSignIn ? 'not_signed_in' : 'written_down'
    return {
      ...held(entry),
      id: entry.id,
      name: entry.name,
      email: entry.email,
      state,
      since: entry.from,
      until: entry.until,
      signsIn: entry.askedToSignIn,
      member: null,
    }
  })
  return newestOfEach([...people, ...entries])
}

const held = ({ roles, siteRoles }: Held): Held => ({ roles, siteRoles })

/** One line for each address: the one that stands, or the newest that is over. */
function newestOfEach(contacts: readonly Contact[]): Contact[] {
  const isNewer = (a: Contact, b: Contact) =>
    Number(a.state !== 'disabled') - Number(b.state !== 'disabled') || (a.since > b.since ? 1 : -1)
  const best = new Map<string, Contact>()
  for (const contact of contacts) {
    const known = best.get(contact.email)
    if (!known || isNewer(contact, known) > 0) best.set(contact.email, contact)
  }
  return [...best.values()].sort((a, b) => a.name.localeCompare(b.name) || (a.email < b.email ? -1 : 1))
}

export async function viewsOf(tx: ReadTx, place: Place, contacts: readonly Contact[]): Promise<ContactView[]> {
  const isCustomer = place.side === 'customer'
  const around = {
    law: tx.law,
    powers: await powersAt(tx, place),
    actorId: personOf(tx.actor),
    sites: isCustomer ? await sitesOf(tx, place.id) : new Map<number, string>(),
    validated: await validatedOf(tx, place.id),
    partners: isCustomer && homeOf(tx.actor) === place.id ? await partnersOf(tx, place.id) : [],
  }
  return contacts.map((contact) => viewOf(contact, around))
}

/** The contact with the id, or not-found. */
export async function contactAt(tx: ReadTx, place: Place, id: string): Promise<Contact> {
  const found = isUuid(id) ? (await contactsAt(tx, place)).find((contact) => contact.id === id) : undefined
  return found ?? refuse('not-found', 'There is nobody like that among these people.')
}

export async function viewOfOne(tx: ReadTx, place: Place, id: string): Promise<ContactView> {
  return (await viewsOf(tx, place, [await contactAt(tx, place, id)]))[0] as ContactView
}

/** The site roles that were chosen, at sites of the customer. */
export async function siteRolesChosen(tx: ReadTx, place: Place, chosen: readonly SiteRole[]): Promise<readonly SiteRole[]> {
  if (chosen.length === 0) return []
  const sites = await sitesOf(tx, place.id)
  for (const { siteNo } of chosen) if (!sites.has(siteNo)) refuseField('siteRoles', 'One of the sites is none of this customer.')
  return chosen
}

/** What the history of an organization shows belongs to it. */
const historyOf = ({ id, side }: Place): { customerId?: string; partnerId?: string } =>
  side === 'customer' ? { customerId: id } : { partnerId: id }

export const recordOf = (
  tx: WriteTx,
  place: Place,
  what: string,
  contact: Pick<Contact, 'id' | 'name'>,
  detail: Record<string, unknown>,
): void =>
  tx.record({
    what,
    ...historyOf(place),
    on: { kind: 'person', id: contact.id },
    detail: { person: contact.name, organization: place.name, ...detail },
  })

/** Refuses (409) to change who is not there any more. */
export function refuseGone(contact: Contact): void {
  if (contact.state === 'disabled') refuse('stale', `${contact.name} is not among these people any more. Nothing was changed.`)
}
