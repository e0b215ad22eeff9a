// Access requests as an import and an export read and write them.
import { sql } from 'kysely'
import type { ReadTx, WriteTx } from '../../context/context.ts'

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
