// The outbox in SQL: claim what is due, note what became of it, and read it for the mailbox.
import { type SqlBool, sql } from 'kysely'
import type { ReadTx, WriteTx } from '../../context/context.ts'
import type { OnlyIf } from '../../context/post.ts'
import { addMilliseconds, type Instant, instantOf } from '../../kernel/instant.ts'
import { batchSize, claimLasts, isSecret, type LetterState, wiped } from './rules.ts'

export interface ClaimedLetter {
  readonly id: string
  readonly letter: string
  readonly subject: string
  readonly text: string
  readonly html: string
  readonly onlyIf: OnlyIf | null
  readonly customerId: string | null
  readonly notice: string | null
  readonly thread: string | null
  readonly attempts: number
  readonly createdAt: Instant
  readonly personId: string | null
  /** Who gets it as things are now; null when the person is with no organization any more. */
  readonly to: { readonly name: string; readonly address: string; readonly zone: string } | null
}

/** Whether anything is due: cheap, so that an idle server writes nothing. */
export async function isAnythingDue(tx: ReadTx): Promise<boolean> {
  const row = await tx.sql
    .selectFrom('outbox')
    .select('id')
    .where('state', 'in', ['waiting', 'gathered'])
    .where('next_attempt_at', '<=', new Date(tx.now))
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/** Takes up to a batch of due letters that no other server holds, and pushes their next try ahead: a claim that ends by itself. */
export async function claimDue(tx: WriteTx): Promise<ClaimedLetter[]> {
  const rows = await claim(tx)
  const people = await currentAddresses(
    tx,
    rows.flatMap((row) => row.to_person_id ?? []),
  )
  return rows.map((row) => ({
    id: row.id,
    letter: row.letter,
    subject: row.subject,
    text: row.body_text,
    html: row.body_html,
    onlyIf: row.only_if as ClaimedLetter['onlyIf'],
    customerId: row.customer_id,
    notice: row.notice,
    thread: row.thread,
    attempts: row.attempts,
    createdAt: instantOf(row.created_at),
    personId: row.to_person_id,
    to: recipientOf(row, people),
  }))
}

type Addresses = ReadonlyMap<string, NonNullable<ClaimedLetter['to']>>

function recipientOf(row: { to_person_id: string | null; to_address: string | null }, people: Addresses): ClaimedLetter['to'] {
  if (row.to_person_id !== null) return people.get(row.to_person_id) ?? null
  return row.to_address === null ? null : { name: '', address: row.to_address, zone: 'UTC' }
}

const claim = (tx: WriteTx) =>
  tx.sql
    // A common table expression: a subquery in "where" may be run more than once, and then takes more than its limit.
    .with('due', (db) =>
      db
        .selectFrom('outbox')
        .select('id')
        .where('state', '=', 'waiting')
        .where('next_attempt_at', '<=', new Date(tx.now))
        .orderBy('next_attempt_at')
        .limit(batchSize)
        .forUpdate()
        .skipLocked(),
    )
    .updateTable('outbox as o')
    .from('due')
    .set((eb) => ({ attempts: eb('o.attempts', '+', 1), next_attempt_at: new Date(addMilliseconds(tx.now, claimLasts)) }))
    .whereRef('o.id', '=', 'due.id')
    .returning(['o.id', 'o.letter', 'o.subject', 'o.body_text', 'o.body_html', 'o.only_if', 'o.thread', 'o.attempts', 'o.created_at'])
    .returning(['o.to_person_id', 'o.to_address', 'o.customer_id', 'o.notice'])
    .execute()

/** Names and addresses of those of the people who belong to an organization now. */
export async function currentAddresses(tx: ReadTx, ids: readonly string[]): Promise<Addresses> {
  if (ids.length === 0) return new Map()
  const now = new Date(tx.now)
  const rows = await tx.sql
    .selectFrom('people as p')
    .innerJoin('memberships as m', 'm.person_id', 'p.id')
    .innerJoin('organizations as h', 'h.id', 'm.organization_id')
    .select(['p.id', 'p.name', 'p.email', (eb) => eb.fn.coalesce('p.time_zone', 'h.time_zone').as('zone')])
    .where('p.id', 'in', ids)
    .where('m.from_at', '<=', now)
    .where((eb) => eb.or([eb('m.until_at', 'is', null), eb('m.until_at', '>', now)]))
    .execute()
  return new Map(rows.map(({ id, name, email, zone }) => [id, { name, address: email, zone }]))
}

export interface Settled {
  readonly id: string
  readonly letter: string
  readonly state: LetterState
  readonly why: string | null
  /** Of a letter that still waits, for itself or for the digest. */
  readonly nextTryAt?: Instant
  readonly messageId?: string
}

/** Notes what became of a claimed letter. A letter that somebody settled meanwhile stays as it is. */
export async function settleLetter(tx: WriteTx, { id, letter, state, why, nextTryAt, messageId }: Settled): Promise<void> {
  const isOver = state === 'sent' || state === 'dropped' || state === 'dead'
  await tx.sql
    .updateTable('outbox')
    .set({ state, last_error: why?.slice(0, 1000) ?? null, done_at: state === 'waiting' || state === 'gathered' ? null : new Date(tx.now) })
    .$if(nextTryAt !== undefined, (query) => query.set({ next_attempt_at: new Date(nextTryAt ?? tx.now) }))
    // Waiting for the digest is no try.
    .$if(state === 'gathered', (query) => query.set({ attempts: 0 }))
    .$if(messageId !== undefined, (query) => query.set({ message_id: messageId ?? null }))
    .$if(isOver && isSecret(letter), (query) => query.set({ body_text: wiped, body_html: `<p>${wiped}</p>` }))
    .where('id', '=', id)
    .where('state', 'in', ['waiting', 'gathered'])
    .execute()
}

export interface LetterRow {
  readonly id: string
  readonly to: string
  readonly subject: string
  readonly letter: string
  readonly state: LetterState
  readonly createdAt: Instant
  readonly attempts: number
  readonly lastError: string | null
  readonly text: string
  readonly html: string
}

const columns = (tx: ReadTx, customerId: string | null) =>
  tx.sql
    .selectFrom('outbox as o')
    .leftJoin('people as p', 'p.id', 'o.to_person_id')
    .select(['o.id', 'o.letter', 'o.subject', 'o.state', 'o.created_at', 'o.attempts', 'o.last_error', 'o.body_text', 'o.body_html'])
    .select(sql<string | null>`coalesce(p.email, o.to_address)`.as('to'))
    .$if(customerId !== null, (query) => query.where('o.customer_id', '=', customerId))

type Columns = Awaited<ReturnType<ReturnType<typeof columns>['execute']>>[number]

const asRow = (row: Columns): LetterRow => ({
  id: row.id,
  to: row.to ?? '',
  subject: row.subject,
  letter: row.letter,
  state: row.state as LetterState,
  createdAt: instantOf(row.created_at),
  attempts: row.attempts,
  lastError: row.last_error,
  text: row.body_text,
  html: row.body_html,
})

export interface LettersWanted {
  readonly state?: LetterState | undefined
  /** Part of the recipient's address. */
  readonly to?: string | undefined
  /** Only letters about this customer; null: all. */
  readonly customerId: string | null
  readonly after?: { readonly createdAt: Instant; readonly id: string } | undefined
  readonly limit: number
}

/** Newest first. */
export async function listOutbox(tx: ReadTx, { state, to, customerId, after, limit }: LettersWanted): Promise<LetterRow[]> {
  const rows = await columns(tx, customerId)
    .$if(state !== undefined, (query) => query.where('o.state', '=', state ?? ''))
    .$if(to !== undefined, (query) => query.where(sql<SqlBool>`strpos(coalesce(p.email, o.to_address), ${(to ?? '').toLowerCase()}) > 0`))
    .$if(after !== undefined, (query) =>
      query.where(sql<SqlBool>`(o.created_at, o.id) < (${after?.createdAt ?? ''}::timestamptz, ${after?.id ?? ''}::uuid)`),
    )
    .orderBy('o.created_at', 'desc')
    .orderBy('o.id', 'desc')
    .limit(limit)
    .execute()
  return rows.map(asRow)
}

/** @param customerId only if it is about this customer; null: whatever it is about */
export async function oneLetter(tx: ReadTx, id: string, customerId: string | null): Promise<LetterRow | undefined> {
  const row = await columns(tx, customerId).where('o.id', '=', id).executeTakeFirst()
  return row && asRow(row)
}

/** Puts a letter back among those that wait, as if it were new. */
export async function waitAgain(tx: WriteTx, id: string, from: LetterState): Promise<boolean> {
  const { numUpdatedRows } = await tx.sql
    .updateTable('outbox')
    .set({ state: 'waiting', attempts: 0, next_attempt_at: new Date(tx.now), last_error: null, done_at: null })
    .where('id', '=', id)
    .where('state', '=', from)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** How many letters are in each state that needs a look, and since when the oldest due one has been waiting. */
export async function outboxCounts(tx: ReadTx): Promise<{ counts: Partial<Record<LetterState, number>>; oldestDue: Instant | null }> {
  const rows = await tx.sql
    .selectFrom('outbox')
    .select([
      'state',
      sql<number>`count(*)::int`.as('count'),
      sql<Date | null>`min(next_attempt_at) filter (where state = 'waiting')`.as('oldest'),
    ])
    .groupBy('state')
    .execute()
  const oldest = rows.find(({ state }) => state === 'waiting')?.oldest
  return { counts: Object.fromEntries(rows.map(({ state, count }) => [state, count])), oldestDue: oldest ? instantOf(oldest) : null }
}
