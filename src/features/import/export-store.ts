// What hangs on records, read for an export in the order in which it is written there.
import { sql } from 'kysely'
import type { ReadTx } from '../../context/context.ts'
import { peopleNames } from './people-store.ts'
import { amongRecords, type RecordKey } from './records-store.ts'

const place = (column: string) => sql.raw(`date_trunc('milliseconds', ${column})`)

/** Of which record it is. */
interface Part {
  readonly kind: string
  readonly record_id: number
}

export interface MessageRow extends Part {
  readonly at: Date
  readonly name: string
  readonly person: string | null
  readonly home_kind: 'vendor' | 'customer' | 'partner' | null
  readonly home: string | null
  readonly body: string
  readonly nth: number
}

export async function messagesOf(tx: ReadTx, records: readonly RecordKey[]): Promise<MessageRow[]> {
  const { rows } = await sql<Omit<MessageRow, 'person'> & { author_id: string | null }>`
    select m.kind, m.record_id, m.created_at as at, m.author_name as name, m.author_id, o.kind as home_kind, coalesce(o.external_id, o.id::text) as home, m.body,
      row_number() over (partition by m.kind, m.record_id, ${place('m.created_at')}, m.author_name, md5(m.body) order by m.id)::int as nth
    from messages m left join organizations o on o.id = m.author_organization_id
    where ${amongRecords('m.kind', 'm.record_id', records)} order by m.id`.execute(tx.sql)
  const nameOf = await peopleNames(
    tx,
    rows.map(({ author_id }) => author_id),
  )
  return rows.map(({ author_id, ...row }) => ({ ...row, person: nameOf(author_id) }))
}

export interface EventRow extends Part {
  readonly at: Date
  readonly what: string
  readonly by_name: string | null
  readonly detail: Record<string, unknown>
  readonly nth: number
}

export async function eventsOf(tx: ReadTx, records: readonly RecordKey[]): Promise<EventRow[]> {
  const { rows } = await sql<EventRow>`
    select e.kind, e.record_id, e.at, e.what, e.by_name, e.detail,
      row_number() over (partition by e.kind, e.record_id, ${place('e.at')}, e.by_name, e.what, e.detail order by e.id)::int as nth
    from record_events e where ${amongRecords('e.kind', 'e.record_id', records)} order by e.id`.execute(tx.sql)
  return rows
}

export interface FileRow extends Part {
  readonly id: string
  readonly at: Date
  readonly name: string
  readonly media_type: string
  readonly by_name: string
  readonly person: string | null
  readonly message: { readonly at: string; readonly byName: string } | null
  readonly nth: number
}

/** Everything but the content. */
export async function filesOf(tx: ReadTx, records: readonly RecordKey[]): Promise<FileRow[]> {
  const { rows } = await sql<Omit<FileRow, 'person' | 'message'> & { uploaded_by: string | null; message_id: number | null }>`
    select f.kind, f.record_id, f.id, f.created_at as at, f.name, f.media_type, f.uploaded_by_name as by_name, f.uploaded_by, f.message_id,
      row_number() over (partition by f.kind, f.record_id, ${place('f.created_at')}, f.uploaded_by_name, f.name, f.sha256 order by f.id)::int as nth
    from files f where ${amongRecords('f.kind', 'f.record_id', records)}
    order by ${place('f.created_at')}, f.uploaded_by_name collate "C", f.name collate "C", f.sha256, nth`.execute(tx.sql)
  const nameOf = await peopleNames(
    tx,
    rows.map(({ uploaded_by }) => uploaded_by),
  )
  const messageOf = await messagesById(
    tx,
    rows.flatMap(({ message_id }) => message_id ?? []),
  )
  return rows.map(({ uploaded_by, message_id, ...row }) => ({
    ...row,
    person: nameOf(uploaded_by),
    message: messageOf.get(message_id) ?? null,
  }))
}

/** The messages that files came with. */
async function messagesById(tx: ReadTx, ids: readonly number[]): Promise<Map<number | null, NonNullable<FileRow['message']>>> {
  if (ids.length === 0) return new Map()
  const { rows } = await sql<{ id: number; at: Date; by_name: string }>`
    select id, created_at as at, author_name as by_name from messages where id = any (${[...ids]}::bigint[])`.execute(tx.sql)
  return new Map(rows.map(({ id, at, by_name }) => [id, { at: at.toISOString(), byName: by_name }]))
}

/** The content in base64, or undefined where the file is gone meanwhile. */
export async function fileContent(tx: ReadTx, id: string): Promise<string | undefined> {
  const { rows } = await sql<{
    content: string
  }>`select translate(encode(content, 'base64'), E'\n', '') as content from files where id = ${id}::uuid`.execute(tx.sql)
  return rows[0]?.content
}
