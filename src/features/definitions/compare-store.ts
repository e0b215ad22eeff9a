// What a comparison of two laws is made from, as SQL: everybody, organizations, grants in force, relationships, and records in groups.
// It runs as the operator, whom row policies let pass.
import { type RawBuilder, sql } from 'kysely'
import type { ReadTx } from '../../context/context.ts'
import { type GrantRow, grantOf } from '../../context/fact-rows.ts'
import { asId, type OrganizationId } from '../../kernel/ids.ts'
import type { GrantFact } from '../../law/facts.ts'
import type { ColleagueChoice, Side } from '../../law/law.ts'
import type { CustomerRelation } from '../../rows/expression.ts'
import type { LookedAt } from './asked-rules.ts'
import type { Organization, Relationship } from './places-rules.ts'
import type { RecordGroup, SpecialGroup } from './record-groups-rules.ts'

const inForce = (row: string, now: string): RawBuilder<boolean> =>
  sql`${sql.ref(`${row}.from_at`)} <= ${now} and (${sql.ref(`${row}.until_at`)} is null or ${sql.ref(`${row}.until_at`)} > ${now})`

/** Everybody who has a place in the portal, in a fixed order. */
export async function everybody(tx: ReadTx): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select m.person_id as id from memberships m join organizations o on o.id = m.organization_id
    where ${inForce('m', tx.now)} order by o.kind, o.name, o.id, m.person_id`.execute(tx.sql)
  return rows.map(({ id }) => id)
}

const choiceAt = (now: string): RawBuilder<ColleagueChoice | null> =>
  sql`(select h.choice from colleague_choices h where h.customer_id = organizations.id and ${inForce('h', now)})`

export async function organizations(tx: ReadTx): Promise<Organization[]> {
  const rows = await tx.sql
    .selectFrom('organizations')
    .select(['id', 'kind', 'name', 'customer_no', 'time_zone', 'suspended_at', choiceAt(tx.now).as('colleagues')])
    .orderBy('kind')
    .orderBy('name')
    .orderBy('id')
    .execute()
  return rows.map((row) => ({
    id: asId<OrganizationId>(row.id),
    side: row.kind as Side,
    name: row.name,
    number: row.customer_no,
    timeZone: row.time_zone,
    suspended: row.suspended_at !== null && row.suspended_at <= new Date(tx.now),
    colleagues: row.colleagues,
  }))
}

export async function relationships(tx: ReadTx): Promise<Relationship[]> {
  const { rows } = await sql<{ customer_id: string; partner_id: string; relation: CustomerRelation }>`
    select customer_id, partner_id, relation from relationships r where relation <> 'works_with' and ${inForce('r', tx.now)}`.execute(
    tx.sql,
  )
  return rows.map((row) => ({
    customerId: asId<OrganizationId>(row.customer_id),
    partnerId: asId<OrganizationId>(row.partner_id),
    relation: row.relation,
  }))
}

/** Grants in force; what is over, not begun or not confirmed decides nothing. */
export async function grantsInForce(tx: ReadTx): Promise<GrantFact[]> {
  const { rows } = await sql<{ row: GrantRow }>`
    select json_build_object('id', g.id, 'number', g.number, 'customer_id', g.customer_id, 'partner_id', g.partner_id, 'person_id', g.person_id,
      'group_id', g.group_id, 'level', g.level, 'rights', g.rights, 'scope', g.scope, 'from_at', g.from_at, 'until_at', g.until_at,
      'confirmed_at', g.confirmed_at, 'ended_at', g.ended_at, 'reason', null, 'given_by_name', null, 'given_at', g.given_at,
      'sites', array(select s.site_no from grant_sites n join sites s on s.site_no = n.site_no and s.customer_id = g.customer_id where n.grant_id = g.id),
      'records', array(select json_build_object('kind', n.kind, 'id', n.record_id::text) from grant_records n where n.grant_id = g.id)) as row
    from grants g where g.from_at <= ${tx.now} and g.until_at > ${tx.now} and g.confirmed_at <= ${tx.now} and (g.ended_at is null or g.ended_at > ${tx.now})
    order by g.id`.execute(tx.sql)
  return rows.map(({ row }) => grantOf(row))
}

/** The people who are named on records of the kinds in one of the relations. */
export async function namedPeople(tx: ReadTx, { kinds, named }: LookedAt): Promise<Set<string>> {
  if (named.length === 0) return new Set()
  const { rows } = await sql<{ id: string }>`
    select distinct person_id as id from record_people where kind = any (${[...kinds]}::text[]) and relation = any (${[...named]}::text[])`.execute(
    tx.sql,
  )
  return new Set(rows.map(({ id }) => id))
}

/** What makes a group: the columns of `r`, with the attributes that are looked at. */
function groupColumns({ fields }: LookedAt): RawBuilder<unknown> {
  const attributes =
    fields.length === 0
      ? sql`'{}'::jsonb`
      : sql`(select coalesce(jsonb_object_agg(a.key, a.value), '{}'::jsonb) from jsonb_each(r.attributes) a where a.key = any (${[...fields]}::text[]))`
  return sql`r.kind, r.customer_no as "customerNo", r.site_no as "siteNo", r.reference_customer_no as "referenceCustomerNo", r.state, ${attributes} as attributes`
}

export async function groupsOfRecords(tx: ReadTx, looked: LookedAt): Promise<RecordGroup[]> {
  if (looked.kinds.length === 0) return []
  const { rows } = await sql<RecordGroup>`
    select ${groupColumns(looked)}, count(*)::int as many from records r where r.kind = any (${[...looked.kinds]}::text[]) group by 1, 2, 3, 4, 5, 6`.execute(
    tx.sql,
  )
  return rows
}

/** By whom a record is not like the others of its group: a person, partners, grants that are for single records. */
export interface NamedBy {
  readonly personId: string | null
  readonly partners: readonly string[]
  readonly grants: readonly string[]
}

/** A row for each way in which a record is special to one of them (`place` says to which): `p relation`, `o relation partner`, `g grant`. */
function waysOf(all: readonly NamedBy[], { named, assigned, kinds }: LookedAt): RawBuilder<unknown> {
  const pairs = (of: (one: NamedBy) => readonly string[]) => {
    const each = all.flatMap((one, place) => of(one).map((id) => ({ place, id })))
    return sql`unnest(${each.map(({ place }) => place)}::int[], ${each.map(({ id }) => id)}::uuid[]) as one (place, id)`
  }
  const ofKinds = sql`n.kind = any (${[...kinds]}::text[])`
  return sql`
    select place, kind, record_id, 'p ' || relation as way from ${pairs(({ personId }) => (personId === null ? [] : [personId]))}
      join record_people n on n.person_id = one.id and ${ofKinds} and relation = any (${[...named]}::text[])
    union select place, kind, record_id, 'o ' || relation || ' ' || partner_id from ${pairs(({ partners }) => partners)}
      join record_assignments n on n.partner_id = one.id and ${ofKinds} and relation = any (${[...assigned]}::text[])
    union select place, kind, record_id, 'g ' || grant_id from ${pairs(({ grants }) => grants)}
      join grant_records n on n.grant_id = one.id and ${ofKinds}`
}

interface SpecialRow extends RecordGroup {
  readonly place: number
  readonly ways: readonly string[]
  readonly ids: readonly string[]
  readonly numbers: readonly string[]
}

/** The records that are special to each of them, those that are alike together; in the order of `all`. */
export async function specialGroups(tx: ReadTx, all: readonly NamedBy[], looked: LookedAt): Promise<SpecialGroup[][]> {
  const { rows } = await sql<SpecialRow>`
    with ways as (${waysOf(all, looked)}),
    named as (select place, kind, record_id, array_agg(way order by way) as ways from ways group by place, kind, record_id)
    select ${groupColumns(looked)}, n.place, n.ways, count(*)::int as many, (array_agg(r.id::text order by r.id))[1:3] as ids, (array_agg(r.number order by r.id))[1:3] as numbers
    from named n join records r on r.kind = n.kind and r.id = n.record_id group by 1, 2, 3, 4, 5, 6, n.place, n.ways`.execute(tx.sql)
  const found: SpecialGroup[][] = all.map(() => [])
  for (const { ways, place, ...group } of rows) found[place]?.push({ ...group, ...namedIn(ways) })
  return found
}

function namedIn(ways: readonly string[]): Pick<SpecialGroup, 'relations' | 'partners' | 'grants'> {
  const words = ways.map((way) => way.split(' '))
  const of = (sort: string) => words.filter(([first]) => first === sort)
  return {
    relations: of('p').map(([, relation = '']) => relation),
    partners: of('o').map(([, relation = '', partner = '']) => ({ relation, partnerId: asId<OrganizationId>(partner) })),
    grants: of('g').map(([, grant = '']) => grant),
  }
}

/** The numbers of some records of a group that are special to nobody of the class. */
export async function plainNumbers(tx: ReadTx, group: RecordGroup, by: NamedBy, looked: LookedAt, most: number): Promise<string[]> {
  const { rows } = await sql<{ number: string }>`
    with ways as (${waysOf([by], looked)}),
    grouped as (select ${groupColumns(looked)}, r.id, r.number from records r
      where r.kind = ${group.kind} and r.state = ${group.state} and r.customer_no is not distinct from ${group.customerNo}::int)
    select number from grouped r where "siteNo" is not distinct from ${group.siteNo}::int
      and "referenceCustomerNo" is not distinct from ${group.referenceCustomerNo}::int and attributes = ${JSON.stringify(group.attributes)}::jsonb
      and not exists (select 1 from ways w where w.kind = r.kind and w.record_id = r.id)
    order by id limit ${most}`.execute(tx.sql)
  return rows.map(({ number }) => number)
}
