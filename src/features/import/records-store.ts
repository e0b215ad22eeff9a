// Records with the people and partners named on them, as an import and an export read and write them.
import { type RawBuilder, sql } from 'kysely'
import type { ReadTx, WriteTx } from '../../context/context.ts'
import { peopleNames } from './people-store.ts'

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
  readonly contacts: { person: string; relation: string; added_at: string; added_by: string | null }[]
  readonly partners: { partner: string; relation: string }[] | null
}

/** A record as it is kept. */
export interface RecordKey {
  readonly kind: string
  readonly id: number
}

export const recordKey = ({ kind, id }: RecordKey): string => JSON.stringify([kind, id])

/** Whether a row is, or hangs on, one of the records. The kinds are said apart, so that the others need not be planned for: where there are many, that is dear. */
export function amongRecords(kind: string, id: string, keys: readonly RecordKey[]): RawBuilder<unknown> {
  const kinds = [...new Set(keys.map((key) => key.kind))]
  const ids = [...new Set(keys.map((key) => key.id))]
  return sql`${sql.ref(kind)} = any (${kinds}::text[]) and ${sql.ref(id)} = any (${ids}::bigint[])
    and (${sql.ref(kind)}, ${sql.ref(id)}) in (select kind, id from jsonb_to_recordset(${JSON.stringify(keys)}::jsonb) as w (kind text, id bigint))`
}

interface StoredRecord extends Omit<RecordRow, 'partOf' | 'refersTo' | 'contacts'> {
  readonly parent_kind: string | null
  readonly parent_id: number | null
  readonly reference_kind: string | null
  readonly reference_id: number | null
  readonly contacts: { person_id: string; relation: string; added_at: string; added_by: string | null }[] | null
}

export async function recordsById(tx: ReadTx, keys: readonly RecordKey[]): Promise<RecordRow[]> {
  const { rows } = await sql<StoredRecord>`
    select r.id, r.kind, r.external_id, coalesce(c.external_id, c.id::text) as customer, coalesce(s.external_id, s.site_no::text) as site,
      r.parent_kind, r.parent_id, r.reference_kind, r.reference_id, r.number, r.title, r.state, r.attributes, r.created_at, r.updated_at,
      (select jsonb_agg(jsonb_build_object('person_id', n.person_id, 'relation', n.relation, 'added_at', n.added_at, 'added_by', n.added_by))
       from record_people n where n.kind = r.kind and n.record_id = r.id) as contacts,
      (select jsonb_agg(jsonb_build_object('partner', coalesce(o.external_id, o.id::text), 'relation', n.relation)
         order by n.relation collate "C", coalesce(o.external_id, o.id::text) collate "C")
       from record_partners n join organizations o on o.id = n.partner_id where n.kind = r.kind and n.record_id = r.id) as partners
    from records r left join organizations c on c.customer_no = r.customer_no left join sites s on s.site_no = r.site_no
    where ${amongRecords('r.kind', 'r.id', keys)}`.execute(tx.sql)
  const links = rows.flatMap((row) => [
    { kind: row.parent_kind, id: row.parent_id },
    { kind: row.reference_kind, id: row.reference_id },
  ])
  const nameOf = await recordNames(tx, links)
  const personOf = await peopleNames(
    tx,
    rows.flatMap(({ contacts }) => (contacts ?? []).flatMap(({ person_id, added_by }) => [person_id, added_by])),
  )
  return rows.map(({ parent_kind, parent_id, reference_kind, reference_id, contacts, ...row }) => ({
    ...row,
    partOf: nameOf(parent_kind, parent_id),
    refersTo: nameOf(reference_kind, reference_id),
    contacts: (contacts ?? []).map(({ person_id, added_by, ...contact }) => ({
      ...contact,
      person: personOf(person_id) ?? '',
      added_by: personOf(added_by),
    })),
  }))
}

/** What records are called. */
export async function recordNames(
  tx: ReadTx,
  which: readonly { readonly kind: string | null; readonly id: number | null }[],
): Promise<(kind: string | null, id: number | null) => RecordName | null> {
  const keys = which.flatMap(({ kind, id }) => (kind === null || id === null ? [] : [{ kind, id }]))
  if (keys.length === 0) return () => null
  const { rows } = await sql<RecordKey & { external_id: string }>`
    select kind, id, external_id from records where ${amongRecords('kind', 'id', keys)}`.execute(tx.sql)
  const names = new Map(rows.map((row) => [recordKey(row), { recordKind: row.kind, id: row.external_id }]))
  return (kind, id) => (kind === null || id === null ? null : (names.get(recordKey({ kind, id })) ?? null))
}

/** Asks first which there are: a world that comes in for the first time has none, and the whole question is dear where there are many kinds. */
export async function recordsNamed(tx: ReadTx, names: readonly RecordName[]): Promise<RecordRow[]> {
  const kinds = [...new Set(names.map(({ recordKind }) => recordKind))]
  const { rows } = await sql<RecordKey>`
    select r.kind, r.id from jsonb_to_recordset(${JSON.stringify(names)}::jsonb) as w ("recordKind" text, id text)
      join records r on r.kind = w."recordKind" and r.external_id = w.id where r.kind = any (${kinds}::text[])`.execute(tx.sql)
  return rows.length === 0 ? [] : recordsById(tx, rows)
}

export async function recordIds(tx: ReadTx): Promise<RecordKey[]> {
  const { rows } = await sql<RecordKey>`select kind, id from records order by kind collate "C", external_id collate "C"`.execute(tx.sql)
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
