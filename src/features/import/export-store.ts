// What hangs on records, read for an export in the order in which it is written there.
import { sql } from 'kysely'
import type { ReadTx } from '../../context/context.ts'

const place = (column: string) => sql.raw(`date_trunc('milliseconds', ${column})`)

export interface MessageRow {
  readonly record: string
  readonly at: Date
  readonly name: string
  readonly person: string | null
  readonly home_kind: 'vendor' | 'customer' | 'partner' | null
  readonly home: string | null
  readonly body: string
  readonly nth: number
}

export async function messagesOf(tx: ReadTx, kind: string, ids: readonly number[]): Promise<MessageRow[]> {
  const { rows } = await sql<MessageRow>`
    select r.external_id as record, m.created_at as at, m.author_name as name, coalesce(p.external_id, p.id::text) as person, o.kind as home_kind,
      coalesce(o.external_id, o.id::text) as home, m.body,
      row_number() over (partition by m.record_id, ${place('m.created_at')}, m.author_name, md5(m.body) order by m.id)::int as nth
    from messages m join records r on r.kind = m.kind and r.id = m.record_id left join people p on p.id = m.author_id
    left join organizations o on o.id = m.author_organization_id
    where m.kind = ${kind} and m.record_id = any (${[...ids]}::bigint[]) order by r.external_id collate "C", m.id`.execute(tx.sql)
  return rows
}

export interface EventRow {
  readonly record: string
  readonly at: Date
  readonly what: string
  readonly by_name: string | null
  readonly detail: Record<string, unknown>
  readonly nth: number
}

export async function eventsOf(tx: ReadTx, kind: string, ids: readonly number[]): Promise<EventRow[]> {
  const { rows } = await sql<EventRow>`
    select r.external_id as record, e.at, e.what, e.by_name, e.detail,
      row_number() over (partition by e.record_id, ${place('e.at')}, e.by_name, e.what, e.detail order by e.id)::int as nth
    from record_events e join records r on r.kind = e.kind and r.id = e.record_id
    where e.kind = ${kind} and e.record_id = any (${[...ids]}::bigint[]) order by r.external_id collate "C", e.id`.execute(tx.sql)
  return rows
}

export interface FileRow {
  readonly id: string
  readonly record: string
  readonly at: Date
  readonly name: string
  readonly media_type: string
  readonly size: number
  readonly by_name: string
  readonly person: string | null
  readonly message_at: Date | null
  readonly message_by: string | null
  readonly nth: number
}

/** Everything but the content. */
export async function filesOf(tx: ReadTx, kind: string, ids: readonly number[]): Promise<FileRow[]> {
  const { rows } = await sql<FileRow>`
    select f.id, r.external_id as record, f.created_at as at, f.name, f.media_type, f.size, f.uploaded_by_name as by_name,
      coalesce(p.external_id, p.id::text) as person, m.created_at as message_at, m.author_name as message_by,
      row_number() over (partition by f.record_id, ${place('f.created_at')}, f.uploaded_by_name, f.name, f.sha256 order by f.id)::int as nth
    from files f join records r on r.kind = f.kind and r.id = f.record_id left join people p on p.id = f.uploaded_by left join messages m on m.id = f.message_id
    where f.kind = ${kind} and f.record_id = any (${[...ids]}::bigint[])
    order by r.external_id collate "C", ${place('f.created_at')}, f.uploaded_by_name collate "C", f.name collate "C", f.sha256, nth`.execute(
    tx.sql,
  )
  return rows
}

/** The content in base64, or undefined where the file is gone meanwhile. */
export async function fileContent(tx: ReadTx, id: string): Promise<string | undefined> {
  const { rows } = await sql<{
    content: string
  }>`select translate(encode(content, 'base64'), E'\n', '') as content from files where id = ${id}::uuid`.execute(tx.sql)
  return rows[0]?.content
}
