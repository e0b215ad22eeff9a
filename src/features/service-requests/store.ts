// Opening a record, and the people who are named on it.
import { sql } from 'kysely'
import type { WriteTx } from '../../context/context.ts'
import { asId, type RecordId } from '../../kernel/ids.ts'
import type { RecordFact } from '../../law/facts.ts'
import type { Relation } from '../../rows/expression.ts'

export interface RecordToOpen {
  readonly kind: string
  readonly customerNo: number
  /** What the numbers of the kind begin with. */
  readonly prefix: string
  readonly title: string
  readonly state: string
  readonly attributes: Record<string, unknown>
}

/** Opens a record under the next free number. Who opens it may not be able to read it before being named on it: nothing is read back. */
export async function keepNewRecord(
  tx: WriteTx,
  { kind, customerNo, prefix, title, state, attributes }: RecordToOpen,
): Promise<RecordFact> {
  const next = await sql<{
    id: number
    number: string
  }>`select nextval('record_ids')::bigint as id, next_record_number(${kind}, ${prefix}) as number`.execute(tx.sql)
  const { id, number } = next.rows[0] as { id: number; number: string }
  await tx.sql
    .insertInto('records')
    .values({
      id,
      kind,
      customer_no: customerNo,
      external_id: number,
      number,
      title,
      state,
      attributes: JSON.stringify(attributes),
      created_at: tx.now,
      updated_at: tx.now,
    })
    .execute()
  return {
    id: asId<RecordId>(String(id)),
    kind,
    externalId: number,
    number,
    title,
    state,
    siteNo: null,
    reference: 'none',
    attributes,
    relations: [],
    partners: [],
  }
}

type OfRecord = Pick<RecordFact, 'kind' | 'id'>

export async function namePerson(
  tx: WriteTx,
  { kind, id }: OfRecord,
  customerNo: number,
  relation: Relation,
  personId: string,
  addedBy: string,
): Promise<void> {
  await tx.sql
    .insertInto('record_people')
    .values({ kind, record_id: Number(id), relation, person_id: personId, customer_no: customerNo, added_by: addedBy, added_at: tx.now })
    .execute()
}

/** Takes somebody's name off the record in one relation. @returns false where it did not stand there */
export async function unnamePerson(tx: WriteTx, { kind, id }: OfRecord, relation: Relation, personId: string): Promise<boolean> {
  const gone = await tx.sql
    .deleteFrom('record_people')
    .where('kind', '=', kind)
    .where('record_id', '=', Number(id))
    .where('relation', '=', relation)
    .where('person_id', '=', personId)
    .executeTakeFirst()
  return gone.numDeletedRows === 1n
}
