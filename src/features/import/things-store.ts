// Finds what lines refer to: by the id of the system that they come from, or by our own where a thing was made here and has no other.
import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { ReadTx } from '../../context/context.ts'
import { isUuid } from '../../kernel/ids.ts'

export interface ThingRow {
  readonly name: string
  readonly id: string
  readonly customer_no?: number | null
  readonly time_zone?: string | null
  readonly email?: string
  readonly partner?: string
  readonly customer?: string | null
}

export async function findOrganizations(tx: ReadTx, kind: string, names: readonly string[]): Promise<ThingRow[]> {
  const { rows } = await sql<ThingRow>`
    select coalesce(external_id, id::text) as name, id, customer_no, time_zone from organizations
    where kind = ${kind} and (external_id = any (${[...names]}::text[]) or (external_id is null and id = any (${names.filter(isUuid)}::uuid[])))`.execute(
    tx.sql,
  )
  return rows
}

export async function findPeople(tx: ReadTx, names: readonly string[]): Promise<ThingRow[]> {
  const { rows } = await sql<ThingRow>`
    select coalesce(external_id, id::text) as name, id, email from people
    where external_id = any (${[...names]}::text[]) or (external_id is null and id = any (${names.filter(isUuid)}::uuid[]))`.execute(tx.sql)
  return rows
}

/** Sites by their own id, or their number where they were made here; each with its customer, and its number as its id. */
export async function findSites(
  tx: ReadTx,
  customers: readonly string[],
  names: readonly string[],
): Promise<(ThingRow & { within: string })[]> {
  const { rows } = await sql<ThingRow & { within: string }>`
    select coalesce(s.external_id, s.site_no::text) as name, s.site_no::text as id, coalesce(c.external_id, c.id::text) as within
    from organizations c join sites s on s.customer_id = c.id
    where (c.external_id = any (${[...customers]}::text[]) or (c.external_id is null and c.id = any (${customers.filter(isUuid)}::uuid[])))
      and coalesce(s.external_id, s.site_no::text) = any (${[...names]}::text[])`.execute(tx.sql)
  return rows
}

export async function findGroups(tx: ReadTx, names: readonly string[]): Promise<ThingRow[]> {
  const { rows } = await sql<ThingRow>`
    select coalesce(g.external_id, g.id::text) as name, g.id, coalesce(p.external_id, p.id::text) as partner
    from groups g join organizations p on p.id = g.partner_id
    where g.external_id = any (${[...names]}::text[]) or (g.external_id is null and g.id = any (${names.filter(isUuid)}::uuid[]))`.execute(
    tx.sql,
  )
  return rows
}

/** By which domain the vendor's people are known; null: by none. */
export async function vendorDomain(tx: ReadTx): Promise<string | null> {
  const { rows } = await sql<{ email_domain: string | null }>`select email_domain from organizations where kind = 'vendor'`.execute(tx.sql)
  return rows[0]?.email_domain ?? null
}

export async function findGrants(tx: ReadTx, names: readonly string[]): Promise<ThingRow[]> {
  const { rows } = await sql<ThingRow>`
    select coalesce(external_id, id::text) as name, id from grants
    where external_id = any (${[...names]}::text[]) or (external_id is null and id = any (${names.filter(isUuid)}::uuid[]))`.execute(tx.sql)
  return rows
}

export async function findAccessRequests(tx: ReadTx, names: readonly string[]): Promise<ThingRow[]> {
  const named = new Map(names.map((name) => [requestId(name), name]))
  const { rows } = await sql<{ id: string }>`select id from access_requests where id = any (${[...named.keys()]}::uuid[])`.execute(tx.sql)
  return rows.map(({ id }) => ({ name: named.get(id) ?? id, id }))
}

export async function findRecords(tx: ReadTx, kind: string, names: readonly string[]): Promise<ThingRow[]> {
  const { rows } = await sql<ThingRow>`
    select r.external_id as name, r.id::text, r.customer_no, coalesce(c.external_id, c.id::text) as customer
    from records r left join organizations c on c.customer_no = r.customer_no
    where r.kind = ${kind} and r.external_id = any (${[...names]}::text[])`.execute(tx.sql)
  return rows
}

/** Access requests keep no id of another system: a foreign one always becomes the same id of ours. */
export const requestId = (name: string): string => importedId('access_request', name)

/** The same for any kind that keeps no foreign id. */
export function importedId(kind: string, name: string): string {
  if (isUuid(name)) return name
  const hex = createHash('sha256').update(`${kind} ${name}`).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
