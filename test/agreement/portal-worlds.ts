// Random small worlds of each portal: few of everything, so that things meet, and every way of not counting occurs often.
import fc from 'fast-check'
import { randomGrants } from './portal-grants.ts'
import { customers, everybody, firsts, interval, partners, rarely, sites, someCustomer } from './portal-names.ts'
import { randomRecords } from './portal-records.ts'
import { type Shape, shapes } from './portal-shapes.ts'
import type { PortalGroup, PortalName, PortalOrganization, PortalPerson, PortalRelationship, PortalWorld } from './portal-world.ts'

const groupsOf = { 'larkfield-one': 'larkfield', 'larkfield-two': 'larkfield', 'bright-one': 'bright' }

/** One partner and one customer are met most: where things meet, they can disagree. */
const homes = ['larkfield', 'larkfield', 'larkfield', 'bright', 'stone', 'meridia', 'acme', 'acme', 'beta', 'cargo']
const sideOf = (organization: string) =>
  customers.includes(organization) ? 'customer' : partners.includes(organization) ? 'partner' : 'vendor'

function organization(shape: Shape, id: string): fc.Arbitrary<PortalOrganization> {
  const kind = sideOf(id)
  const isPartner = kind === 'partner'
  return fc.record({
    id: fc.constant(id),
    kind: fc.constant(kind),
    suspended: kind === 'vendor' ? fc.constant(false) : rarely,
    partnerType: isPartner ? fc.constantFrom(...shape.partnerTypes) : fc.constant(null),
    reference: isPartner && shape.partnerTypes.length > 1 ? fc.constantFrom('100', '100', '200', null) : fc.constant(null),
  })
}

function person(shape: Shape, id: string): fc.Arbitrary<PortalPerson> {
  return fc.constantFrom(...homes).chain((home) => {
    const roles = shape.roles[sideOf(home)]
    const atSites = sideOf(home) === 'customer' && shape.siteRoles.length > 0
    const held = fc.record({
      role: fc.constantFrom(...(atSites ? shape.siteRoles : [''])),
      site: fc.constantFrom(...sites.map((site) => site.id)),
    })
    return fc
      .record({
        id: fc.constant(id),
        organization: fc.constant(home),
        // The one role of a portal that knows no other is everybody's.
        roles: roles.length === 1 ? fc.constant(roles) : fc.subarray([...roles], { maxLength: atSites ? 2 : roles.length }),
        siteRoles: atSites
          ? fc.array(held, { maxLength: 3 }).map((ones) => firsts(ones, (one) => `${one.role} ${one.site}`))
          : fc.constant([]),
        switches: fc.subarray([...shape.switches]),
        membership: interval,
      })
      .map(({ membership, ...one }) => ({ ...one, ...membership }))
  })
}

function relationship(shape: Shape): fc.Arbitrary<PortalRelationship> {
  return fc.constantFrom(...shape.relations).chain((relation) =>
    fc
      .record({
        relation: fc.constant(relation),
        customer: someCustomer,
        other: relation === 'subordinate' ? fc.constantFrom(...customers) : fc.constantFrom('larkfield', 'larkfield', 'bright', 'stone'),
        time: interval,
      })
      .map(({ time, ...one }) => ({ ...one, ...time })),
  )
}

/** One of a sort goes on without an end: the product knows no more. */
const relationships = (shape: Shape): fc.Arbitrary<PortalRelationship[]> =>
  fc
    .array(relationship(shape), { maxLength: 7 })
    .map((ones) => firsts(ones, (one) => (one.until === null ? `${one.relation} ${one.customer} ${one.other}` : null)))
    .map((ones) => ones.filter(({ customer, other }) => customer !== other))

function groups(shape: Shape): fc.Arbitrary<PortalGroup[]> {
  if (!shape.grantees.includes('group')) return fc.constant([])
  const member = fc
    .record({ person: fc.constantFrom(...everybody), time: interval })
    .map(({ person: one, time }) => ({ person: one, ...time }))
  const members = fc.array(member, { maxLength: 5 }).map((ones) => firsts(ones, (one) => one.person))
  return fc.tuple(
    ...Object.entries(groupsOf).map(([id, partner]) => fc.record({ id: fc.constant(id), partner: fc.constant(partner), members })),
  )
}

/** Worlds of the portal. */
export function portalWorlds(portal: PortalName): fc.Arbitrary<PortalWorld> {
  const shape = shapes[portal]
  return fc.tuple(fc.tuple(...everybody.map((id) => person(shape, id))), randomRecords(shape)).chain(([people, records]) =>
    fc.record({
      organizations: fc.tuple(...[...customers, ...partners, 'meridia'].map((id) => organization(shape, id))),
      sites: fc.constant(sites),
      relationships: relationships(shape),
      people: fc.constant(people),
      groups: groups(shape),
      grants: randomGrants(shape, { people, records, groups: groupsOf }),
      records: fc.constant(records),
    }),
  )
}
