// Codes and sessions in the database. Every change is guarded by the state it expects, so that of two at once only one happens.
import type { ReadTx, WriteTx } from '../../context/context.ts'
import type { OrganizationId, PersonId, SessionId } from '../../kernel/ids.ts'
import { asId } from '../../kernel/ids.ts'
import { addMilliseconds, type Instant, instantOf } from '../../kernel/instant.ts'
import type { KeptLook } from '../../law/actors.ts'
import { attemptsPerCode, codeLifetime, codesAreKept, type SessionTimes, sessionIdle, sessionLongest, sessionsPerPerson } from './rules.ts'

const dateOf = (at: Instant): Date => new Date(at)
const before = (now: Instant, milliseconds: number): Date => dateOf(addMilliseconds(now, -milliseconds))

/** How many codes were made for the address within the window that ends now. */
export async function countCodes(tx: ReadTx, email: string, window: number): Promise<number> {
  const { count } = await tx.sql
    .selectFrom('sign_in_codes')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('email', '=', email)
    .where('created_at', '>', before(tx.now, window))
    .executeTakeFirstOrThrow()
  return Number(count)
}

/** Keeps a new code and ends the earlier ones of the address: only the newest opens anything (V6.6.2). */
export async function addCode(tx: WriteTx, email: string, codeHash: string): Promise<void> {
  const now = dateOf(tx.now)
  await tx.sql.deleteFrom('sign_in_codes').where('created_at', '<', before(tx.now, codesAreKept)).execute()
  await tx.sql.updateTable('sign_in_codes').set({ expires_at: now }).where('email', '=', email).where('expires_at', '>', now).execute()
  const expires = dateOf(addMilliseconds(tx.now, codeLifetime))
  await tx.sql.insertInto('sign_in_codes').values({ email, code_hash: codeHash, created_at: now, expires_at: expires }).execute()
}

export interface Attempt {
  codeId: string
  codeHash: string
}

/** Takes one of the attempts that the address's live code has left. Counted before the code is compared, so that no race gives a sixth. */
export async function takeAttempt(tx: WriteTx, email: string): Promise<Attempt | undefined> {
  const row = await tx.sql
    .updateTable('sign_in_codes')
    .set((eb) => ({ attempts: eb('attempts', '+', 1) }))
    .where('email', '=', email)
    .where('used_at', 'is', null)
    .where('expires_at', '>', dateOf(tx.now))
    .where('attempts', '<', attemptsPerCode)
    .returning(['id', 'code_hash'])
    .executeTakeFirst()
  return row && { codeId: row.id, codeHash: row.code_hash }
}

/** Uses the code up; false where somebody else did, or where it ended or was replaced meanwhile. */
export async function useCode(tx: WriteTx, codeId: string): Promise<boolean> {
  const { numUpdatedRows } = await tx.sql
    .updateTable('sign_in_codes')
    .set({ used_at: dateOf(tx.now) })
    .where('id', '=', codeId)
    .where('used_at', 'is', null)
    .where('expires_at', '>', dateOf(tx.now))
    .executeTakeFirstOrThrow()
  return numUpdatedRows === 1n
}

export interface Session {
  id: SessionId
  how: 'code' | 'passkey'
  userAgent: string | null
  createdAt: Instant
  lastSeenAt: Instant
}

export interface NewSession {
  personId: PersonId
  tokenHash: string
  how: 'code' | 'passkey'
  userAgent: string | null
}

export async function addSession(tx: WriteTx, session: NewSession): Promise<SessionId> {
  const now = dateOf(tx.now)
  const { id } = await tx.sql
    .insertInto('sessions')
    .values({
      token_hash: session.tokenHash,
      person_id: session.personId,
      how: session.how,
      user_agent: session.userAgent,
      created_at: now,
      last_seen_at: now,
      expires_at: dateOf(addMilliseconds(tx.now, sessionLongest)),
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return asId(id)
}

/** Ends the least recently used sessions beyond the limit, and deletes those that can never count again. */
export async function thinSessions(tx: WriteTx, personId: PersonId): Promise<void> {
  const live = await liveSessions(tx, personId)
  const over = live.slice(sessionsPerPerson).map((session) => session.id)
  if (over.length > 0)
    await tx.sql
      .updateTable('sessions')
      .set({ ended_at: dateOf(tx.now) })
      .where('id', 'in', over)
      .execute()
  await tx.sql.deleteFrom('sessions').where('person_id', '=', personId).where('expires_at', '<', before(tx.now, sessionLongest)).execute()
}

export interface FoundSession extends SessionTimes {
  id: SessionId
  personId: PersonId
  /** The customer to which it is locked (BX-11). */
  focus: OrganizationId | null
  /** Through whose eyes it looks (BX-01). */
  look: KeptLook | null
}

/** The session with the token's hash, live or not. */
export async function sessionByToken(tx: ReadTx, tokenHash: string): Promise<FoundSession | undefined> {
  const row = await tx.sql
    .selectFrom('sessions')
    .select(['id', 'person_id', 'last_seen_at', 'expires_at', 'ended_at', 'focus_customer_id'])
    .select(['look_id', 'look_partner_id', 'look_person_id', 'look_from', 'look_until'])
    .where('token_hash', '=', tokenHash)
    .executeTakeFirst()
  if (!row) return undefined
  const [lastSeenAt, expiresAt] = [instantOf(row.last_seen_at), instantOf(row.expires_at)]
  const focus = row.focus_customer_id === null ? null : asId<OrganizationId>(row.focus_customer_id)
  const endedAt = row.ended_at && instantOf(row.ended_at)
  return { id: asId(row.id), personId: asId(row.person_id), lastSeenAt, expiresAt, endedAt, focus, look: lookKept(row) }
}

interface LookRow {
  look_id: string | null
  look_partner_id: string | null
  look_person_id: string | null
  look_from: Date | null
  look_until: Date | null
}

function lookKept({
  look_id: id,
  look_partner_id: partnerId,
  look_person_id: personId,
  look_from: from,
  look_until: until,
}: LookRow): KeptLook | null {
  return id && partnerId && from && until ? { id, partnerId, personId, since: instantOf(from), until: instantOf(until) } : null
}

/** A person's live sessions, the last used first. */
export async function liveSessions(tx: ReadTx, personId: PersonId): Promise<Session[]> {
  const rows = await tx.sql
    .selectFrom('sessions')
    .select(['id', 'how', 'user_agent', 'created_at', 'last_seen_at'])
    .where('person_id', '=', personId)
    .where('ended_at', 'is', null)
    .where('expires_at', '>', dateOf(tx.now))
    .where('last_seen_at', '>', before(tx.now, sessionIdle))
    .orderBy('last_seen_at', 'desc')
    .orderBy('created_at', 'desc')
    .orderBy('id')
    .execute()
  return rows.map((row) => ({
    id: asId(row.id),
    how: row.how as Session['how'],
    userAgent: row.user_agent,
    createdAt: instantOf(row.created_at),
    lastSeenAt: instantOf(row.last_seen_at),
  }))
}

/** Ends a person's sessions, one or all; returns how many ended. */
export async function endSessions(tx: WriteTx, personId: PersonId, only?: SessionId): Promise<number> {
  let ending = tx.sql
    .updateTable('sessions')
    .set({ ended_at: dateOf(tx.now) })
    .where('person_id', '=', personId)
    .where('ended_at', 'is', null)
    .where('expires_at', '>', dateOf(tx.now))
  if (only !== undefined) ending = ending.where('id', '=', only)
  const { numUpdatedRows } = await ending.executeTakeFirstOrThrow()
  return Number(numUpdatedRows)
}

export async function noteUse(tx: WriteTx, sessionId: SessionId): Promise<void> {
  await tx.sql
    .updateTable('sessions')
    .set({ last_seen_at: dateOf(tx.now) })
    .where('id', '=', sessionId)
    .where('ended_at', 'is', null)
    .execute()
}

/** When the session began, or undefined where there is no such session of the person. */
export async function sessionBegan(tx: ReadTx, personId: PersonId, sessionId: SessionId): Promise<Instant | undefined> {
  const row = await tx.sql
    .selectFrom('sessions')
    .select('created_at')
    .where('id', '=', sessionId)
    .where('person_id', '=', personId)
    .executeTakeFirst()
  return row && instantOf(row.created_at)
}
