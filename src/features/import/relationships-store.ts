// Relationships as an import and an export read and write them.
import { type RawBuilder, sql } from 'kysely'
import type { ReadTx, WriteTx } from '../../context/context.ts'

export interface RelationshipRow {
  readonly id: string
  readonly customer: string
  /** The partner, or the customer that it is subordinate to. */
  readonly other: string
  readonly relation: 'works_with' | 'associated' | 'preferred' | 'subordinate'
  /** The partner of record: a label without rights. */
  readonly of_record: boolean
  readonly from_at: Date
  readonly until_at: Date | null
}

async function relationships(tx: ReadTx, where: RawBuilder<unknown>): Promise<RelationshipRow[]> {
  const { rows } = await sql<RelationshipRow>`
    select r.id, coalesce(c.external_id, c.id::text) as customer, coalesce(p.external_id, p.id::text) as other, r.relation, r.of_record, r.from_at, r.until_at
    from relationships r join organizations c on c.id = r.customer_id join organizations p on p.id = r.partner_id where ${where}`.execute(
    tx.sql,
  )
  return rows
}

/** Every relationship of the pairs, of all times. */
export async function relationshipsBetween(tx: ReadTx, pairs: readonly { customer: string; other: string }[]): Promise<RelationshipRow[]> {
  return relationships(
    tx,
    sql`(r.customer_id, r.partner_id) in (select customer, other from jsonb_to_recordset(${JSON.stringify(pairs)}::jsonb) as pair (customer uuid, other uuid))`,
  )
}

export const relationshipsById = (tx: ReadTx, ids: readonly string[]) => relationships(tx, sql`r.id = any (${[...ids]}::uuid[])`)

export async function relationshipIds(tx: ReadTx): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select r.id from relationships r join organizations c on c.id = r.customer_id join organizations p on p.id = r.partner_id
    order by coalesce(c.external_id, c.id::text) collate "C", coalesce(p.external_id, p.id::text) collate "C", r.relation, r.from_at, r.until_at`.execute(
    tx.sql,
  )
  return rows.map(({ id }) => id)
}

export interface RelationshipValues {
  readonly id: string
  readonly customer_id: string
  readonly partner_id: string
  readonly relation: string
  readonly of_record: boolean
  readonly from_at: string
  readonly until_at: string | null
}

const asRows = sql.raw(
  '(id uuid, customer_id uuid, partner_id uuid, relation text, of_record boolean, from_at timestamptz, until_at timestamptz)',
)

export async function addRelationships(tx: WriteTx, values: readonly RelationshipValues[]): Promise<void> {
  await sql`
    insert into relationships (id, customer_id, partner_id, relation, of_record, from_at, until_at)
    select id, customer_id, partner_id, relation, of_record, from_at, until_at from jsonb_to_recordset(${JSON.stringify(values)}::jsonb) as r ${asRows}`.execute(
    tx.sql,
  )
}

export async function changeRelationships(tx: WriteTx, values: readonly RelationshipValues[]): Promise<void> {
  await sql`
    update relationships t set of_record = r.of_record, from_at = r.from_at, until_at = r.until_at
    from jsonb_to_recordset(${JSON.stringify(values)}::jsonb) as r ${asRows} where t.id = r.id`.execute(tx.sql)
}
