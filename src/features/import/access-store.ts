// Access requests and grants as an import and an export read and write them.
import { type RawBuilder, sql } from 'kysely'
import type { ReadTx, WriteTx } from '../../context/context.ts'
import { isUuid } from '../../kernel/ids.ts'

export interface AccessRequestRow {
  readonly id: string
  readonly partner: string
  readonly asked_by: string
  readonly addressed_to: string
  readonly customer: string | null
  readonly ends_on: string
  readonly reason: string
  readonly state: string
  readonly asked_at: Date
  readonly lapses_at: Date
  readonly answered_by: string | null
  readonly answered_at: Date | null
  readonly answer_reason: string | null
  readonly items: { person: string | null; level: string; granted_level: string | null }[]
}

export async function accessRequestsById(tx: ReadTx, ids: readonly string[]): Promise<AccessRequestRow[]> {
  const { rows } = await sql<AccessRequestRow>`
    select r.id, coalesce(o.external_id, o.id::text) as partner, coalesce(p.external_id, p.id::text) as asked_by, r.addressed_to,
      coalesce(c.external_id, c.id::text) as customer, r.ends_on, r.reason, r.state, r.asked_at, r.lapses_at,
      coalesce(a.external_id, a.id::text) as answered_by, r.answered_at, r.answer_reason,
      (select jsonb_agg(jsonb_build_object('person', coalesce(ip.external_id, ip.id::text), 'level', i.level, 'granted_level', i.granted_level)
         order by coalesce(ip.external_id, ip.id::text) collate "C" nulls first, i.level)
       from access_request_items i left join people ip on ip.id = i.person_id where i.request_id = r.id) as items
    from access_requests r join organizations o on o.id = r.partner_id join people p on p.id = r.asked_by
    left join organizations c on c.id = r.customer_id left join people a on a.id = r.answered_by
    where r.id = any (${[...ids]}::uuid[])`.execute(tx.sql)
  return rows
}

export async function accessRequestIds(tx: ReadTx): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`select id from access_requests order by asked_at, id`.execute(tx.sql)
  return rows.map(({ id }) => id)
}

/** Who is asked for already: customer, partner and person of the waiting items, as our ids. */
export async function waitingItems(
  tx: ReadTx,
  customers: readonly string[],
): Promise<{ customer: string; partner: string; person: string | null; request: string }[]> {
  const { rows } = await sql<{ customer: string; partner: string; person: string | null; request: string }>`
    select pending_customer_id as customer, pending_partner_id as partner, person_id as person, request_id as request
    from access_request_items where pending_customer_id = any (${[...customers]}::uuid[])`.execute(tx.sql)
  return rows
}

export interface AccessRequestValues {
  readonly id: string
  readonly partner_id: string
  readonly asked_by: string
  readonly addressed_to: string
  readonly customer_id: string | null
  readonly ends_on: string
  readonly reason: string
  readonly state: string
  readonly asked_at: string
  readonly lapses_at: string
  readonly answered_by: string | null
  readonly answered_at: string | null
  readonly answer_reason: string | null
}
export interface AccessRequestItemValues {
  readonly id: string
  readonly request_id: string
  readonly person_id: string | null
  readonly level: string
  readonly pending_customer_id: string | null
  readonly pending_partner_id: string | null
  readonly granted_level: string | null
}

export async function addAccessRequests(
  tx: WriteTx,
  requests: readonly AccessRequestValues[],
  items: readonly AccessRequestItemValues[],
): Promise<void> {
  await sql`
    insert into access_requests (id, partner_id, asked_by, addressed_to, customer_id, ends_on, reason, state, asked_at, lapses_at, answered_by, answered_at, answer_reason)
    select id, partner_id, asked_by, addressed_to, customer_id, ends_on, reason, state, asked_at, lapses_at, answered_by, answered_at, answer_reason
    from jsonb_to_recordset(${JSON.stringify(requests)}::jsonb) as r (id uuid, partner_id uuid, asked_by uuid, addressed_to text, customer_id uuid, ends_on date,
      reason text, state text, asked_at timestamptz, lapses_at timestamptz, answered_by uuid, answered_at timestamptz, answer_reason text)
    order by asked_at, id`.execute(tx.sql)
  await sql`
    insert into access_request_items (id, request_id, person_id, level, pending_customer_id, pending_partner_id, granted_level)
    select id, request_id, person_id, level, pending_customer_id, pending_partner_id, granted_level
    from jsonb_to_recordset(${JSON.stringify(items)}::jsonb) as r (id uuid, request_id uuid, person_id uuid, level text, pending_customer_id uuid,
      pending_partner_id uuid, granted_level text)`.execute(tx.sql)
}

export interface GrantRow {
  readonly id: string
  readonly named: string
  readonly customer: string
  readonly grantee_kind: 'partner' | 'vendor' | 'customer'
  readonly grantee: string
  readonly person: string | null
  readonly level: string
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

async function grants(tx: ReadTx, where: RawBuilder<unknown>): Promise<GrantRow[]> {
  const { rows } = await sql<GrantRow>`
    select g.id, coalesce(g.external_id, g.id::text) as named, coalesce(c.external_id, c.id::text) as customer, o.kind as grantee_kind,
      coalesce(o.external_id, o.id::text) as grantee, coalesce(p.external_id, p.id::text) as person, g.level, g.from_at, g.until_at, g.confirmed_at, g.reason,
      coalesce(b.external_id, b.id::text) as given_by, g.given_at, g.request_id::text as request, coalesce(r.external_id, r.id::text) as replaces,
      g.ended_at, coalesce(e.external_id, e.id::text) as ended_by, g.end_kind, g.end_reason
    from grants g join organizations c on c.id = g.customer_id join organizations o on o.id = g.partner_id left join people p on p.id = g.person_id
    left join people b on b.id = g.given_by left join people e on e.id = g.ended_by left join grants r on r.id = g.replaces where ${where}`.execute(
    tx.sql,
  )
  return rows
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

/** The grants of customers that nobody ended, as our ids and their names. */
export async function standingGrants(
  tx: ReadTx,
  customers: readonly string[],
): Promise<{ customer: string; partner: string; person: string | null; named: string }[]> {
  const { rows } = await sql<{ customer: string; partner: string; person: string | null; named: string }>`
    select customer_id as customer, partner_id as partner, person_id as person, coalesce(external_id, id::text) as named
    from grants where ended_at is null and customer_id = any (${[...customers]}::uuid[])`.execute(tx.sql)
  return rows
}

export interface GrantValues {
  readonly id: string
  readonly external_id: string
  readonly customer_id: string
  readonly partner_id: string
  readonly person_id: string | null
  readonly level: string
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
  sql.raw(`(id uuid, external_id text, customer_id uuid, partner_id uuid, person_id uuid, level text, from_at timestamptz, until_at timestamptz,
  confirmed_at timestamptz, reason text, given_by uuid, given_at timestamptz, request_id uuid, replaces uuid, ended_at timestamptz, ended_by uuid, end_kind text,
  end_reason text, place int)`)

export async function addGrants(tx: WriteTx, values: readonly GrantValues[]): Promise<void> {
  await sql`
    insert into grants (id, external_id, customer_id, partner_id, person_id, level, from_at, until_at, confirmed_at, reason, given_by, given_at, request_id, replaces,
      ended_at, ended_by, end_kind, end_reason)
    select id, external_id, customer_id, partner_id, person_id, level, from_at, until_at, confirmed_at, reason, given_by, given_at, request_id, replaces,
      ended_at, ended_by, end_kind, end_reason
    from jsonb_to_recordset(${JSON.stringify(values.map((value, place) => ({ ...value, place })))}::jsonb) as r ${asGrants} order by place`.execute(
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
    where g.id = any (${[...grantsAdded]}::uuid[]) and i.request_id = g.request_id and i.person_id is not distinct from g.person_id and i.granted_level is not null
      and i.grant_id is null returning i.id`.execute(tx.sql)
  return rows.map(({ id }) => id)
}
