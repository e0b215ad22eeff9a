// Messages and files of a record.
import { sql } from 'kysely'
import type { ReadTx, WriteTx } from '../../context/context.ts'

interface OfRecord {
  readonly kind: string
  readonly id: string
}

export interface StoredMessage {
  id: number
  author_name: string
  author_organization_id: string | null
  body: string
  created_at: Date
}

/** The newest messages of a record, oldest first. */
export async function messagesOf(tx: ReadTx, { kind, id }: OfRecord, atMost: number): Promise<StoredMessage[]> {
  const rows = await tx.sql
    .selectFrom('messages')
    .select(['id', 'author_name', 'author_organization_id', 'body', 'created_at'])
    .where('kind', '=', kind)
    .where('record_id', '=', Number(id))
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(atMost)
    .execute()
  return rows.reverse()
}

export interface StoredFile {
  id: string
  message_id: number | null
  name: string
  media_type: string
  size: number
  created_at: Date
  uploaded_by_name: string
}

const fileColumns = ['id', 'message_id', 'name', 'media_type', 'size', 'created_at', 'uploaded_by_name'] as const

/** The newest files of a record, oldest first, without their content. */
export async function filesOf(tx: ReadTx, { kind, id }: OfRecord, atMost: number): Promise<StoredFile[]> {
  const rows = await tx.sql
    .selectFrom('files')
    .select(fileColumns)
    .where('kind', '=', kind)
    .where('record_id', '=', Number(id))
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(atMost)
    .execute()
  return rows.reverse()
}

/** One file with its content, if it is this record's. */
export async function fileOf(tx: ReadTx, { kind, id }: OfRecord, fileId: string): Promise<(StoredFile & { content: Buffer }) | undefined> {
  return tx.sql
    .selectFrom('files')
    .select([...fileColumns, 'content'])
    .where('kind', '=', kind)
    .where('record_id', '=', Number(id))
    .where('id', '=', fileId)
    .executeTakeFirst()
}

/** Whether the message is this record's and was written by the person. */
export async function isMessageBy(tx: ReadTx, { kind, id }: OfRecord, messageId: number, personId: string): Promise<boolean> {
  const row = await tx.sql
    .selectFrom('messages')
    .select('id')
    .where('kind', '=', kind)
    .where('record_id', '=', Number(id))
    .where('id', '=', messageId)
    .where('author_id', '=', personId)
    .executeTakeFirst()
  return row !== undefined
}

export interface MessageToKeep {
  readonly authorId: string
  readonly authorName: string
  readonly authorOrganizationId: string
  readonly body: string
}

export async function keepMessage(tx: WriteTx, { kind, id }: OfRecord, customerNo: number, message: MessageToKeep): Promise<StoredMessage> {
  return tx.sql
    .insertInto('messages')
    .values({
      kind,
      record_id: Number(id),
      customer_no: customerNo,
      author_id: message.authorId,
      author_name: message.authorName,
      author_organization_id: message.authorOrganizationId,
      body: message.body,
      created_at: tx.now,
    })
    .returning(['id', 'author_name', 'author_organization_id', 'body', 'created_at'])
    .executeTakeFirstOrThrow()
}

export interface FileToKeep {
  readonly name: string
  readonly mediaType: string
  readonly content: Buffer
  readonly sha256: string
  readonly messageId: number | null
  readonly uploadedBy: string
  readonly uploadedByName: string
}

export async function keepFile(tx: WriteTx, { kind, id }: OfRecord, customerNo: number, file: FileToKeep): Promise<StoredFile> {
  return tx.sql
    .insertInto('files')
    .values({
      kind,
      record_id: Number(id),
      customer_no: customerNo,
      message_id: file.messageId,
      name: file.name,
      media_type: file.mediaType,
      size: file.content.length,
      sha256: file.sha256,
      content: file.content,
      uploaded_by: file.uploadedBy,
      uploaded_by_name: file.uploadedByName,
      created_at: tx.now,
    })
    .returning(fileColumns)
    .executeTakeFirstOrThrow()
}

/** Names and sides of organizations whose people wrote; whatever the reader's own firm has to do with them. */
export async function writingOrganizations(tx: ReadTx, ids: readonly string[]): Promise<Map<string, { name: string; side: string }>> {
  if (ids.length === 0) return new Map()
  const found = await sql<{ organization_id: string; organization_name: string; side: string }>`
    select * from organizations_named(${[...new Set(ids)]}::uuid[])`.execute(tx.sql)
  return new Map(found.rows.map((row) => [row.organization_id, { name: row.organization_name, side: row.side }]))
}
