// The rows of a small world, as the tables want them.
import { randomUUID } from 'node:crypto'
import { addMilliseconds, type Instant } from '../../src/kernel/instant.ts'
import type { PortalGrant, PortalRecord, PortalWorld } from './portal-world.ts'

/** Names of a world and what they are in the database. */
export interface Naming {
  readonly world: PortalWorld
  readonly prefix: string
  readonly now: Instant
  /** Ids of organizations, people and groups. */
  readonly id: (name: string) => string
  /** Numbers of customers, sites and records. */
  readonly no: (name: string) => number
}

const hour = 3_600_000

/** Hours as an instant, seen from the question at hour 0. */
export const atHour = (now: Instant, hours: number | null): Instant | null => (hours === null ? null : addMilliseconds(now, hours * hour))

export function organizationRows({ world, prefix, now, id, no }: Naming) {
  return world.organizations
    .filter(({ kind }) => kind !== 'vendor')
    .map(({ id: name, kind, suspended, partnerType, reference }) => ({
      id: id(name),
      kind,
      name,
      external_id: id(name),
      customer_no: kind === 'customer' ? no(name) : null,
      time_zone: 'UTC',
      partner_type: partnerType,
      // Partners with the same reference are alike, and those of another world must not be.
      reference: reference && `${prefix} ${reference}`,
      suspended_at: suspended ? atHour(now, -1) : null,
      created_at: atHour(now, -9999),
    }))
}

export function memberRows({ world, now, id, no }: Naming) {
  return world.people.map((person) => {
    const membership = randomUUID()
    return {
      row: {
        id: membership,
        person_id: id(person.id),
        organization_id: id(person.organization),
        roles: person.roles,
        switches: person.switches,
        from_at: atHour(now, person.from),
        until_at: atHour(now, person.until),
      },
      sites: person.siteRoles.map(({ role, site }) => ({ membership_id: membership, role, site_no: no(site) })),
    }
  })
}

export function relationshipRows({ world, now, id }: Naming) {
  return world.relationships.map(({ relation, customer, other, from, until }) => ({
    id: randomUUID(),
    customer_id: id(customer),
    partner_id: id(other),
    relation,
    from_at: atHour(now, from),
    until_at: atHour(now, until),
  }))
}

export function grantRows(naming: Naming) {
  return naming.world.grants.map((grant) => grantRow(naming, grant))
}

function grantRow({ world, now, id, no }: Naming, { scope, ...grant }: PortalGrant) {
  const own = randomUUID()
  const kindOf = (record: string) => world.records.find((one) => one.id === record)?.kind
  return {
    row: {
      id: own,
      customer_id: id(grant.customer),
      partner_id: id(grant.partner),
      person_id: grant.person && id(grant.person),
      group_id: grant.group && id(grant.group),
      level: grant.level,
      rights: grant.rights,
      scope: scope.kind,
      from_at: atHour(now, grant.from),
      until_at: atHour(now, grant.until),
      confirmed_at: grant.confirmed ? atHour(now, -9999) : null,
      given_at: atHour(now, grant.from),
      ended_at: atHour(now, grant.endedAt),
      end_kind: grant.endedAt === null ? null : 'removed',
    },
    sites: scope.kind === 'sites' ? scope.sites.map((site) => ({ grant_id: own, site_no: no(site) })) : [],
    records:
      scope.kind === 'records' ? scope.records.map((record) => ({ grant_id: own, kind: kindOf(record), record_id: no(record) })) : [],
  }
}

/** What is referred to stands before what refers to it: a record carries the customer of the one it refers to. */
export function recordRows(naming: Naming) {
  const { records } = naming.world
  const isReferredTo = ({ id }: PortalRecord) => records.some((one) => wholesOf(one).reference === id)
  return [...records.filter(isReferredTo), ...records.filter((one) => !isReferredTo(one))].map((record) => recordRow(naming, record))
}

/** A transaction refers to its order and is no part of it: its own lead partner, if it had one, would not count for the order. */
const wholesOf = ({ kind, parent, refersTo }: PortalRecord) =>
  kind === 'service_order_transaction' ? { parent: null, reference: parent } : { parent, reference: refersTo }

function recordRow({ world, prefix, now, id, no }: Naming, record: PortalRecord) {
  const kindOf = (name: string | null) => world.records.find((one) => one.id === name)?.kind ?? null
  const { parent, reference } = wholesOf(record)
  const customerNo = record.customer === null ? null : no(record.customer)
  const row = {
    id: no(record.id),
    kind: record.kind,
    customer_no: customerNo,
    site_no: record.site === null ? null : no(record.site),
    parent_kind: kindOf(parent),
    parent_id: parent === null ? null : no(parent),
    reference_kind: kindOf(reference),
    reference_id: reference === null ? null : no(reference),
    external_id: `${prefix} ${record.id}`,
    number: record.id,
    title: `${prefix} ${record.id}`,
    state: record.state,
    attributes: record.addressedTo.length > 0 ? { addressed_to: record.addressedTo } : {},
    created_at: now,
    updated_at: now,
  }
  return { row, people: peopleRows(record, row, id, now), partners: partnerRows(record, row, id, now) }
}

interface OfRecord {
  readonly id: number
  readonly kind: string
  readonly customer_no: number | null
}

const peopleRows = ({ named }: PortalRecord, { id: record, kind, customer_no }: OfRecord, id: Naming['id'], now: Instant) =>
  named.map(({ person, relation }) => ({ kind, record_id: record, relation, person_id: id(person), customer_no, added_at: now }))

const partnerRows = ({ partners }: PortalRecord, { id: record, kind, customer_no }: OfRecord, id: Naming['id'], now: Instant) =>
  partners.map(({ partner, relation }) => ({ kind, record_id: record, relation, partner_id: id(partner), customer_no, updated_at: now }))
