// The open records on which somebody is point of contact who may not be it any more, and whom to name instead: asked by the customer, or by whoever gives up.
import { sql } from 'kysely'
import type { WriteTx } from '../../context/context.ts'
import type { PersonId } from '../../kernel/ids.ts'

/** An open record and its point of contact. */
export interface OpenRecord {
  readonly recordId: number
  readonly number: string
  readonly siteNo: number | null
  readonly personId: string
}

interface Place {
  readonly kind: string
  readonly customerNo: number
}

/** The customer's open records of the kind whose point of contact is one of the people. */
export async function contactsOfOpen(
  tx: WriteTx,
  { kind, customerNo, openStates, people }: Place & { readonly openStates: readonly string[]; readonly people: readonly string[] },
): Promise<OpenRecord[]> {
  if (people.length === 0 || openStates.length === 0) return []
  return tx.sql
    .selectFrom('record_people as rp')
    .innerJoin('records as r', (join) => join.onRef('r.kind', '=', 'rp.kind').onRef('r.id', '=', 'rp.record_id'))
    .select(['rp.record_id as recordId', 'r.number', 'r.site_no as siteNo', 'rp.person_id as personId'])
    .where('rp.kind', '=', kind)
    .where('rp.customer_no', '=', customerNo)
    .where('rp.relation', '=', 'point_of_contact')
    .where('rp.person_id', 'in', [...people])
    .where('r.state', 'in', [...openStates])
    .orderBy('rp.record_id')
    .execute()
}

/** The same for people of the actor's own organization, or for the server's own work: also of records that whoever acts may not read (any more). */
export async function ownContactsOfOpen(
  tx: WriteTx,
  { kind, customerNo, openStates, people }: Place & { readonly openStates: readonly string[]; readonly people: readonly string[] },
): Promise<OpenRecord[]> {
  if (people.length === 0 || openStates.length === 0) return []
  const { rows } = await sql<OpenRecord>`
    select record_id as "recordId", number, site_no as "siteNo", person_id as "personId"
    from contacts_of_open(${kind}, ${customerNo}, ${[...people]}::uuid[], ${[...openStates]}::text[])`.execute(tx.sql)
  return rows
}

/** Gives such records to the customer's own people: to the requester where they may be point of contact. Answers the new one's name; null where there is nobody. */
export async function giveToCustomer(
  tx: WriteTx,
  kind: string,
  records: readonly OpenRecord[],
  roles: readonly string[],
): Promise<Map<number, string | null>> {
  if (records.length === 0) return new Map()
  const ids = records.map(({ recordId }) => recordId)
  const { rows } = await sql<{ recordId: number; heir: string | null }>`
    select record_id as "recordId", heir from hand_over_to_customer(${kind}, ${ids}::bigint[], ${[...roles]}::text[])`.execute(tx.sql)
  return new Map(rows.map(({ recordId, heir }) => [Number(recordId), heir]))
}

/** Takes people of the actor's own organization off everything of the customer on which they are copied in. */
export async function dropOwnContacts(tx: WriteTx, kind: string, customerNo: number, people: readonly string[]): Promise<void> {
  if (people.length > 0) await sql`select drop_copied_in(${kind}, ${customerNo}, ${[...people]}::uuid[])`.execute(tx.sql)
}

export interface HandingOver extends Place {
  readonly records: readonly OpenRecord[]
  readonly to: { readonly id: PersonId; readonly name: string; readonly organization: string }
}

/** Names the new point of contact on each, keeps the one before copied in, and writes it into the record's history. Answers what was handed over. */
export async function handOverRecords(tx: WriteTx, { kind, customerNo, records: rows, to }: HandingOver): Promise<readonly OpenRecord[]> {
  const ids = rows.map(({ recordId }) => recordId)
  const now = new Date(tx.now)
  await tx.sql
    .updateTable('record_people')
    .set({ person_id: to.id, added_by: to.id, added_at: now })
    .where('kind', '=', kind)
    .where('relation', '=', 'point_of_contact')
    .where('record_id', 'in', ids)
    .execute()
  await dropContacts(tx, kind, customerNo, [to.id], ids)
  await tx.sql
    .insertInto('record_people')
    .values(
      rows.map(({ recordId, personId }) => ({
        kind,
        record_id: recordId,
        relation: 'additional_contact',
        person_id: personId,
        customer_no: customerNo,
        added_by: to.id,
        added_at: now,
      })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  await tx.sql.updateTable('records').set({ updated_at: now }).where('kind', '=', kind).where('id', 'in', ids).execute()
  await sql`
    insert into record_events (kind, record_id, customer_no, at, what, by_name, detail)
    select ${kind}, h.id, ${customerNo}, ${now}, 'point_of_contact', ${to.name},
      jsonb_build_object('person', ${to.name}::text, 'personId', ${to.id}::text, 'organization', ${to.organization}::text, 'before', p.name)
    from unnest(${ids}::bigint[], ${rows.map(({ personId }) => personId)}::uuid[]) as h (id, person_id) left join people p on p.id = h.person_id`.execute(
    tx.sql,
  )
  return rows
}

/** Takes people off the records on which they are copied in: all of the customer, or the ones that are named. Answers how many times. */
export async function dropContacts(
  tx: WriteTx,
  kind: string,
  customerNo: number,
  people: readonly string[],
  ids?: readonly number[],
): Promise<number> {
  if (people.length === 0) return 0
  let dropping = tx.sql
    .deleteFrom('record_people')
    .where('kind', '=', kind)
    .where('customer_no', '=', customerNo)
    .where('relation', '=', 'additional_contact')
    .where('person_id', 'in', [...people])
  if (ids) dropping = dropping.where('record_id', 'in', [...ids])
  return Number((await dropping.executeTakeFirstOrThrow()).numDeletedRows)
}
