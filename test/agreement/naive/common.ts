// What is common to the naive readings of the five portals: who may act at all, what is shut to everybody, which grants decide, and what they cover.

import type { PortalGrant, PortalOrganization, PortalPerson, PortalRecord, PortalWorld } from '../portal-world.ts'

const now = 0

/** A person who may act, with the organization they work for. */
export interface Actor {
  readonly person: PortalPerson
  readonly home: PortalOrganization
}

/** A question that was not refused outright. */
export interface Question extends Actor {
  readonly world: PortalWorld
  readonly action: string
  readonly record: PortalRecord
}

/** The question, or null where the answer is no before any portal's own rules are read. */
export function questionOf(world: PortalWorld, person: string, action: string, record: string): Question | null {
  const actor = whoActs(world, person)
  const what = world.records.find((one) => one.id === record)
  if (actor === null || what === undefined) return null
  if (isShut(world, what)) return null
  return { ...actor, world, action, record: what }
}

/** The person, if there is one whose membership is current and whose organization is not suspended (IN-007 says so of partners); else null. */
export function whoActs(world: PortalWorld, person: string): Actor | null {
  const who = world.people.find((one) => one.id === person)
  if (who === undefined) return null
  const home = world.organizations.find((one) => one.id === who.organization)
  if (home === undefined) return null
  if (home.suspended) return null
  if (!isCurrent(who)) return null
  return { person: who, home }
}

/** A record of a suspended customer is closed to everybody. A record without a customer is not. */
export function isShut(world: PortalWorld, record: PortalRecord): boolean {
  if (record.customer === null) return false
  const customer = world.organizations.find((one) => one.id === record.customer)
  // Read as: a record of an organization that is unknown or is no customer is closed as well.
  if (customer === undefined || customer.kind !== 'customer') return true
  return customer.suspended
}

/** Is hour 0 inside [from, until)? */
export function isCurrent(interval: { readonly from: number; readonly until: number | null }): boolean {
  if (interval.from > now) return false
  if (interval.until !== null && interval.until <= now) return false
  return true
}

/** Only closed counts as closed; "while open" is everything else. */
export function isOpen(record: PortalRecord): boolean {
  return record.state !== 'closed'
}

/** Is it a record of the person's own organization, which is a customer? */
export function isOwn(home: PortalOrganization, record: PortalRecord): boolean {
  return home.kind === 'customer' && record.customer === home.id
}

/** Is it a record of this site, and the site one of the record's own customer? A record without a site: no. */
export function isOfSite(world: PortalWorld, record: PortalRecord, site: string): boolean {
  if (record.site !== site) return false
  // Read as: a site of another customer, or an unknown one, covers nothing.
  return world.sites.some((one) => one.id === site && one.customer === record.customer)
}

/**
 * The grants of one customer that decide for this person: those of the most specific sort that reach them (O-A4, OR-012, and the product decision on
 * person, group and organization). They replace the less specific ones whole, also where they cover or give less. None: none reaches the person.
 */
export function decidingGrants(world: PortalWorld, { person, home }: Actor, customer: string | null): readonly PortalGrant[] {
  // Read as: the people of a customer are never reached by a grant, whoever is written there as the partner.
  if (home.kind === 'customer') return []
  const counting = world.grants.filter((grant) => grant.customer === customer && grant.partner === home.id && isInForce(grant))

  const own = counting.filter((grant) => grant.person === person.id && grant.group === null)
  if (own.length > 0) return own

  // The vendor's people are always named (OR-046, OR-106).
  // Read as: so a grant to a group of the vendor's people reaches nobody either.
  if (home.kind !== 'partner') return []

  // Read as: a grant that names both a person and a group reaches nobody.
  const groups = counting.filter((grant) => grant.person === null && grant.group !== null && isInGroup(world, person, home, grant.group))
  if (groups.length > 0) return groups

  return counting.filter((grant) => grant.person === null && grant.group === null)
}

/** Confirmed, begun, not at its end and not removed (OR-009, OR-055). */
function isInForce(grant: PortalGrant): boolean {
  if (!grant.confirmed) return false
  if (!isCurrent(grant)) return false
  if (grant.endedAt !== null && grant.endedAt <= now) return false
  return true
}

/** MI-012 to MI-014: a current member of a group of the partner they work for. */
function isInGroup(world: PortalWorld, person: PortalPerson, home: PortalOrganization, group: string): boolean {
  const found = world.groups.find((one) => one.id === group)
  if (found === undefined) return false
  if (found.partner !== home.id) return false
  return found.members.some((member) => member.person === person.id && isCurrent(member))
}

/** A grant is about the whole customer, about the records of some sites, or about some records. */
function covers(world: PortalWorld, grant: PortalGrant, record: PortalRecord): boolean {
  if (grant.customer !== record.customer) return false
  switch (grant.scope.kind) {
    case 'all':
      return true
    case 'sites':
      return grant.scope.sites.some((site) => isOfSite(world, record, site))
    case 'records':
      return grant.scope.records.includes(record.id)
    default:
      return false
  }
}

/** Of the grants that decide, those that cover the record: several of the same sort add up, each on the rows its scope covers. */
export function grantsOn(question: Question): readonly PortalGrant[] {
  const { world, record } = question
  return decidingGrants(world, question, record.customer).filter((grant) => covers(world, grant, record))
}
