// Records with the people and partners named on them, as an import and an export read and write them.
import { type RawBuilder, sql } from 'kysely'
import type { ReadTx, WriteTx } from '../../context/context.ts'

/** A record as lines name it. */
export interface RecordName {
  readonly recordKind: string
  readonly id: string
}

export interface RecordRow {
  readonly id: number
  readonly kind: string
  readonly external_id: string
  readonly customer: string | null
  readonly site: string | null
  readonly partOf: RecordName | null
  readonly refersTo: RecordName | null
  readonly number: string
  readonly title: string
  readonly state: string
  readonly attributes: Record<string, unknown>
  readonly created_at: Date
  readonly updated_at: Date
  readonly contacts: { person: string; relation: string; added_at: string; added_by: string | null }[] | null
  readonly partners: { partner: string; relation: string }[] | null
}

interface StoredRecord extends Omit<RecordRow, 'partOf' | 'refersTo'> {
  readonly parent_kind: string | null
  readonly parent_id: number | null
  readonly reference_kind: string | null
  readonly reference_id: number | null
}

async function records(tx: ReadTx, where: RawBuilder<unknown>): Promise<RecordRow[]> {
  const { rows } = await sql<StoredRecord>`
    select r.id, r.kind, r.external_id, coalesce(c.external_id, c.id::text) as customer, coalesce(s.external_id, s.site_no::text) as site,
      r.parent_kind, r.parent_id, r.reference_kind, r.reference_id, r.number, r.title, r.state, r.attributes, r.created_at, r.updated_at,
      (select jsonb_agg(jsonb_build_object('person', coalesce(p.external_id, p.id::text), 'relation', n.relation, 'added_at', n.added_at,
         'added_by', coalesce(b.external_id, b.id::text)) order by n.relation collate "C", coalesce(p.external_id, p.id::text) collate "C")
       from record_people n join people p on p.id = n.person_id left join people b on b.id = n.added_by where n.kind = r.kind and n.record_id = r.id) as contacts,
      (select jsonb_agg(jsonb_build_object('partner', coalesce(o.external_id, o.id::text), 'relation', n.relation)
         order by n.relation collate "C", coalesce(o.external_id, o.id::text) collate "C")
       from record_partners n join organizations o on o.id = n.partner_id where n.kind = r.kind and n.record_id = r.id) as partners
    from records r left join organizations c on c.customer_no = r.customer_no left join sites s on s.site_no = r.site_no where ${where}`.execute(
    tx.sql,
  )
  const nameOf = await namesOf(
    tx,
    rows.flatMap((row) => [
      { kind: row.parent_kind, id: row.parent_id },
      { kind: row.reference_kind, id: row.reference_id },
    ]),
  )
  return rows.map(({ parent_kind, parent_id, reference_kind, reference_id, ...row }) => ({
    ...row,
    partOf: nameOf(parent_kind, parent_id),
    refersTo: nameOf(reference_kind, reference_id),
  }))
}

/** What records are called, one question for each kind: a kind that the planner does not know beforehand makes it plan for all of them. */
export async function namesOf(
  tx: ReadTx,
  which: readonly { readonly kind: string | null; readonly id: number | null }[],
): Promise<(kind: string | null, id: number | null) => RecordName | null> {
  const names = new Map<string, RecordName>()
  const key = (kind: string | null, id: number | null) => JSON.stringify([kind, id])
  for (const [kind, ofKind] of Map.groupBy(which, (one) => one.kind)) {
    if (kind === null) continue
    const ids = [...new Set(ofKind.map(({ id }) => id))]
    const { rows } = await sql<{ id: number; external_id: string }>`
      select id, external_id from records where kind = ${kind} and id = any (${ids}::bigint[])`.execute(tx.sql)
    for (const { id, external_id } of rows) names.set(key(kind, id), { recordKind: kind, id: external_id })
  }
  return (kind, id) => names.get(key(kind, id)) ?? null
}

/** Asks first which there are: a world that comes in for the first time has none, and where there are many kinds the whole question is dear to plan. */
export async function recordsNamed(tx: ReadTx, kind: string, names: readonly string[]): Promise<RecordRow[]> {
  const { rows } = await sql<{ id: number }>`
    select id from records where kind = ${kind} and external_id = any (${[...names]}::text[])`.execute(tx.sql)
  if (rows.length === 0) return []
  return recordsById(
    tx,
    kind,
    rows.map(({ id }) => id),
  )
}

export const recordsById = (tx: ReadTx, kind: string, ids: readonly number[]) =>
  records(tx, sql`r.kind = ${kind} and r.id = any (${[...ids]}::bigint[])`)

export async function recordIds(tx: ReadTx): Promise<{ kind: string; id: number }[]> {
  const { rows } = await sql<{
    kind: string
    id: number
  }>`select kind, id from records order by kind collate "C", external_id collate "C"`.execute(tx.sql)
  return rows
}

export interface RecordValues {
  readonly kind: string
  readonly external_id: string
  readonly customer_no: number | null
  readonly site_no: number | null
  readonly number: string
  readonly title: string
  readonly state: string
  readonly attributes: unknown
  readonly created_at: string
  readonly updated_at: string
}

const asRecords = sql.raw(
  '(id bigint, kind text, external_id text, customer_no int, site_no int, number text, title text, state text, attributes jsonb, created_at timestamptz, updated_at timestamptz)',
)

/** @returns the new ids by kind and name, as JSON keys */
export async function addRecords(tx: WriteTx, values: readonly RecordValues[]): Promise<Map<string, number>> {
  const { rows } = await sql<{ kind: string; external_id: string; id: number }>`
    insert into records (kind, external_id, customer_no, site_no, number, title, state, attributes, created_at, updated_at)
    select kind, external_id, customer_no, site_no, number, title, state, attributes, created_at, updated_at
    from jsonb_to_recordset(${JSON.stringify(values)}::jsonb) as r ${asRecords} returning kind, external_id, id`.execute(tx.sql)
  return new Map(rows.map((row) => [JSON.stringify([row.kind, row.external_id]), row.id]))
}

export async function changeRecords(tx: WriteTx, values: readonly (RecordValues & { id: number })[]): Promise<void> {
  await sql`
    update records t set site_no = r.site_no, number = r.number, title = r.title, state = r.state, attributes = r.attributes, created_at = r.created_at, updated_at = r.updated_at
    from jsonb_to_recordset(${JSON.stringify(values)}::jsonb) as r ${asRecords} where t.kind = r.kind and t.id = r.id`.execute(tx.sql)
}

interface RecordLinks {
  readonly kind: string
  readonly id: number
  readonly parent_kind: string | null
  readonly parent_id: number | null
  readonly reference_kind: string | null
  readonly reference_id: number | null
}

/** What records are part of and refer to. Apart from the rest, because another record of the same batch may be meant. */
export async function linkRecords(tx: WriteTx, links: readonly RecordLinks[]): Promise<void> {
  await sql`
    update records t set parent_kind = r.parent_kind, parent_id = r.parent_id, reference_kind = r.reference_kind, reference_id = r.reference_id
    from jsonb_to_recordset(${JSON.stringify(links)}::jsonb) as r (kind text, id bigint, parent_kind text, parent_id bigint, reference_kind text, reference_id bigint)
    where t.kind = r.kind and t.id = r.id`.execute(tx.sql)
}

export interface ContactValues {
  readonly kind: string
  readonly record_id: number
  readonly relation: string
  readonly person_id: string
  readonly customer_no: number | null
  readonly added_by: string | null
  readonly added_at: string
}
export interface RecordPartnerValues {
  readonly kind: string
  readonly record_id: number
  readonly relation: string
  readonly partner_id: string
  readonly customer_no: number | null
  readonly updated_at: string
}

export async function addContacts(tx: WriteTx, values: readonly ContactValues[]): Promise<void> {
  await sql`
    insert into record_people (kind, record_id, relation, person_id, customer_no, added_by, added_at)
    select kind, record_id, relation, person_id, customer_no, added_by, added_at
    from jsonb_to_recordset(${JSON.stringify(values)}::jsonb) as r (kind text, record_id bigint, relation text, person_id uuid, customer_no int, added_by uuid,
      added_at timestamptz)`.execute(tx.sql)
}

export async function addRecordPartners(tx: WriteTx, values: readonly RecordPartnerValues[]): Promise<void> {
  await sql`
    insert into record_partners (kind, record_id, relation, partner_id, customer_no, updated_at)
    select kind, record_id, relation, partner_id, customer_no, updated_at
    from jsonb_to_recordset(${JSON.stringify(values)}::jsonb) as r (kind text, record_id bigint, relation text, partner_id uuid, customer_no int,
      updated_at timestamptz)`.execute(tx.sql)
}

export type Named = { readonly key: string; readonly row: unknown }

/** Takes away who and which partners are named on records. @returns the rows as they were, by key */
export async function takeNames(
  tx: WriteTx,
  table: 'record_people' | 'record_partners',
  recordsOf: readonly { kind: string; id: number }[],
): Promise<Named[]> {
  const named = table === 'record_people' ? sql.ref('t.person_id') : sql.ref('t.partner_id')
  const { rows } = await sql<Named>`
    delete from ${sql.table(table)} t using jsonb_to_recordset(${JSON.stringify(recordsOf)}::jsonb) as r (kind text, id bigint)
    where t.kind = r.kind and t.record_id = r.id
    returning json_build_array(t.kind, t.record_id, t.relation, ${named})::text as key, to_jsonb(t) as row`.execute(tx.sql)
  return rows
}
