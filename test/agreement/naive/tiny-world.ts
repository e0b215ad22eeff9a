// The pieces of tiny worlds, for the checks of the naive reading itself: each piece says only what matters for it.

import type {
  PortalGrant,
  PortalName,
  PortalOrganization,
  PortalPerson,
  PortalRecord,
  PortalRelationship,
  PortalWorld,
} from '../portal-world.ts'
import { mayNaively } from './naive.ts'

/** A world of two customers (one of them with two sites), two partners and the vendor, and whatever is given. */
export function worldWith(more: Partial<PortalWorld>): PortalWorld {
  return {
    organizations: [customer('customer'), customer('other'), partner('partner'), partner('rival'), vendor()],
    sites: [
      { id: 'north', customer: 'customer' },
      { id: 'south', customer: 'customer' },
      { id: 'elsewhere', customer: 'other' },
    ],
    relationships: [],
    people: [],
    groups: [],
    grants: [],
    records: [],
    ...more,
  }
}

export function customer(id: string, more: Partial<PortalOrganization> = {}): PortalOrganization {
  return { id, kind: 'customer', suspended: false, partnerType: null, reference: null, ...more }
}

export function partner(id: string, more: Partial<PortalOrganization> = {}): PortalOrganization {
  return { id, kind: 'partner', suspended: false, partnerType: null, reference: null, ...more }
}

function vendor(): PortalOrganization {
  return { id: 'vendor', kind: 'vendor', suspended: false, partnerType: null, reference: null }
}

export function person(id: string, organization: string, roles: readonly string[] = [], more: Partial<PortalPerson> = {}): PortalPerson {
  return { id, organization, roles, siteRoles: [], switches: [], from: -10, until: null, ...more }
}

/** To everyone at the partner, for everything, giving nothing unless it says what. */
export function grant(more: Partial<PortalGrant>): PortalGrant {
  return {
    customer: 'customer',
    partner: 'partner',
    person: null,
    group: null,
    level: null,
    rights: [],
    scope: { kind: 'all' },
    from: -5,
    until: 5,
    confirmed: true,
    endedAt: null,
    ...more,
  }
}

/** Of the customer, at no site, active. */
export function record(kind: string, id: string, more: Partial<PortalRecord> = {}): PortalRecord {
  return {
    id,
    kind,
    customer: 'customer',
    site: null,
    state: 'active',
    parent: null,
    refersTo: null,
    named: [],
    partners: [],
    addressedTo: [],
    ...more,
  }
}

export function related(
  relation: PortalRelationship['relation'],
  customerId: string,
  other: string,
  more: Partial<PortalRelationship> = {},
): PortalRelationship {
  return { relation, customer: customerId, other, from: -5, until: null, ...more }
}

const everyAction = ['read', 'reply', 'pay', 'update', 'open', 'close', 'reopen', 'add_contact', 'be_point_of_contact', 'burn']

/** What the person may do to the record, as one line. */
export function may(portal: PortalName, world: PortalWorld, who: string, what: string): string {
  return everyAction.filter((action) => mayNaively(portal, world, who, action, what)).join(' ')
}

/** The records the person may read, as one line, in the order of the world. */
export function reads(portal: PortalName, world: PortalWorld, who: string): string {
  const read = world.records.filter((one) => mayNaively(portal, world, who, 'read', one.id))
  return read.map((one) => one.id).join(' ')
}
