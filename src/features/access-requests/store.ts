// Access requests in the database. Every change of state is guarded by the state it expects, so that of two answers one wins.
import type { ReadTx, WriteTx } from '../../context/context.ts'
import { type AccessRequestId, asId, type OrganizationId, type PersonId } from '../../kernel/ids.ts'
import { type Instant, instantOf, type LocalDate } from '../../kernel/instant.ts'
import { itemsOf, kept } from './item-store.ts'
import type { AccessRequest, AskedItem, RequestItem, StoredState } from './rules.ts'

type Filter =
  | { readonly id: string }
  | { readonly customerId: string }
  | { readonly partnerId: string; readonly askedBy: PersonId | null }
  | { readonly portal: true }

/** The requests that fit, newest first, with their parts; a customer's are only those that were put before it. */
export async function requestsWhere(tx: ReadTx, filter: Filter): Promise<AccessRequest[]> {
  let query = selectRequests(tx)
  if ('id' in filter) query = query.where('r.id', '=', filter.id)
  else if ('customerId' in filter) query = query.where('r.customer_id', '=', filter.customerId)
  else if ('partnerId' in filter) {
    query = query.where('r.partner_id', '=', filter.partnerId)
    if (filter.askedBy !== null) query = query.where('r.asked_by', '=', filter.askedBy)
  }
  const rows = await query.orderBy('r.number', 'desc').execute()
  const items = await itemsOf(
    tx,
    rows.map((row) => row.id),
  )
  return rows.map((row) => requestOf(row, items.get(row.id) ?? []))
}

type Before = Pick<AccessRequest, 'addressedTo' | 'customerId' | 'toCustomer'>

/** The waiting request of the partner to this address, or to this customer where it is known, for one of these grantees, if any. */
export async function waitingAlike(
  tx: WriteTx,
  partnerId: string,
  before: Before & { readonly items: readonly AskedItem[] },
): Promise<AccessRequest | undefined> {
  const grantees = new Set(before.items.map(({ personId }) => personId))
  const waiting = await waitingBefore(tx, partnerId, before)
  return waiting.find((request) => request.items.some(({ person }) => grantees.has(person?.id ?? null)))
}

/** The partner's requests that wait at a customer which it knows. */
export const waitingAtCustomer = (tx: ReadTx, partnerId: string, customerId: OrganizationId): Promise<AccessRequest[]> =>
  waitingBefore(tx, partnerId, { addressedTo: '', customerId, toCustomer: true })

async function waitingBefore(tx: ReadTx, partnerId: string, { addressedTo, customerId, toCustomer }: Before): Promise<AccessRequest[]> {
  const rows = await selectRequests(tx)
    .where('r.partner_id', '=', partnerId)
    .where('r.to_customer', '=', toCustomer)
    .where((eb) => (toCustomer ? eb('r.customer_id', '=', customerId) : eb('r.addressed_to', '=', addressedTo)))
    .where('r.state', '=', 'pending')
    .where('r.lapses_at', '>', new Date(tx.now))
    .execute()
  const items = await itemsOf(
    tx,
    rows.map((row) => row.id),
  )
  return rows.map((row) => requestOf(row, items.get(row.id) ?? []))
}

/** Takes the partner's lapsed requests, and those for the same grantees, away from before the customer, so that newer ones can stand there. */
export async function makeRoom(tx: WriteTx, partnerId: string, customerId: string | null, items: readonly AskedItem[]): Promise<void> {
  const people = items.flatMap(({ personId }) => (personId === null ? [] : [personId]))
  const everyone = items.some(({ personId }) => personId === null)
  await tx.sql
    .updateTable('access_request_items as i')
    .set({ pending_customer_id: null, pending_partner_id: null })
    .where('i.pending_partner_id', '=', partnerId)
    .where((eb) => {
      const lapsed = eb.exists(
        eb
          .selectFrom('access_requests as r')
          .select('r.id')
          .whereRef('r.id', '=', 'i.request_id')
          .where('r.lapses_at', '<=', new Date(tx.now)),
      )
      const grantee = [
        ...(people.length > 0 ? [eb('i.person_id', 'in', people)] : []),
        ...(everyone ? [eb('i.person_id', 'is', null)] : []),
      ]
      return eb.or([lapsed, eb.and([eb('i.pending_customer_id', '=', customerId), eb.or(grantee)])])
    })
    .execute()
}

export interface NewRequest {
  readonly partnerId: string
  readonly askedBy: PersonId
  readonly addressedTo: string
  readonly customerId: OrganizationId | null
  readonly toCustomer: boolean
  readonly items: readonly AskedItem[]
  readonly endsOn: LocalDate
  readonly reason: string
  readonly lapsesAt: Instant
}

/** Adds a request. Its parts stand before the customer, where there is one; otherwise the same rows are written, and stand before nobody. */
export async function addRequest(tx: WriteTx, request: NewRequest): Promise<{ id: AccessRequestId; number: number }> {
  const { partnerId, customerId } = request
  const row = await tx.sql
    .insertInto('access_requests')
    .values({
      partner_id: partnerId,
      asked_by: request.askedBy,
      addressed_to: request.addressedTo,
      customer_id: customerId,
      to_customer: request.toCustomer,
      ends_on: request.endsOn,
      reason: request.reason,
      asked_at: new Date(tx.now),
      lapses_at: new Date(request.lapsesAt),
    })
    .returning(['id', 'number'])
    .executeTakeFirstOrThrow()
  const { numInsertedOrUpdatedRows } = await tx.sql
    .insertInto('access_request_items')
    .values(
      request.items.map(({ personId, level, rights, scope }) => ({
        request_id: row.id,
        person_id: personId,
        level,
        rights: [...rights],
        scope: kept(scope),
        pending_customer_id: customerId,
        pending_partner_id: customerId === null ? null : partnerId,
      })),
    )
    // Somebody who puts the same before the customer at the same moment makes this a lost race, which runs again, and not an error.
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirstOrThrow()
  if (numInsertedOrUpdatedRows !== BigInt(request.items.length)) throw new Error('part of a request did not find its place')
  return { id: asId(row.id), number: row.number }
}

export interface Answered {
  readonly state: Exclude<StoredState, 'pending'>
  readonly by: PersonId | null
  readonly reason: string | null
}

/** Answers a request that waits; false where it does not wait any more. */
export async function answer(tx: WriteTx, id: AccessRequestId, { state, by, reason }: Answered): Promise<boolean> {
  const { numUpdatedRows } = await tx.sql
    .updateTable('access_requests')
    .set({ state, answered_by: by, answered_at: new Date(tx.now), answer_reason: reason })
    .where('id', '=', id)
    .where('state', '=', 'pending')
    .executeTakeFirstOrThrow()
  if (numUpdatedRows !== 1n) return false
  await tx.sql
    .updateTable('access_request_items')
    .set({ pending_customer_id: null, pending_partner_id: null })
    .where('request_id', '=', id)
    .execute()
  return true
}

/** Requests whose time is over and that nobody has noted down as lapsed, oldest first. */
export async function lapsedRequests(tx: ReadTx, most: number): Promise<AccessRequest[]> {
  const rows = await selectRequests(tx)
    .where('r.state', '=', 'pending')
    .where('r.lapses_at', '<=', new Date(tx.now))
    .orderBy('r.lapses_at')
    .limit(most)
    .execute()
  const items = await itemsOf(
    tx,
    rows.map((row) => row.id),
  )
  return rows.map((row) => requestOf(row, items.get(row.id) ?? []))
}

function selectRequests(tx: ReadTx) {
  return tx.sql
    .selectFrom('access_requests as r')
    .innerJoin('organizations as o', 'o.id', 'r.partner_id')
    .leftJoin('people as a', 'a.id', 'r.asked_by')
    .leftJoin('people as b', 'b.id', 'r.answered_by')
    .select([
      'r.id',
      'r.number',
      'r.partner_id',
      'o.name as partner_name',
      'o.email_domain',
      'o.time_zone',
      'r.asked_by',
      'a.name as asked_by_name',
      'a.email as asked_by_email',
      'r.addressed_to',
      'r.customer_id',
      'r.to_customer',
      'r.ends_on',
      'r.reason',
      'r.state',
      'r.asked_at',
      'r.lapses_at',
      'r.answered_by',
      'b.name as answered_by_name',
      'r.answered_at',
      'r.answer_reason',
    ])
}

type Row = Awaited<ReturnType<ReturnType<typeof selectRequests>['execute']>>[number]

function requestOf(row: Row, items: RequestItem[]): AccessRequest {
  return {
    id: asId(row.id),
    number: row.number,
    partner: { id: asId(row.partner_id), name: row.partner_name, emailDomain: row.email_domain, timeZone: row.time_zone },
    askedBy: { id: asId(row.asked_by), name: row.asked_by_name ?? '', email: row.asked_by_email ?? '' },
    addressedTo: row.addressed_to,
    customerId: row.customer_id === null ? null : asId(row.customer_id),
    toCustomer: row.to_customer,
    endsOn: row.ends_on as LocalDate,
    reason: row.reason,
    state: row.state as StoredState,
    askedAt: instantOf(row.asked_at),
    lapsesAt: instantOf(row.lapses_at),
    answered: row.answered_at && {
      at: instantOf(row.answered_at),
      by: row.answered_by !== null && row.answered_by_name !== null ? { id: asId(row.answered_by), name: row.answered_by_name } : null,
      reason: row.answer_reason,
    },
    items,
  }
}
