// Sites as an import and an export read and write them.
import { type RawBuilder, sql } from 'kysely'
import type { ReadTx, WriteTx } from '../../context/context.ts'

export interface SiteRow {
  /** Its number, as text. */
  readonly id: string
  readonly named: string
  readonly customer: string
  readonly name: string
}

async function sites(tx: ReadTx, where: RawBuilder<unknown>): Promise<SiteRow[]> {
  const { rows } = await sql<SiteRow>`
    select s.site_no::text as id, coalesce(s.external_id, s.site_no::text) as named, coalesce(c.external_id, c.id::text) as customer, s.name
    from sites s join organizations c on c.id = s.customer_id where ${where}`.execute(tx.sql)
  return rows
}

export const sitesOf = (tx: ReadTx, customers: readonly string[], names: readonly string[]) =>
  sites(tx, sql`s.customer_id = any (${[...customers]}::uuid[]) and coalesce(s.external_id, s.site_no::text) = any (${[...names]}::text[])`)

export const sitesById = (tx: ReadTx, ids: readonly string[]) => sites(tx, sql`s.site_no = any (${ids.map(Number)}::int[])`)

export async function siteIds(tx: ReadTx): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select s.site_no::text as id from sites s join organizations c on c.id = s.customer_id
    order by coalesce(c.external_id, c.id::text) collate "C", coalesce(s.external_id, s.site_no::text) collate "C"`.execute(tx.sql)
  return rows.map(({ id }) => id)
}

export interface SiteValues {
  readonly customer_id: string
  readonly external_id: string
  readonly name: string
}

/** @returns the numbers of the new sites */
export async function addSites(tx: WriteTx, values: readonly SiteValues[]): Promise<number[]> {
  const { rows } = await sql<{ site_no: number }>`
    insert into sites (customer_id, customer_no, external_id, name)
    select r.customer_id, c.customer_no, r.external_id, r.name
    from jsonb_to_recordset(${JSON.stringify(values)}::jsonb) as r (customer_id uuid, external_id text, name text)
      join organizations c on c.id = r.customer_id returning site_no`.execute(tx.sql)
  return rows.map(({ site_no }) => site_no)
}

export async function changeSites(tx: WriteTx, values: readonly { site_no: number; external_id: string; name: string }[]): Promise<void> {
  await sql`
    update sites s set external_id = r.external_id, name = r.name
    from jsonb_to_recordset(${JSON.stringify(values)}::jsonb) as r (site_no int, external_id text, name text) where s.site_no = r.site_no`.execute(
    tx.sql,
  )
}
