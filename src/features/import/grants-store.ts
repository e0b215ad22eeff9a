// Grants as an import and an export read and write them.
import { type RawBuilder, sql } from 'kysely'
import type { ReadTx, WriteTx } from '../../context/context.ts'
import { isUuid } from '../../kernel/ids.ts'
import { type RecordName, recordNames } from './records-store.ts'

export interface GrantRow {
  readonly id: string
  readonly named: string
  readonly customer: string
  readonly grantee_kind: 'partner' | 'vendor' | 'customer'
  readonly grantee: string
  readonly person: string | null
  readonly group: string | null
  readonly level: string | null
  readonly rights: string[]
  readonly scope: 'all' | 'sites' | 'records'
  readonly sites: string[] | null
  readonly records: RecordName[]
  readonly from_at: Date
  readonly until_at: Date
  readonly confirmed_at: Date | null
  readonly reason: string | null
  readonly given_by: string | null
  readonly given_at: Date
  readonly request: string | null
  readonly replaces: string | null
  readonly ended_at: Date | null
  readonly ended_by: string | null
  readonly end_kind: 'removed' | 'replaced' | 'relinquished' | null
  readonly end_reason: string | null
}

interface StoredGrant extends Omit<GrantRow, 'records'> {
  readonly covered: { kind: string; id: number }[] | null
}

async function grants(tx: ReadTx, where: RawBuilder<unknown>): Promise<GrantRow[]> {
  const { rows } = await sql<StoredGrant>`
    select g.id, coalesce(g.external_id, g.id::text) as named, coalesce(c.external_id, c.id::text) as customer, o.kind as grantee_kind,
      coalesce(o.external_id, o.id::text) as grantee, coalesce(p.external_id, p.id::text) as person,
      coalesce(u.external_id, u.id::text) as group, g.level, g.rights, g.scope,
      (select jsonb_agg(coalesce(s.external_id, s.site_no::text)) from grant_sites n join sites s on s.site_no = n.site_no where n.grant_id = g.id) as sites,
      (select jsonb_agg(jsonb_build_object('kind', n.kind, 'id', n.record_id)) from grant_records n where n.grant_id = g.id) as covered,
      g.from_at, g.until_at, g.confirmed_at, g.reason,
      coalesce(b.external_id, b.id::text) as given_by, g.given_at, g.request_id::text as request, coalesce(r.external_id, r.id::text) as replaces,
      g.ended_at, coalesce(e.external_id, e.id::text) as ended_by, g.end_kind, g.end_reason
    from grants g join organizations c on c.id = g.customer_id join organizations o on o.id = g.partner_id left join people p on p.id = g.person_id
    left join groups u on u.id = g.group_id
    left join people b on b.id = g.given_by left join people e on e.id = g.ended_by left join grants r on r.id = g.replaces where ${where}`.execute(
    tx.sql,
  )
  const nameOf = await recordNames(
    tx,
    rows.flatMap(({ covered }) => covered ?? []),
  )
  return rows.map(({ covered, ...row }) => ({ ...row, records: (covered ?? []).flatMap(({ kind, id }) => nameOf(kind, id) ?? []) }))
}

export const grantsNamed = (tx: ReadTx, names: readonly string[]) =>
  grants(tx, sql`g.external_id = any (${[...names]}::text[]) or (g.external_id is null and g.id = any (${names.filter(isUuid)}::uuid[]))`)

export const grantsById = (tx: ReadTx, ids: readonly string[]) => grants(tx, sql`g.id = any (${[...ids]}::uuid[])`)

/** Oldest first, so that a grant comes after the one that it replaces. */
export async function grantIds(tx: ReadTx): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`select id from grants order by given_at, coalesce(external_id, id::text) collate "C"`.execute(
    tx.sql,
  )
  return rows.map(({ id }) => id)
}

/** The grants of whole customers that nobody ended, as our ids and their names; `person`: the person or the group. */
export async function standingGrants(
  tx: ReadTx,
  customers: readonly string[],
): Promise<{ customer: string; partner: string; person: string | null; named: string }[]> {
  const { rows } = await sql<{ customer: string; partner: string; person: string | null; named: string }>`
    select customer_id as customer, partner_id as partner, coalesce(person_id, group_id) as person, coalesce(external_id, id::text) as named
    from grants where ended_at is null and scope = 'all' and customer_id = any (${[...customers]}::uuid[])`.execute(tx.sql)
  return rows
}

export interface GrantValues {
  readonly id: string
  readonly external_id: string
  readonly customer_id: string
  readonly partner_id: string
  readonly person_id: string | null
  readonly group_id: string | null
  readonly level: string | null
  readonly rights: readonly string[]
  readonly scope: string
  readonly from_at: string
  readonly until_at: string
  readonly confirmed_at: string | null
  readonly reason: string | null
  readonly given_by: string | null
  readonly given_at: string
  readonly request_id: string | null
  readonly replaces: string | null
  readonly ended_at: string | null
  readonly ended_by: string | null
  readonly end_kind: string | null
  readonly end_reason: string | null
}

const asGrants =
  sql.raw(`(id uuid, external_id text, customer_id uuid, partner_id uuid, person_id uuid, group_id uuid, level text, rights text[], scope text, from_at timestamptz,
  until_at timestamptz,  confirmed_at timestamptz, reason text, given_by uuid, given_at timestamptz, request_id uuid, replaces uuid, ended_at timestamptz, ended_by uuid, end_kind text,
  end_reason text, place int)`)

export async function addGrants(tx: WriteTx, values: readonly GrantValues[]): Promise<void> {
  await sql`
    insert into grants (id, external_id, customer_id, partner_id, person_id, group_id, level, rights, scope, from_at, until_at, confirmed_at, reason, given_by,
      given_at, request_id, replaces, ended_at, ended_by, end_kind, end_reason)
    select id, external_id, customer_id, partner_id, person_id, group_id, level, rights, scope, from_at, until_at, confirmed_at, reason, given_by,
      given_at, request_id, replaces, ended_at, ended_by, end_kind, end_reason
    from jsonb_to_recordset(${JSON.stringify(values.map((value, place) => ({ ...value, place })))}::jsonb) as r ${asGrants} order by place`.execute(
    tx.sql,
  )
}

interface CoveredSites {
  readonly grant_id: string
  readonly site_no: number
}
interface CoveredRecords {
  readonly grant_id: string
  readonly kind: string
  readonly record_id: number
}

/** What grants with a narrower scope cover. */
export async function addCovered(tx: WriteTx, sites: readonly CoveredSites[], records: readonly CoveredRecords[]): Promise<void> {
  if (sites.length > 0)
    await sql`
      insert into grant_sites (grant_id, site_no)
      select grant_id, site_no from jsonb_to_recordset(${JSON.stringify(sites)}::jsonb) as r (grant_id uuid, site_no int)`.execute(tx.sql)
  if (records.length > 0)
    await sql`
      insert into grant_records (grant_id, kind, record_id)
      select grant_id, kind, record_id from jsonb_to_recordset(${JSON.stringify(records)}::jsonb) as r (grant_id uuid, kind text, record_id bigint)`.execute(
      tx.sql,
    )
}

/** An import confirms and ends grants that are here; it never changes their terms. */
export async function confirmAndEndGrants(tx: WriteTx, values: readonly GrantValues[]): Promise<void> {
  await sql`
    update grants g set confirmed_at = r.confirmed_at, ended_at = r.ended_at, ended_by = r.ended_by, end_kind = r.end_kind, end_reason = r.end_reason
    from jsonb_to_recordset(${JSON.stringify(values)}::jsonb) as r ${asGrants} where g.id = r.id`.execute(tx.sql)
}

/** Ties the items of access requests to the grants that answered them. @returns the items that changed */
export async function tieItemsToGrants(tx: WriteTx, grantsAdded: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    update access_request_items i set grant_id = g.id from grants g
    where g.id = any (${[...grantsAdded]}::uuid[]) and i.request_id = g.request_id and i.person_id is not distinct from g.person_id
      and (i.granted_level is not null or cardinality(i.granted_rights) > 0) and i.grant_id is null returning i.id`.execute(tx.sql)
  return rows.map(({ id }) => id)
}
