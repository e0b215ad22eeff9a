// Finds what lines refer to: by the id of the system that they come from, or by our own where a thing was made here and has no other.
import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { ReadTx } from '../../context/context.ts'
import { isUuid } from '../../kernel/ids.ts'

export interface ThingRow {
  readonly name: string
  readonly id: string
  readonly customer_no: number | null
  readonly time_zone: string | null
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
    select coalesce(external_id, id::text) as name, id, null::int as customer_no, null as time_zone from people
    where external_id = any (${[...names]}::text[]) or (external_id is null and id = any (${names.filter(isUuid)}::uuid[]))`.execute(tx.sql)
  return rows
}

export async function findGrants(tx: ReadTx, names: readonly string[]): Promise<ThingRow[]> {
  const { rows } = await sql<ThingRow>`
    select coalesce(external_id, id::text) as name, id, null::int as customer_no, null as time_zone from grants
    where external_id = any (${[...names]}::text[]) or (external_id is null and id = any (${names.filter(isUuid)}::uuid[]))`.execute(tx.sql)
  return rows
}

export async function findAccessRequests(tx: ReadTx, names: readonly string[]): Promise<ThingRow[]> {
  const named = new Map(names.map((name) => [requestId(name), name]))
  const { rows } = await sql<{ id: string }>`select id from access_requests where id = any (${[...named.keys()]}::uuid[])`.execute(tx.sql)
  return rows.map(({ id }) => ({ name: named.get(id) ?? id, id, customer_no: null, time_zone: null }))
}

export async function findRecords(tx: ReadTx, kind: string, names: readonly string[]): Promise<ThingRow[]> {
  const { rows } = await sql<ThingRow>`
    select external_id as name, id::text, customer_no, null as time_zone from records where kind = ${kind} and external_id = any (${[...names]}::text[])`.execute(
    tx.sql,
  )
  return rows
}

/** Access requests keep no id of another system: a foreign one always becomes the same id of ours. */
export function requestId(name: string): string {
  if (isUuid(name)) return name
  const hex = createHash('sha256').update(`access_request ${name}`).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
