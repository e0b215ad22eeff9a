// The facts of a question about a small world, put together in memory as the database would load them: for asking the pure law many thousand times.
import { asId, type OrganizationId, type PersonId, type RecordId } from '../../src/kernel/ids.ts'
import { addMilliseconds, type Instant } from '../../src/kernel/instant.ts'
import {
  type Facts,
  type GrantFact,
  type GrantScope,
  nothingAsked,
  type On,
  type RecordFact,
  type RelatedFact,
  type SubjectFact,
  type ThingFact,
} from '../../src/law/facts.ts'
import type { PortalGrant, PortalOrganization, PortalRecord, PortalWorld } from './portal-world.ts'

const now = '2026-03-01T12:00:00.000Z' as Instant
const at = (hours: number): Instant => addMilliseconds(now, hours * 3_600_000)
const isNow = ({ from, until }: { readonly from: number; readonly until: number | null }): boolean =>
  from <= 0 && (until === null || until > 0)
const isActive = (one: PortalOrganization | undefined): boolean => one !== undefined && !one.suspended
const organization = (world: PortalWorld, id: string | null) => world.organizations.find((one) => one.id === id)
/** Numbers of sites and customers: their place in the world. */
const siteNo = (world: PortalWorld, id: string | null): number | null =>
  id === null ? null : world.sites.findIndex((one) => one.id === id)

/** The facts about a person and a record, or (null) about what the person does somewhere. */
export function factsOf(world: PortalWorld, personId: string, record: PortalRecord | null): Facts {
  const subject = subjectOf(world, personId)
  const thing = record ? thingOf(world, record, subject) : nowhere
  const customer = record?.customer ?? null
  const grants = world.grants.filter(
    (grant) =>
      customer !== null &&
      grant.customer === customer &&
      grant.partner === subject?.organizationId &&
      (grant.person ?? personId) === personId,
  )
  return { at: now, subject, thing, grants: grants.map((grant, index) => grantOf(world, grant, index)), asked: nothingAsked }
}

const nowhere: ThingFact = { on: { kind: 'self' }, owners: [], customer: null, record: null, related: [], askedBy: null, grant: null }

function subjectOf(world: PortalWorld, personId: string): SubjectFact | null {
  const person = world.people.find((one) => one.id === personId && isNow(one))
  const home = organization(world, person?.organization ?? null)
  if (!person || !home) return null
  const inGroup = world.groups.filter(
    ({ partner, members }) => partner === home.id && members.some((member) => member.person === personId && isNow(member)),
  )
  return {
    personId: asId<PersonId>(person.id),
    name: person.id,
    organizationId: asId<OrganizationId>(home.id),
    organizationName: home.id,
    side: home.kind,
    roles: person.roles,
    siteRoles: person.siteRoles.map(({ role, site }) => ({ role, siteNo: siteNo(world, site) ?? -1 })),
    suspended: home.suspended,
    partnerType: home.partnerType,
    switches: person.switches,
    groups: inGroup.map(({ id }) => id),
    alike: alikeTo(world, home).map((id) => asId<OrganizationId>(id)),
    attributes: {},
  }
}

/** Active partners of the same type and reference, and the partner itself. */
function alikeTo(world: PortalWorld, home: PortalOrganization): string[] {
  if (home.kind !== 'partner') return []
  const isAlike = (one: PortalOrganization) =>
    one.id === home.id ||
    (one.partnerType !== null && one.reference !== null && one.partnerType === home.partnerType && one.reference === home.reference)
  return world.organizations.filter((one) => one.kind === 'partner' && isActive(one) && isAlike(one)).map(({ id }) => id)
}

function thingOf(world: PortalWorld, record: PortalRecord, subject: SubjectFact | null): ThingFact {
  const customer = organization(world, record.customer)
  const on: On = { kind: 'record', recordKind: record.kind, id: record.id }
  const partners = assignments(world, record).filter(({ partnerId }) => subject?.alike.includes(partnerId))
  const named = record.named.filter(({ person }) => person === subject?.personId).map(({ relation }) => relation)
  const related = relatedTo(world, record).filter(({ partnerId }) => subject?.alike.includes(partnerId))
  const found: RecordFact = {
    id: asId<RecordId>(record.id),
    kind: record.kind,
    externalId: record.id,
    number: record.id,
    title: record.id,
    state: record.state,
    siteNo: siteNo(world, record.site),
    attributes: { addressed_to: record.addressedTo },
    reference: standingOf(world, world.records.find(({ id }) => id === referenceOf(record))?.customer ?? null),
    relations: named,
    partners,
  }
  return {
    on,
    owners: customer ? [asId<OrganizationId>(customer.id)] : [],
    customer: customer
      ? {
          id: asId<OrganizationId>(customer.id),
          name: customer.id,
          number: 0,
          timeZone: 'UTC',
          suspended: customer.suspended,
          colleagues: null,
        }
      : null,
    record: found,
    related,
    askedBy: null,
    grant: null,
  }
}

function standingOf(world: PortalWorld, customer: string | null): RecordFact['reference'] {
  if (customer === null) return 'none'
  return isActive(organization(world, customer)) ? 'standing' : 'suspended'
}

interface Assignment {
  readonly relation: string
  readonly partnerId: OrganizationId
}

/** What a record refers to; a transaction refers to the order that it is part of. */
const referenceOf = ({ kind, parent, refersTo }: PortalRecord): string | null =>
  refersTo ?? (kind === 'service_order_transaction' ? parent : null)

/** Partners named on it, on its parts (`part.relation`) and on what it refers to (`reference/relation`). */
function assignments(world: PortalWorld, record: PortalRecord): Assignment[] {
  const reference = world.records.find(({ id }) => id === referenceOf(record))
  const referred = reference ? ofItselfAndParts(world, reference) : []
  return [...ofItselfAndParts(world, record), ...referred.map((one) => ({ ...one, relation: `reference/${one.relation}` }))]
}

function ofItselfAndParts(world: PortalWorld, record: PortalRecord): Assignment[] {
  const parts = world.records.filter((one) => one.parent === record.id && referenceOf(one) === one.refersTo)
  return [
    ...record.partners.map(({ partner, relation }) => ({ relation, partnerId: asId<OrganizationId>(partner) })),
    ...parts.flatMap((part) =>
      ofItselfAndParts(world, part).map(({ relation, partnerId }) => ({
        relation: relation.includes('.') ? relation : `${part.kind}.${relation}`,
        partnerId,
      })),
    ),
  ]
}

function relatedTo(world: PortalWorld, record: PortalRecord): RelatedFact[] {
  const reference = world.records.find(({ id }) => id === referenceOf(record))
  return [...relatedCustomer(world, record.customer, 'record'), ...relatedCustomer(world, reference?.customer ?? null, 'reference')]
}

function relatedCustomer(world: PortalWorld, customer: string | null, through: RelatedFact['through']): RelatedFact[] {
  if (!isActive(organization(world, customer))) return []
  const inForce = world.relationships.filter(isNow)
  const direct = inForce.filter((one) => one.customer === customer && (one.relation === 'associated' || one.relation === 'preferred'))
  const above = superiorsOf(world, inForce, customer as string)
  const below = inForce.filter((one) => one.relation === 'associated' && above.has(one.customer))
  const fact = (relation: RelatedFact['relation'], other: string): RelatedFact => ({
    relation,
    through,
    partnerId: asId<OrganizationId>(other),
  })
  return [
    ...direct.map(({ relation, other }) => fact(relation as RelatedFact['relation'], other)),
    ...below.map(({ other }) => fact('subordinate', other)),
  ]
}

function superiorsOf(world: PortalWorld, inForce: PortalWorld['relationships'], customer: string): Set<string> {
  const above = new Set<string>()
  for (let next = [customer]; next.length > 0; ) {
    const found = inForce
      .filter((one) => one.relation === 'subordinate' && next.includes(one.customer) && isActive(organization(world, one.other)))
      .map(({ other }) => other)
    next = [...new Set(found)].filter((one) => !above.has(one))
    for (const one of next) above.add(one)
  }
  return above
}

function grantOf(world: PortalWorld, grant: PortalGrant, index: number): GrantFact {
  return {
    id: asId(`grant-${index}`),
    number: index,
    customerId: asId<OrganizationId>(grant.customer),
    partnerId: asId<OrganizationId>(grant.partner),
    personId: grant.person === null ? null : asId<PersonId>(grant.person),
    groupId: grant.group,
    level: grant.level,
    rights: grant.rights,
    scope: scopeOf(world, grant),
    from: at(grant.from),
    until: at(grant.until),
    confirmedAt: grant.confirmed ? at(-1000) : null,
    endedAt: grant.endedAt === null ? null : at(grant.endedAt),
    reason: null,
    givenByName: null,
    givenAt: at(grant.from),
  }
}

function scopeOf(world: PortalWorld, { scope, customer }: PortalGrant): GrantScope {
  if (scope.kind === 'all') return scope
  if (scope.kind === 'sites') {
    const own = scope.sites.filter((site) => world.sites.some((one) => one.id === site && one.customer === customer))
    return { kind: 'sites', siteNos: own.map((site) => siteNo(world, site) ?? -1) }
  }
  const kindOf = (id: string) => world.records.find((one) => one.id === id)?.kind ?? ''
  return { kind: 'records', records: scope.records.map((id) => ({ kind: kindOf(id), id: asId<RecordId>(id) })) }
}
