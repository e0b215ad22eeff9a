// Links of partners and customers in the database; of two answers one wins, and of two requests one stands.
import type { ReadTx, WriteTx } from '../../context/context.ts'
import { asId, isUuid, type OrganizationId, type PersonId } from '../../kernel/ids.ts'
import { addMilliseconds, instantOf } from '../../kernel/instant.ts'
import type { AskedLately, Link, LinkState } from './rules.ts'

type Filter =
  | { readonly id: string }
  | { readonly partnerId: string; readonly customerId?: string }
  | { readonly customerId: string }
  | { readonly state: LinkState }

/** The links that fit, newest first, as far as the actor may know them. */
export async function linksWhere(tx: ReadTx, filter: Filter): Promise<Link[]> {
  const { state, ...ids } = { state: undefined, ...filter }
  if (Object.values(ids).some((id) => id !== undefined && !isUuid(id))) return []
  let query = tx.sql
    .selectFrom('links as l')
    .innerJoin('organizations as c', 'c.id', 'l.customer_id')
    .innerJoin('organizations as p', 'p.id', 'l.partner_id')
    .leftJoin('people as a', 'a.id', 'l.asked_by')
    .select(['l.id', 'l.customer_id', 'c.name as customer_name', 'l.partner_id', 'p.name as partner_name', 'l.state'])
    .select(['l.asked_at', 'l.answered_at', 'a.name as asked_by_name', 'a.email as asked_by_email'])
  if ('id' in filter) query = query.where('l.id', '=', filter.id)
  if ('partnerId' in filter) query = query.where('l.partner_id', '=', filter.partnerId)
  if ('customerId' in filter && filter.customerId !== undefined) query = query.where('l.customer_id', '=', filter.customerId)
  if (state !== undefined) query = query.where('l.state', '=', state)
  const rows = await query.orderBy('l.asked_at', 'desc').orderBy('l.id').execute()
  return rows.map((row) => ({
    id: row.id,
    customer: { id: asId(row.customer_id), name: row.customer_name },
    partner: { id: asId(row.partner_id), name: row.partner_name },
    state: row.state as LinkState,
    askedBy: row.asked_by_name === null ? null : { name: row.asked_by_name, email: row.asked_by_email ?? '' },
    askedAt: instantOf(row.asked_at),
    answeredAt: row.answered_at && instantOf(row.answered_at),
  }))
}

/** The customers that the partner is said to work with, or has something at, at the instant; by name. */
export async function customersAround(tx: ReadTx, partnerId: string): Promise<{ id: OrganizationId; name: string }[]> {
  const now = new Date(tx.now)
  const rows = await tx.sql
    .selectFrom('organizations as o')
    .select(['o.id', 'o.name'])
    .where('o.kind', '=', 'customer')
    .where((eb) =>
      eb.or([
        eb.exists(
          eb
            .selectFrom('relationships as r')
            .select('r.id')
            .whereRef('r.customer_id', '=', 'o.id')
            .where('r.partner_id', '=', partnerId)
            .where('r.relation', '<>', 'subordinate')
            .where('r.from_at', '<=', now)
            .where((one) => one.or([one('r.until_at', 'is', null), one('r.until_at', '>', now)])),
        ),
        eb('o.id', 'in', grantsInForce(tx, partnerId)),
      ]),
    )
    .orderBy('o.name')
    .orderBy('o.id')
    .execute()
  return rows.map((row) => ({ ...row, id: asId(row.id) }))
}

const grantsInForce = (tx: ReadTx, partnerId: string) =>
  tx.sql
    .selectFrom('grants as g')
    .select('g.customer_id')
    .where('g.partner_id', '=', partnerId)
    .where('g.confirmed_at', 'is not', null)
    .where('g.ended_at', 'is', null)
    .where('g.until_at', '>', new Date(tx.now))

/** The customers that gave the partner something which is in force. */
export async function customersGiving(tx: ReadTx, partnerId: string): Promise<Set<string>> {
  return new Set((await grantsInForce(tx, partnerId).execute()).map((row) => row.customer_id))
}

/** How often the person, and anybody of the partner, asked to be linked lately, whatever was answered. */
export async function countAsked(tx: WriteTx, partnerId: string, personId: string): Promise<AskedLately> {
  const since = (milliseconds: number) => new Date(addMilliseconds(tx.now, -milliseconds))
  return tx.sql
    .selectFrom('links')
    .select((eb) => [
      eb.fn
        .countAll<number>()
        .filterWhere(eb.and([eb('asked_by', '=', personId), eb('asked_at', '>', since(3_600_000))]))
        .as('hourlyOfPerson'),
      eb.fn.countAll<number>().as('dailyOfPartner'),
    ])
    .where('partner_id', '=', partnerId)
    .where('asked_by', 'is not', null)
    .where('asked_at', '>', since(86_400_000))
    .executeTakeFirstOrThrow()
}

/** A partner asks; false where the two are linked, or asked for, already. */
export async function addAsked(tx: WriteTx, customerId: string, partnerId: string, askedBy: PersonId): Promise<string | undefined> {
  const row = await tx.sql
    .insertInto('links')
    .values({ customer_id: customerId, partner_id: partnerId, state: 'asked', asked_by: askedBy, asked_at: new Date(tx.now) })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst()
  return row?.id
}

/** The customer links the two by itself. */
export async function addStanding(tx: WriteTx, customerId: string, partnerId: string, by: PersonId | null): Promise<void> {
  const now = new Date(tx.now)
  await tx.sql
    .insertInto('links')
    .values({ customer_id: customerId, partner_id: partnerId, state: 'standing', asked_at: now, answered_by: by, answered_at: now })
    .execute()
}

/** Answers a link that was asked for; false where it does not wait any more. */
export async function answerLink(tx: WriteTx, id: string, state: 'standing' | 'denied', by: PersonId | null): Promise<boolean> {
  const { numUpdatedRows } = await tx.sql
    .updateTable('links')
    .set({ state, answered_by: by, answered_at: new Date(tx.now) })
    .where('id', '=', id)
    .where('state', '=', 'asked')
    .executeTakeFirstOrThrow()
  return numUpdatedRows === 1n
}
