// Loads what a decision needs, under the read-only facts role: the subjects, the thing, and the grants between them. One statement a question.
import type pg from 'pg'
import { asId, isRecordId, isUuid, type OrganizationId, type PersonId, type RecordId } from '../kernel/ids.ts'
import type { Instant } from '../kernel/instant.ts'
import type { Actor, PersonActor } from '../law/actors.ts'
import { type Asked, type Facts, nothingAsked, type On, type SubjectFact, type ThingFact } from '../law/facts.ts'
import { keyRole, type Law } from '../law/law.ts'
import { type FactsRow, grantOf, type SubjectRow } from './fact-rows.ts'
import { factsOfAnybodyStatement, factsOfPairsStatement, factsStatement } from './facts-statement.ts'

export interface Loaded {
  readonly facts: Facts
  /** The version of the portal definition in the database; 0 where none is stored. */
  readonly lawVersion: number
}

/** Somebody or something named by the id it has in the vendor's own systems. */
export interface External {
  readonly externalId: string
}
export type Who = Actor | { readonly personId: string } | External
export type What = On | ({ readonly kind: 'record'; readonly recordKind: string } & External) | ({ readonly kind: 'customer' } & External)

/**
 * The facts of a question about a person (or a key) and a thing, at an instant. An id of the wrong shape names nothing.
 * @param asked what a trusted caller says of the three
 */
export async function loadFacts(
  client: pg.PoolClient,
  law: Law,
  who: Who,
  on: What,
  at: Instant,
  asked: Asked = nothingAsked,
): Promise<Loaded> {
  if ('look' in who && who.look) return factsOfLook(client, who, on, at)
  const people = 'personId' in who && isUuid(who.personId) ? [who.personId] : []
  const row = await factsRow(client, people, externalOf(who), on, at)
  const isKey = 'kind' in who && who.kind === 'key'
  const found = isKey ? undefined : row.subjects[0]
  const subject = isKey ? keySubject(who, law) : (found?.subject ?? null)
  return { facts: factsOf(row, subject, found, on, at, asked), lawVersion: row.version }
}

/** The facts as they are of whom somebody looks as, and that nothing but reading is done. */
async function factsOfLook(client: pg.PoolClient, who: PersonActor, on: What, at: Instant): Promise<Loaded> {
  const person = who.look?.personId ?? null
  const row = await factsRow(
    client,
    [person ?? who.organizationId],
    null,
    on,
    at,
    person === null ? factsOfAnybodyStatement : factsStatement,
  )
  const found = row.subjects[0]
  const anybody = found && person === null ? { ...found.subject, personId: who.personId, name: who.name, roles: who.roles } : undefined
  const facts = factsOf(row, anybody ?? found?.subject ?? null, found, on, at, nothingAsked)
  return { facts: { ...facts, looking: true }, lawVersion: row.version }
}

/** The same about many people at once: one answer for each who has a place in the portal at the instant. */
export async function loadFactsOfPeople(client: pg.PoolClient, people: readonly string[], on: What, at: Instant): Promise<Facts[]> {
  const ids = [...new Set(people.filter(isUuid))]
  if (ids.length === 0) return []
  const row = await factsRow(client, ids, null, on, at)
  return row.subjects.map((one) => factsOf(row, one.subject, one, on, at, nothingAsked))
}

/** One question about somebody and something. */
export interface Pair {
  readonly who: { readonly personId: string } | External
  readonly on: What
}

/** The same about many pairs, whose things are all records, or all customers, and so on: one answer for each, in their order. */
export async function loadFactsOfPairs(
  client: pg.PoolClient,
  pairs: readonly Pair[],
  at: Instant,
  asked: Asked = nothingAsked,
): Promise<Facts[]> {
  const [first] = pairs
  if (!first) return []
  const known = pairs.map(({ on }) => (wellFormed(on) ? on : null))
  const people = pairs.map(({ who }) => ('personId' in who && isUuid(who.personId) ? who.personId : null))
  const ids = known.map((on) => (on && 'id' in on ? on.id : null))
  const recordKinds = pairs.map(({ on }) => (on.kind === 'record' ? on.recordKind : ''))
  const named = pairs.map(({ who }) => externalOf(who))
  const { rows } = await client.query<FactsRow>({
    ...factsOfPairsStatement(first.on.kind),
    values: [people, ids, at, recordKinds, named, known.map((on) => on && externalOf(on))],
  })
  return rows.map((row, place) => {
    const one = row.subjects[0]
    return factsOf(row, one?.subject ?? null, one, (pairs[place] as Pair).on, at, asked)
  })
}

async function factsRow(
  client: pg.PoolClient,
  people: readonly string[],
  external: string | null,
  on: What,
  at: Instant,
  statement = factsStatement,
): Promise<FactsRow> {
  const known = wellFormed(on)
  const { rows } = await client.query<FactsRow>({
    ...statement(known ? on.kind : 'portal'),
    values: [people, known && 'id' in on ? on.id : null, at, on.kind === 'record' ? on.recordKind : '', external, externalOf(on)],
  })
  const row = rows[0] as FactsRow
  return known ? row : { ...row, thing: null }
}

function factsOf(row: FactsRow, subject: SubjectFact | null, one: SubjectRow | undefined, on: What, at: Instant, asked: Asked): Facts {
  const theirs = row.grants.filter(
    ({ partner_id: partner, person_id: person }) =>
      partner === subject?.organizationId && (person === null || person === subject?.personId),
  )
  return { at, subject, thing: row.thing && thingOf(on, row, one), grants: theirs.map(grantOf), asked }
}

/** External ids have at most 200 characters. Longer texts name nothing, and many of them at once would be more than the database takes. */
const longestExternalId = 2 * 200

const externalOf = (named: object): string | null =>
  'externalId' in named && typeof named.externalId === 'string' && named.externalId.length <= longestExternalId ? named.externalId : null

function wellFormed(on: What): boolean {
  if (!('id' in on)) return true
  return on.kind === 'record' ? isRecordId(on.id) : isUuid(on.id)
}

/** A key asks in the role of keys; an operator's key also has whatever the vendor's own roles may do. */
function keySubject(key: Extract<Actor, { kind: 'key' }>, law: Law): SubjectFact {
  const vendorRoles = [...law.homeRoles.values()].filter(({ side }) => side === 'vendor').map(({ role }) => role)
  return {
    personId: null,
    name: key.name,
    organizationId: key.organizationId,
    organizationName: '',
    side: key.side,
    roles: key.operator ? [keyRole, ...vendorRoles] : [keyRole],
    siteRoles: [],
    suspended: false,
    partnerType: null,
    switches: [],
    groups: [],
    alike: [],
    attributes: {},
  }
}

function thingOf(what: What, { thing, grants }: FactsRow, one: SubjectRow | undefined): ThingFact | null {
  if (!thing) return null
  const grant = grants.find(({ id }) => id === thing.grantId)
  const { record } = thing
  return {
    on: 'externalId' in what ? found(what, record?.id ?? '', thing.customerId ?? '') : what,
    owners: [thing.customerId, thing.partnerId].filter((id) => id !== null).map((id) => asId<OrganizationId>(id)),
    customer: thing.customer,
    record: record && { ...record, id: asId<RecordId>(record.id), relations: one?.relations ?? [], partners: one?.partners ?? [] },
    related: one?.related ?? [],
    askedBy: thing.askedBy === null ? null : asId<PersonId>(thing.askedBy),
    grant: grant ? grantOf(grant) : null,
  }
}

/** What was named by its external id, by its own id. */
const found = (what: Extract<What, External>, recordId: string, customerId: string): On =>
  what.kind === 'record' ? { kind: 'record', recordKind: what.recordKind, id: recordId } : { kind: 'customer', id: customerId }
