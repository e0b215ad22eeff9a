// Loads what a decision needs, under the read-only facts role: the subject, the thing, and the grants between them. One statement a question.
import type pg from 'pg'
import { asId, type GrantId, isRecordId, isUuid, type OrganizationId, type PersonId, type RecordId } from '../kernel/ids.ts'
import { type Instant, instantOf } from '../kernel/instant.ts'
import type { Actor } from '../law/actors.ts'
import type { Facts, GrantFact, On, RecordFact, SubjectFact, ThingFact } from '../law/facts.ts'
import { keyRole, type Law, type Side } from '../law/law.ts'
import type { Relation } from '../rows/expression.ts'

export interface Loaded {
  readonly facts: Facts
  /** The version of the portal definition in the database; 0 where none is stored. */
  readonly lawVersion: number
}

/** The columns that every kind of thing has; each kind names the rows it is made from. */
const things: Record<On['kind'], string> = {
  portal: `select null::uuid as customer_id, null::uuid as partner_id, null::uuid as asked_by, null::bigint as record_id, null::uuid as grant_id where $2::text is null`,
  self: `select null::uuid as customer_id, null::uuid as partner_id, null::uuid as asked_by, null::bigint as record_id, null::uuid as grant_id where $2::text is null`,
  customer: `select id as customer_id, null::uuid as partner_id, null::uuid as asked_by, null::bigint as record_id, null::uuid as grant_id
    from organizations where kind = 'customer' and (id = $2::uuid or external_id = $6)`,
  partner: `select null::uuid as customer_id, id as partner_id, null::uuid as asked_by, null::bigint as record_id, null::uuid as grant_id
    from organizations where kind in ('partner', 'vendor') and id = $2::uuid`,
  record: `select o.id as customer_id, null::uuid as partner_id, null::uuid as asked_by, r.id as record_id, null::uuid as grant_id
    from records r join organizations o on o.customer_no = r.customer_no where r.kind = $4 and (r.id = $2::bigint or r.external_id = $6)`,
  access_request: `select customer_id, partner_id, asked_by, null::bigint as record_id, null::uuid as grant_id from access_requests where id = $2::uuid`,
  grant: `select customer_id, partner_id, null::uuid as asked_by, null::bigint as record_id, id as grant_id from grants where id = $2::uuid`,
}

// "asked" only names the parameters' types: not every kind of thing uses all of them.
const statement = (kind: On['kind']): string => `
with asked as (select $3::timestamptz as at, $4::text as kind, $5::text as person, $6::text as thing),
subject as (
  select p.id as "personId", p.name, m.organization_id as "organizationId", o.name as "organizationName", o.kind as side, m.roles,
    o.suspended_at is not null and o.suspended_at <= $3 as suspended
  from people p join memberships m on m.person_id = p.id and m.from_at <= $3 and (m.until_at is null or m.until_at > $3)
  join organizations o on o.id = m.organization_id where p.id = $1::uuid or p.external_id = $5),
thing as (${things[kind]}),
standing as (
  select g.*, b.name as given_by_name from grants g join thing t on t.customer_id = g.customer_id left join people b on b.id = g.given_by
  where g.id = t.grant_id or (exists (select 1 from subject s where s."organizationId" = g.partner_id and (g.person_id is null or g.person_id = s."personId"))
    and exists (select 1 from organizations c where c.id = g.customer_id and (c.suspended_at is null or c.suspended_at > $3))))
select (select to_json(subject) from subject) as subject,
  (select json_build_object('customerId', t.customer_id, 'partnerId', t.partner_id, 'askedBy', t.asked_by, 'grantId', t.grant_id,
    'customer', (select json_build_object('id', o.id, 'name', o.name, 'number', o.customer_no, 'timeZone', o.time_zone) from organizations o where o.id = t.customer_id),
    'record', (select json_build_object('id', r.id::text, 'kind', r.kind, 'externalId', r.external_id, 'number', r.number, 'title', r.title, 'state', r.state,
      'relations', coalesce((select json_agg(p.relation) from record_people p where p.kind = r.kind and p.record_id = r.id and p.person_id = (select "personId" from subject)), '[]'))
      from records r where r.kind = $4 and r.id = t.record_id)) from thing t) as thing,
  (select coalesce(json_agg(standing), '[]') from standing) as grants,
  (select coalesce(max(version), 0) from portal_definitions) as version`

const statements = new Map<On['kind'], string>(Object.keys(things).map((kind) => [kind as On['kind'], statement(kind as On['kind'])]))

interface GrantRow {
  id: string
  number: number
  customer_id: string
  partner_id: string
  person_id: string | null
  level: string
  from_at: string
  until_at: string
  confirmed_at: string | null
  ended_at: string | null
  reason: string | null
  given_by_name: string | null
  given_at: string
}

interface ThingRow {
  customerId: string | null
  partnerId: string | null
  askedBy: string | null
  grantId: string | null
  customer: ThingFact['customer']
  record: RecordFact | null
}

interface FactsRow {
  subject: (Omit<SubjectFact, 'side'> & { side: Side }) | null
  thing: ThingRow | null
  grants: GrantRow[]
  version: number
}

/** Somebody or something named by the id it has in the vendor's own systems. */
export interface External {
  readonly externalId: string
}
export type Who = Actor | { readonly personId: string } | External
export type What = On | ({ readonly kind: 'record'; readonly recordKind: string } & External) | ({ readonly kind: 'customer' } & External)

/** The facts of a question about a person (or a key) and a thing, at an instant. An id of the wrong shape names nothing. */
export async function loadFacts(client: pg.PoolClient, law: Law, who: Who, on: What, at: Instant): Promise<Loaded> {
  const known = wellFormed(on)
  const { rows } = await client.query<FactsRow>(statements.get(known ? on.kind : 'portal') as string, [
    'personId' in who && isUuid(who.personId) ? who.personId : null,
    known && 'id' in on ? on.id : null,
    at,
    on.kind === 'record' ? on.recordKind : '',
    externalOf(who),
    externalOf(on),
  ])
  const row = rows[0] as FactsRow
  const subject = 'kind' in who && who.kind === 'key' ? keySubject(who, law) : row.subject
  const thing = known && row.thing ? thingOf(on, row.thing, row.grants) : null
  return { facts: { at, subject, thing, grants: row.grants.map(grantOf) }, lawVersion: row.version }
}

const externalOf = (named: object): string | null =>
  'externalId' in named && typeof named.externalId === 'string' ? named.externalId : null

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
    suspended: false,
  }
}

function thingOf(what: What, row: ThingRow, grants: readonly GrantRow[]): ThingFact {
  const on = found(what, row)
  const grant = grants.find(({ id }) => id === row.grantId)
  return {
    on,
    owners: [row.customerId, row.partnerId].filter((id) => id !== null).map((id) => asId<OrganizationId>(id)),
    customer: row.customer,
    record: row.record && { ...row.record, id: row.record.id as RecordId, relations: row.record.relations as readonly Relation[] },
    askedBy: row.askedBy === null ? null : asId<PersonId>(row.askedBy),
    grant: grant ? grantOf(grant) : null,
  }
}

/** What was named by its external id, by its own id. */
function found(what: What, row: ThingRow): On {
  if (!('externalId' in what)) return what
  return what.kind === 'record'
    ? { kind: 'record', recordKind: what.recordKind, id: row.record?.id ?? '' }
    : { kind: 'customer', id: row.customerId ?? '' }
}

const instant = (text: string): Instant => instantOf(new Date(text))

function grantOf(row: GrantRow): GrantFact {
  return {
    id: asId<GrantId>(row.id),
    number: row.number,
    customerId: asId<OrganizationId>(row.customer_id),
    partnerId: asId<OrganizationId>(row.partner_id),
    personId: row.person_id === null ? null : asId<PersonId>(row.person_id),
    level: row.level,
    from: instant(row.from_at),
    until: instant(row.until_at),
    confirmedAt: row.confirmed_at === null ? null : instant(row.confirmed_at),
    endedAt: row.ended_at === null ? null : instant(row.ended_at),
    reason: row.reason,
    givenByName: row.given_by_name,
    givenAt: instant(row.given_at),
  }
}
