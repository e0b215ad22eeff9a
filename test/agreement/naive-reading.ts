// A naive reading of the access law, written from the behaviours alone and without knowing the product: plain, one question at a time.

import type { SmallGrant, SmallOrganization, SmallPerson, SmallRecord, SmallWorld } from './small-world.ts'

const now = 0

/** The ladder, lowest first; each level includes the ones before it (O-A1). */
const ladder = ['cc', 'look', 'update', 'create', 'service_admin', 'full_admin']

const namingRelations = ['requester', 'point_of_contact', 'additional_contact']

/** May this person do this to this service request, at hour 0? Whatever is unknown: no. */
export function mayNaively(world: SmallWorld, person: string, action: string, record: string): boolean {
  const who = world.people.find((one) => one.id === person)
  const what = world.records.find((one) => one.id === record)
  if (who === undefined || what === undefined) return false
  const home = world.organizations.find((one) => one.id === who.organization)
  if (home === undefined) return false
  if (home.suspended) return false
  if (!isMemberNow(who)) return false

  if (home.kind === 'customer') return mayAtHome(who, home, action, what)
  return mayByGrant(world, who, home, action, what)
}

function isMemberNow(person: SmallPerson): boolean {
  if (person.from > now) return false
  if (person.until !== null && person.until <= now) return false
  return true
}

/** The customer's own people, by the roles they have there. */
function mayAtHome(person: SmallPerson, home: SmallOrganization, action: string, record: SmallRecord): boolean {
  if (record.customer !== home.id) return false
  const isManager = person.roles.includes('contact_manager') || person.roles.includes('primary_contact')
  const isContact = person.roles.includes('contact')
  if (isManager && mayAsManager(action, record)) return true
  if (isContact && mayAsContact(person, action, record)) return true
  return false
}

function mayAsManager(action: string, record: SmallRecord): boolean {
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

function mayAsContact(person: SmallPerson, action: string, record: SmallRecord): boolean {
  if (!isNamed(person, record)) return false
  if (action === 'read') return true
  if (action === 'reply') return isOpen(record)
  return false
}

/** People of a partner or of the vendor: only what a grant by the record's customer gives them. */
function mayByGrant(world: SmallWorld, person: SmallPerson, home: SmallOrganization, action: string, record: SmallRecord): boolean {
  const level = levelAt(world, person, home, record.customer)
  if (level === null) return false
  // What the vendor has suspended is closed to its partners too: nobody there could take access away.
  if (world.organizations.find((one) => one.id === record.customer)?.suspended) return false
  switch (action) {
    case 'read':
      // OR-017, OR-020, OR-021: copied in only reads where it is named, Look and above read everything.
      return atLeast(level, 'look') || isNamed(person, record)
    case 'reply':
      // O-A5: being named lets a person of any level reply on that one request; O-A18: never on a closed one.
      return isOpen(record) && (atLeast(level, 'update') || isNamed(person, record))
    case 'update':
    case 'close':
      // OR-023, OR-027, OR-031, O-A18.
      return isOpen(record) && atLeast(level, 'update')
    case 'add_contact':
    case 'be_point_of_contact':
      // O-A6, O-A7.
      return atLeast(level, 'update')
    case 'reopen':
      // O-A18.
      return atLeast(level, 'create')
    default:
      return false
  }
}

/** The level that decides for this person at this customer: their own if they have one in force, else everyone's (O-A4); null: none. */
function levelAt(world: SmallWorld, person: SmallPerson, home: SmallOrganization, customer: string): string | null {
  const counting = world.grants.filter((grant) => grant.customer === customer && grant.partner === home.id && isInForce(grant))
  const own = counting.filter((grant) => grant.person === person.id)
  if (own.length > 0) return highest(own)
  // The vendor's staff get access one named person at a time (OR-046, OR-106).
  if (home.kind !== 'partner') return null
  const everyones = counting.filter((grant) => grant.person === null)
  if (everyones.length > 0) return highest(everyones)
  return null
}

function isInForce(grant: SmallGrant): boolean {
  if (!grant.confirmed) return false
  if (grant.from > now) return false
  if (grant.until <= now) return false
  if (grant.endedAt !== null && grant.endedAt <= now) return false
  return true
}

/** Several grants to the same grantee add up; on a ladder that is the highest of them. */
function highest(grants: readonly SmallGrant[]): string | null {
  let found: string | null = null
  for (const level of ladder) {
    if (grants.some((grant) => grant.level === level)) found = level
  }
  return found
}

function atLeast(level: string, wanted: string): boolean {
  return ladder.indexOf(level) >= ladder.indexOf(wanted)
}

function isNamed(person: SmallPerson, record: SmallRecord): boolean {
  return record.named.some((one) => one.person === person.id && namingRelations.includes(one.relation))
}

function isOpen(record: SmallRecord): boolean {
  return record.state !== 'closed'
}
