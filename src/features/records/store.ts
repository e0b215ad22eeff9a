// One record as it is kept, the mark of its last change, and what happened to it.
import type { ReadTx, WriteTx } from '../../context/context.ts'
import type { RecordFact } from '../../law/facts.ts'
import { nameOfActor } from './rules.ts'

export interface StoredRecord {
  readonly attributes: Record<string, unknown>
  readonly createdAt: Date
  readonly updatedAt: Date
}

/** The record's columns beyond what the question's facts hold, or undefined where row security shows none. */
export async function storedRecord(tx: ReadTx, { kind, id }: Pick<RecordFact, 'kind' | 'id'>): Promise<StoredRecord | undefined> {
  const row = await tx.sql
    .selectFrom('records')
    .select(['attributes', 'created_at', 'updated_at'])
    .where('kind', '=', kind)
    .where('id', '=', Number(id))
    .executeTakeFirst()
  return row && { attributes: row.attributes as Record<string, unknown>, createdAt: row.created_at, updatedAt: row.updated_at }
}

export interface RecordChange {
  readonly title?: string
  readonly state?: string
  readonly attributes?: Record<string, unknown>
}

/**
 * Changes the record and the instant of its last change, if it is still in the state that decided.
 * @returns false where somebody else was faster
 */
export async function changeRecord(
  tx: WriteTx,
  { kind, id, state }: Pick<RecordFact, 'kind' | 'id' | 'state'>,
  change: RecordChange = {},
): Promise<boolean> {
  const { attributes, ...columns } = change
  const changed = await tx.sql
    .updateTable('records')
    .set({ ...columns, ...(attributes === undefined ? {} : { attributes: JSON.stringify(attributes) }), updated_at: tx.now })
    .where('kind', '=', kind)
    .where('id', '=', Number(id))
    .where('state', '=', state)
    .executeTakeFirst()
  return changed.numUpdatedRows === 1n
}

export interface EventToKeep {
  /** opened, changed, state, closed, reopened, contact_added, contact_removed, point_of_contact, file_added */
  readonly what: string
  readonly detail: Record<string, unknown>
}

export async function keepEvent(
  tx: WriteTx,
  { kind, id }: Pick<RecordFact, 'kind' | 'id'>,
  customerNo: number,
  event: EventToKeep,
): Promise<void> {
  await tx.sql
    .insertInto('record_events')
    .values({
      kind,
      record_id: Number(id),
      customer_no: customerNo,
      at: tx.now,
      what: event.what,
      by_name: nameOfActor(tx.actor),
      detail: JSON.stringify(event.detail),
    })
    .execute()
}

export interface StoredEvent {
  id: number
  at: Date
  what: string
  by_name: string | null
  detail: unknown
}

/** The first event of its sort on the record, if there is one. */
export async function firstEvent(tx: ReadTx, { kind, id }: Pick<RecordFact, 'kind' | 'id'>, what: string): Promise<unknown> {
  const row = await tx.sql
    .selectFrom('record_events')
    .select('detail')
    .where('kind', '=', kind)
    .where('record_id', '=', Number(id))
    .where('what', '=', what)
    .orderBy('id')
    .limit(1)
    .executeTakeFirst()
  return row?.detail
}

/** The newest events of a record, oldest first. */
export async function eventsOf(tx: ReadTx, { kind, id }: Pick<RecordFact, 'kind' | 'id'>, atMost: number): Promise<StoredEvent[]> {
  const rows = await tx.sql
    .selectFrom('record_events')
    .select(['id', 'at', 'what', 'by_name', 'detail'])
    .where('kind', '=', kind)
    .where('record_id', '=', Number(id))
    .orderBy('id', 'desc')
    .limit(atMost)
    .execute()
  return rows.reverse()
}
