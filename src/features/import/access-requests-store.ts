// Access requests as an import and an export read and write them.
import { sql } from 'kysely'
import type { ReadTx, WriteTx } from '../../context/context.ts'
import { type RecordName, recordNames } from './records-store.ts'
import { sitesById } from './sites-store.ts'

export interface AccessRequestRow {
  readonly id: string
  readonly partner: string
  readonly asked_by: string
  readonly addressed_to: string
  readonly customer: string | null
  readonly to_customer: boolean
  readonly ends_on: string
  readonly reason: string
  readonly state: string
  readonly asked_at: Date
  readonly lapses_at: Date
  readonly answered_by: string | null
  readonly answered_at: Date | null
  readonly answer_reason: string | null
  readonly items: RequestItemRow[]
}

/** What a part asks for, or was given for, less than the whole customer; by the names of lines. */
export type ScopeNames = { readonly sites: string[] } | { readonly records: RecordName[] }

export interface RequestItemRow {
  readonly person: string | null
  readonly level: string | null
  readonly rights: string[]
  readonly scope: ScopeNames | null
  /** Whether it stands before the customer. */
  readonly waits: boolean
  readonly granted_level: string | null
  readonly granted_rights: string[] | null
  readonly granted_scope: ScopeNames | null
}

/** A scope as it is kept. */
export interface KeptScope {
  readonly sites?: readonly number[]
  readonly records?: readonly { readonly kind: string; readonly id: string }[]
}
type Scopes = 'scope' | 'granted_scope'
type StoredItem = Omit<RequestItemRow, Scopes> & { readonly [Key in Scopes]: KeptScope | null }
type StoredRequest = Omit<AccessRequestRow, 'items'> & { readonly items: StoredItem[] | null }

export async function accessRequestsById(tx: ReadTx, ids: readonly string[]): Promise<AccessRequestRow[]> {
  const { rows } = await sql<StoredRequest>`
    select r.id, coalesce(o.external_id, o.id::text) as partner, coalesce(p.external_id, p.id::text) as asked_by, r.addressed_to,
      coalesce(c.external_id, c.id::text) as customer, r.to_customer, r.ends_on, r.reason, r.state, r.asked_at, r.lapses_at,
      coalesce(a.external_id, a.id::text) as answered_by, r.answered_at, r.answer_reason,
      (select jsonb_agg(jsonb_build_object('person', coalesce(ip.external_id, ip.id::text), 'level', i.level, 'rights', i.rights, 'scope', i.scope,
         'waits', i.pending_customer_id is not null, 'granted_level', i.granted_level, 'granted_rights', i.granted_rights, 'granted_scope', i.granted_scope))
       from access_request_items i left join people ip on ip.id = i.person_id where i.request_id = r.id) as items
    from access_requests r join organizations o on o.id = r.partner_id join people p on p.id = r.asked_by
    left join organizations c on c.id = r.customer_id left join people a on a.id = r.answered_by
    where r.id = any (${[...ids]}::uuid[])`.execute(tx.sql)
  const named = await scopeNames(
    tx,
    rows.flatMap(({ items }) => items ?? []),
  )
  return rows.map(({ items, ...row }) => ({
    ...row,
    items: (items ?? []).map((item) => ({ ...item, scope: named(item.scope), granted_scope: named(item.granted_scope) })),
  }))
}

/** Puts names in place of numbers; what is gone is left out, and the scope stays as narrow. */
async function scopeNames(tx: ReadTx, items: readonly StoredItem[]): Promise<(scope: KeptScope | null) => ScopeNames | null> {
  const scopes = items.flatMap(({ scope, granted_scope }) => [scope, granted_scope].filter((one) => one !== null))
  const numbers = [...new Set(scopes.flatMap(({ sites }) => sites ?? []))].map(String)
  const sites = new Map(numbers.length > 0 ? (await sitesById(tx, numbers)).map(({ id, named }) => [id, named]) : [])
  const records = scopes.flatMap((scope) => scope.records ?? [])
  const nameOf = await recordNames(
    tx,
    records.map(({ kind, id }) => ({ kind, id: Number(id) })),
  )
  return (scope) => {
    if (scope === null) return null
    if (scope.sites) return { sites: scope.sites.flatMap((siteNo) => sites.get(String(siteNo)) ?? []) }
    return { records: (scope.records ?? []).flatMap(({ kind, id }) => nameOf(kind, Number(id)) ?? []) }
  }
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
  readonly to_customer: boolean
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
  readonly level: string | null
  readonly rights: readonly string[]
  readonly scope: KeptScope | null
  readonly pending_customer_id: string | null
  readonly pending_partner_id: string | null
  readonly granted_level: string | null
  readonly granted_rights: readonly string[] | null
  readonly granted_scope: KeptScope | null
}

export async function addAccessRequests(
  tx: WriteTx,
  requests: readonly AccessRequestValues[],
  items: readonly AccessRequestItemValues[],
): Promise<void> {
  await sql`
    insert into access_requests (id, partner_id, asked_by, addressed_to, customer_id, to_customer, ends_on, reason, state, asked_at, lapses_at, answered_by, answered_at, answer_reason)
    select id, partner_id, asked_by, addressed_to, customer_id, to_customer, ends_on, reason, state, asked_at, lapses_at, answered_by, answered_at, answer_reason
    from jsonb_to_recordset(${JSON.stringify(requests)}::jsonb) as r (id uuid, partner_id uuid, asked_by uuid, addressed_to text, customer_id uuid, to_customer boolean, ends_on date,
      reason text, state text, asked_at timestamptz, lapses_at timestamptz, answered_by uuid, answered_at timestamptz, answer_reason text)
    order by asked_at, id`.execute(tx.sql)
  await sql`
    insert into access_request_items (id, request_id, person_id, level, rights, scope, pending_customer_id, pending_partner_id, granted_level, granted_rights,
      granted_scope)
    select id, request_id, person_id, level, rights, nullif(scope, 'null'::jsonb), pending_customer_id, pending_partner_id, granted_level, granted_rights,
      nullif(granted_scope, 'null'::jsonb)
    from jsonb_to_recordset(${JSON.stringify(items)}::jsonb) as r (id uuid, request_id uuid, person_id uuid, level text, rights text[], scope jsonb,
      pending_customer_id uuid, pending_partner_id uuid, granted_level text, granted_rights text[], granted_scope jsonb)`.execute(tx.sql)
}
