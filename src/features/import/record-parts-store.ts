// Messages, history entries and files of records, as an import and an export read and write them. None has an id of its own outside:
// each is told by its record, instant, author and content, and by its place among equal ones.
import { sql } from 'kysely'
import type { ReadTx, WriteTx } from '../../context/context.ts'

/** What tells a part from every other. */
export interface PartKey {
  readonly kind: string
  readonly record: string
  readonly at: string
  readonly by: string | null
  readonly digest: string
}
export interface PartCount extends PartKey {
  readonly many: number
}
export type PartTable = 'messages' | 'record_events' | 'files'

const digestOf = {
  messages: sql.raw(`t.author_name as by, md5(t.body) as digest, t.created_at as at`),
  record_events: sql.raw(`t.by_name as by, md5(t.what || ' ' || t.detail::text) as digest, t.at`),
  files: sql.raw(`t.uploaded_by_name as by, md5(t.name || ' ' || t.sha256) as digest, t.created_at as at`),
} as const

/** How many equal ones stand there, for each of the keys of which there is one at least. */
export async function countParts(tx: ReadTx, table: PartTable, keys: readonly PartKey[]): Promise<PartCount[]> {
  if (keys.length === 0) return []
  const { rows } = await sql<PartCount & { at: unknown }>`
    with wanted as (select * from jsonb_to_recordset(${JSON.stringify(keys)}::jsonb) as w (kind text, record text, at timestamptz, by text, digest text)),
    named as (select distinct w.kind, w.record, r.id from wanted w join records r on r.kind = w.kind and r.external_id = w.record),
    standing as (select n.kind, n.record, p.by, p.digest, date_trunc('milliseconds', p.at) as at
      from named n cross join lateral (select ${digestOf[table]} from ${sql.table(table)} t where t.kind = n.kind and t.record_id = n.id) p)
    select s.kind, s.record, s.at, s.by, s.digest, count(*)::int as many from standing s
    where (s.kind, s.record, s.at) in (select kind, record, at from wanted) group by 1, 2, 3, 4, 5`.execute(tx.sql)
  return rows.map((row) => ({ ...row, at: (row.at as unknown as Date).toISOString() }))
}

/** The digests of history entries as the database makes them: it writes JSON in an order of its own. */
export async function eventDigests(tx: ReadTx, events: readonly { what: string; detail: unknown }[]): Promise<string[]> {
  const { rows } = await sql<{ digest: string }>`
    select md5(e.what || ' ' || e.detail::text) as digest
    from rows from (jsonb_to_recordset(${JSON.stringify(events)}::jsonb) as (what text, detail jsonb)) with ordinality as e (what, detail, place) order by e.place`.execute(
    tx.sql,
  )
  return rows.map(({ digest }) => digest)
}

export interface MessageValues {
  readonly kind: string
  readonly record_id: number
  readonly customer_no: number
  readonly author_id: string | null
  readonly author_name: string
  readonly author_organization_id: string | null
  readonly body: string
  readonly created_at: string
}

/** In the order given, because that is the order in which they are read. @returns the new ids */
export async function addMessages(tx: WriteTx, values: readonly MessageValues[]): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    insert into messages (kind, record_id, customer_no, author_id, author_name, author_organization_id, body, created_at)
    select kind, record_id, customer_no, author_id, author_name, author_organization_id, body, created_at
    from jsonb_to_recordset(${JSON.stringify(values.map((value, place) => ({ ...value, place })))}::jsonb) as r (kind text, record_id bigint, customer_no int,
      author_id uuid, author_name text, author_organization_id uuid, body text, created_at timestamptz, place int) order by place returning id`.execute(
    tx.sql,
  )
  return rows.map(({ id }) => id)
}

export interface EventValues {
  readonly kind: string
  readonly record_id: number
  readonly customer_no: number
  readonly at: string
  readonly what: string
  readonly by_name: string | null
  readonly detail: unknown
}

export async function addEvents(tx: WriteTx, values: readonly EventValues[]): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    insert into record_events (kind, record_id, customer_no, at, what, by_name, detail)
    select kind, record_id, customer_no, at, what, by_name, detail
    from jsonb_to_recordset(${JSON.stringify(values.map((value, place) => ({ ...value, place })))}::jsonb) as r (kind text, record_id bigint, customer_no int,
      at timestamptz, what text, by_name text, detail jsonb, place int) order by place returning id`.execute(tx.sql)
  return rows.map(({ id }) => id)
}

export interface FileValues {
  readonly id: string
  readonly kind: string
  readonly record_id: number
  readonly customer_no: number
  readonly message_at: string | null
  readonly message_by: string | null
  readonly name: string
  readonly media_type: string
  readonly size: number
  readonly sha256: string
  readonly content: string
  readonly uploaded_by: string | null
  readonly uploaded_by_name: string
  readonly created_at: string
}

/** Content comes in base64. */
export async function addFiles(tx: WriteTx, values: readonly FileValues[]): Promise<void> {
  await sql`
    insert into files (id, kind, record_id, customer_no, message_id, name, media_type, size, sha256, content, uploaded_by, uploaded_by_name, created_at)
    select id, kind, record_id, customer_no,
      (select min(m.id) from messages m where m.kind = r.kind and m.record_id = r.record_id and m.author_name = r.message_by
        and date_trunc('milliseconds', m.created_at) = r.message_at),
      name, media_type, size, sha256, decode(content, 'base64'), uploaded_by, uploaded_by_name, created_at
    from jsonb_to_recordset(${JSON.stringify(values)}::jsonb) as r (id uuid, kind text, record_id bigint, customer_no int, message_at timestamptz, message_by text,
      name text, media_type text, size int, sha256 text, content text, uploaded_by uuid, uploaded_by_name text, created_at timestamptz)`.execute(
    tx.sql,
  )
}
