// What stands behind the link of a letter by which its reader declines such letters: the token is there as a hash only.
import { createHash, randomBytes } from 'node:crypto'
import type { ReadTx, WriteTx } from '../../context/context.ts'
import { addMilliseconds } from '../../kernel/instant.ts'
import { type NoticeAt, unsubscribingCounts } from './rules.ts'

export interface Unsubscribing {
  readonly person: { readonly id: string; readonly name: string }
  readonly notices: readonly NoticeAt[]
}

/** 256 bits cannot be guessed, so a fast hash is enough (ASVS 5.0 V6.5.2). */
const hashToken = (token: string): string => createHash('sha256').update(token).digest('base64url')

/** Answers the token, which is known to nobody but the reader of the letter. What is too old to count is forgotten on the way. */
export async function addUnsubscribing(tx: WriteTx, personId: string, notices: readonly NoticeAt[]): Promise<string> {
  const token = randomBytes(32).toString('base64url')
  await tx.sql.deleteFrom('unsubscribings').where('made_at', '<=', countedSince(tx)).execute()
  await tx.sql
    .insertInto('unsubscribings')
    .values({ token_hash: hashToken(token), person_id: personId, notices: JSON.stringify(notices), made_at: new Date(tx.now) })
    .execute()
  return token
}

/** Undefined for what is no token, or counts no more. */
export async function unsubscribingOf(tx: ReadTx, token: string): Promise<Unsubscribing | undefined> {
  const row = await tx.sql
    .selectFrom('unsubscribings as u')
    .innerJoin('people as p', 'p.id', 'u.person_id')
    .select(['p.id', 'p.name', 'u.notices'])
    .where('u.token_hash', '=', hashToken(token))
    .where('u.made_at', '>', countedSince(tx))
    .executeTakeFirst()
  return row && { person: { id: row.id, name: row.name }, notices: row.notices as unknown as NoticeAt[] }
}

const countedSince = ({ now }: ReadTx): Date => new Date(addMilliseconds(now, -unsubscribingCounts))
