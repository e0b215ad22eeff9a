// Receipts of removals in the database, and what is needed to bring back what ended: grants, and who was named on which record.
import { sql } from 'kysely'
import type { ReadTx, WriteTx } from '../../context/context.ts'
import { asId, type GrantId, isUuid, type PersonId } from '../../kernel/ids.ts'
import { instantOf } from '../../kernel/instant.ts'
import type { Ended, NamedOnRecord, Removal } from './rules.ts'

type Filter = { readonly customerId: string; readonly id?: string; readonly grantId?: string; readonly partnerId?: string }

/** The customer's receipts that fit, newest first, at most fifty. */
export async function removalsWhere(tx: ReadTx, { customerId, id, grantId, partnerId }: Filter): Promise<Removal[]> {
  if ([id, grantId, partnerId].some((one) => one !== undefined && !isUuid(one))) return []
  const rows = await tx.sql
    .selectFrom('removals as r')
    .innerJoin('organizations as c', 'c.id', 'r.customer_id')
    .innerJoin('organizations as o', 'o.id', 'r.partner_id')
    .leftJoin('people as b', 'b.id', 'r.removed_by')
    .leftJoin('people as u', 'u.id', 'r.undone_by')
    .selectAll('r')
    .select(['c.name as customer_name', 'o.name as partner_name', 'b.name as removed_by_name', 'u.name as undone_by_name'])
    .where('r.customer_id', '=', customerId)
    .$if(id !== undefined, (query) => query.where('r.id', '=', id ?? ''))
    .$if(grantId !== undefined, (query) => query.where('r.grant_id', '=', grantId ?? ''))
    .$if(partnerId !== undefined, (query) => query.where('r.partner_id', '=', partnerId ?? ''))
    .orderBy('r.number', 'desc')
    .limit(50)
    .execute()
  return rows.map((row) => ({
    id: row.id,
    number: row.number,
    customer: { id: row.customer_id, name: row.customer_name },
    partner: { id: row.partner_id, name: row.partner_name },
    grantId: row.grant_id,
    removedAt: instantOf(row.removed_at),
    removedBy: row.removed_by_name,
    reason: row.reason,
    ended: row.ended as unknown as Ended[],
    left: row.remains,
    undone: row.undone_at && { at: instantOf(row.undone_at), by: row.undone_by_name, cameBack: row.came_back ?? [] },
  }))
}

export interface NewRemoval {
  readonly customerId: string
  readonly partnerId: string
  readonly grantId: string | null
  readonly by: PersonId | null
  readonly reason: string | null
  readonly ended: readonly Ended[]
  readonly left: readonly string[]
}

export async function addRemoval(tx: WriteTx, removal: NewRemoval): Promise<{ id: string; number: number }> {
  return tx.sql
    .insertInto('removals')
    .values({
      customer_id: removal.customerId,
      partner_id: removal.partnerId,
      grant_id: removal.grantId,
      removed_at: new Date(tx.now),
      removed_by: removal.by,
      reason: removal.reason,
      ended: JSON.stringify(removal.ended),
      remains: [...removal.left],
    })
    .returning(['id', 'number'])
    .executeTakeFirstOrThrow()
}

/** Notes that it was undone; false where somebody did so before. */
export async function noteUndone(tx: WriteTx, id: string, by: PersonId | null, cameBack: readonly string[]): Promise<boolean> {
  const { numUpdatedRows } = await tx.sql
    .updateTable('removals')
    .set({ undone_at: new Date(tx.now), undone_by: by, came_back: [...cameBack] })
    .where('id', '=', id)
    .where('undone_at', 'is', null)
    .executeTakeFirstOrThrow()
  return numUpdatedRows === 1n
}

/**
 * Gives again what an ended grant gave, on what it covered, to the same end: a new grant from now on, so that the time between stays without. What waited to be
 * confirmed waits again.
 */
export async function giveAnew(tx: WriteTx, grantId: GrantId, by: PersonId | null): Promise<GrantId> {
  const now = new Date(tx.now)
  const { rows } = await sql<{ id: string }>`
    insert into grants (customer_id, partner_id, person_id, group_id, level, rights, scope, from_at, until_at, confirmed_at, reason, given_by, given_at, request_id, replaces)
    select customer_id, partner_id, person_id, group_id, level, rights, scope, greatest(from_at, ${now}), until_at,
      case when confirmed_at is null then null else ${now}::timestamptz end, reason, ${by}::uuid, ${now}, request_id, id
    from grants where id = ${grantId} returning id`.execute(tx.sql)
  const id = rows[0]?.id as string
  await sql`insert into grant_sites (grant_id, site_no) select ${id}::uuid, site_no from grant_sites where grant_id = ${grantId}`.execute(
    tx.sql,
  )
  await sql`insert into grant_records (grant_id, kind, record_id) select ${id}::uuid, kind, record_id from grant_records where grant_id = ${grantId}`.execute(
    tx.sql,
  )
  return asId(id)
}

/** Who of the people is named on which records of the customer, as far as the actor may read them. */
export async function namedOnRecords(tx: ReadTx, customerNo: number, people: readonly string[]): Promise<NamedOnRecord[]> {
  if (people.length === 0) return []
  return tx.sql
    .selectFrom('record_people as rp')
    .innerJoin('records as r', (join) => join.onRef('r.kind', '=', 'rp.kind').onRef('r.id', '=', 'rp.record_id'))
    .innerJoin('people as p', 'p.id', 'rp.person_id')
    .select(['rp.kind', 'rp.record_id as recordId', 'r.number', 'rp.relation', 'rp.person_id as personId', 'p.name as person'])
    .where('rp.customer_no', '=', customerNo)
    .where('rp.person_id', 'in', [...people])
    .orderBy('p.name')
    .orderBy('rp.record_id', 'desc')
    .execute()
}

/** Takes away the names that a removal put in somebody's place, where they stand there still; answers those that it could. */
export async function dropNamed(tx: WriteTx, row: NamedOnRecord): Promise<boolean> {
  const { numDeletedRows } = await tx.sql
    .deleteFrom('record_people')
    .where('kind', '=', row.kind)
    .where('record_id', '=', row.recordId)
    .where('relation', '=', row.relation)
    .where('person_id', '=', row.personId)
    .executeTakeFirstOrThrow()
  return numDeletedRows === 1n
}

/** Names somebody again as they were named; false where the record is gone, or somebody else stands in their place. */
export async function nameAgain(tx: WriteTx, row: NamedOnRecord, by: PersonId | null): Promise<boolean> {
  const { rows } = await sql<{ one: number }>`
    insert into record_people (kind, record_id, relation, person_id, customer_no, added_by, added_at)
    select kind, id, ${row.relation}, ${row.personId}::uuid, customer_no, ${by}::uuid, ${new Date(tx.now)} from records where kind = ${row.kind} and id = ${row.recordId}
    on conflict do nothing returning 1 as one`.execute(tx.sql)
  return rows.length === 1
}

/** Ends what the partner's people chose to get about the acting customer; answers the choices as they were. */
export async function endSubscriptions(tx: WriteTx, partnerId: string): Promise<readonly Readonly<Record<string, unknown>>[]> {
  const { rows } = await sql<{ ended: Record<string, unknown>[] }>`select end_notice_choices(${partnerId}::uuid) as ended`.execute(tx.sql)
  return rows[0]?.ended ?? []
}

/** Brings back the choices that the removal ended; before it is noted as undone. */
export async function restoreSubscriptions(tx: WriteTx, removalId: string): Promise<number> {
  const { rows } = await sql<{ many: number }>`select restore_notice_choices(${removalId}::uuid) as many`.execute(tx.sql)
  return rows[0]?.many ?? 0
}
