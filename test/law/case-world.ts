// A world of a case file, as a small world: what the file leaves out is as usual.
import { z } from 'zod'
import type {
  PortalGrant,
  PortalGroup,
  PortalOrganization,
  PortalPerson,
  PortalRecord,
  PortalRelationship,
  PortalWorld,
} from '../agreement/portal-world.ts'

const names = z.array(z.string())
const hours = z.tuple([z.number(), z.number().nullable()])
const relation = z.object({ with: z.string(), from: z.number().optional(), until: z.number().optional() }).catchall(z.string())
const group = z.strictObject({ of: z.string(), members: z.record(z.string(), hours) })
/** `to` names a person or a group; without it, everyone there. */
const grant = z.strictObject({
  of: z.string(),
  at: z.string(),
  to: z.string().optional(),
  level: z.string().nullable().default(null),
  rights: names.default([]),
  sites: names.optional(),
  records: names.optional(),
  from: z.number().default(-100),
  until: z.number().default(100),
  confirmed: z.boolean().default(true),
  ended: z.number().nullable().default(null),
})
const record = z.strictObject({
  of: z.string().optional(),
  site: z.string().optional(),
  state: z.string().optional(),
  part_of: z.string().optional(),
  refers_to: z.string().optional(),
  people: z.record(z.string(), z.string()).optional(),
  partners: z.record(z.string(), z.string()).optional(),
  addressed_to: names.optional(),
})
const person = z.strictObject({
  at: z.string(),
  roles: names.optional(),
  site_roles: z.record(z.string(), names).optional(),
  switches: names.optional(),
})

/** What a case can say otherwise than its file's world. */
export const changes = {
  relations: z.array(relation).optional(),
  groups: z.record(z.string(), group).optional(),
  grants: z.array(grant).optional(),
}
export const caseWorld = z.strictObject({
  customers: z.record(z.string(), z.strictObject({ suspended: z.boolean().optional() })),
  partners: z.record(
    z.string(),
    z.strictObject({ type: z.string().optional(), reference: z.string().optional(), suspended: z.boolean().optional() }),
  ),
  sites: z.record(z.string(), z.string()).optional(),
  people: z.record(z.string(), person),
  /** A list holds one record of each of these customers; `none`: one of no customer. */
  records: z.record(z.string(), z.union([names, z.record(z.string(), record)])),
  ...changes,
})
export type CaseWorld = z.infer<typeof caseWorld>

export function worldOf(world: CaseWorld): PortalWorld {
  return {
    organizations: organizationsOf(world),
    sites: Object.entries(world.sites ?? {}).map(([id, customer]) => ({ id, customer })),
    relationships: (world.relations ?? []).map(relationshipOf),
    people: Object.entries(world.people).map(([id, one]) => personOf(id, one)),
    groups: Object.entries(world.groups ?? {}).map(([id, one]) => groupOf(id, one)),
    grants: (world.grants ?? []).map((one) => grantOf(one, world)),
    records: Object.entries(world.records).flatMap(([kind, ones]) =>
      Array.isArray(ones)
        ? ones.map((customer) => recordOf(`${kind}-${customer}`, kind, customer === 'none' ? {} : { of: customer }))
        : Object.entries(ones).map(([id, one]) => recordOf(id, kind, one)),
    ),
  }
}

function organizationsOf({ customers, partners }: CaseWorld): PortalOrganization[] {
  const plain = { suspended: false, partnerType: null, reference: null }
  return [
    ...Object.entries(customers).map(([id, { suspended = false }]) => ({ ...plain, id, kind: 'customer' as const, suspended })),
    ...Object.entries(partners).map(([id, { type = null, reference = null, suspended = false }]) => ({
      id,
      kind: 'partner' as const,
      suspended,
      partnerType: type,
      reference,
    })),
    { ...plain, id: 'meridia', kind: 'vendor' },
  ]
}

function relationshipOf({ with: other, from = -100, until, ...named }: z.infer<typeof relation>): PortalRelationship {
  const [customer, said] = Object.entries(named)[0] ?? ['', '']
  return { customer, relation: said as PortalRelationship['relation'], other, from, until: until ?? null }
}

const personOf = (id: string, { at, roles = [], site_roles: atSites = {}, switches = [] }: z.infer<typeof person>): PortalPerson => ({
  id,
  organization: at,
  roles,
  siteRoles: Object.entries(atSites).flatMap(([site, held]) => held.map((role) => ({ role, site }))),
  switches,
  from: -100,
  until: null,
})

const groupOf = (id: string, { of, members }: z.infer<typeof group>): PortalGroup => ({
  id,
  partner: of,
  members: Object.entries(members).map(([one, [from, until]]) => ({ person: one, from, until })),
})

function grantOf({ of, at, to, sites, records, ...one }: z.infer<typeof grant>, { people }: CaseWorld): PortalGrant {
  const isPerson = to !== undefined && to in people
  return {
    customer: of,
    partner: at,
    person: isPerson ? to : null,
    group: isPerson ? null : (to ?? null),
    level: one.level,
    rights: one.rights,
    scope: sites ? { kind: 'sites', sites } : records ? { kind: 'records', records } : { kind: 'all' },
    from: one.from,
    until: one.until,
    confirmed: one.confirmed,
    endedAt: one.ended,
  }
}

const recordOf = (id: string, kind: string, one: z.infer<typeof record>): PortalRecord => ({
  id,
  kind,
  customer: one.of ?? null,
  site: one.site ?? null,
  state: one.state ?? 'current',
  parent: one.part_of ?? null,
  refersTo: one.refers_to ?? null,
  named: Object.entries(one.people ?? {}).map(([relationOf, who]) => ({ person: who, relation: relationOf })),
  partners: Object.entries(one.partners ?? {}).map(([relationOf, partner]) => ({ partner, relation: relationOf })),
  addressedTo: one.addressed_to ?? [],
})
