// Letters that wait for a digest, and the digests that hold them.
import type { ReadTx, WriteTx } from '../../context/context.ts'
import type { Letter, OnlyIf } from '../../context/post.ts'
import { type Instant, instantOf } from '../../kernel/instant.ts'

export interface GatheredLetter {
  readonly id: string
  readonly letter: string
  readonly subject: string
  readonly text: string
  readonly onlyIf: OnlyIf | null
  readonly customerId: string | null
  readonly notice: string | null
  readonly createdAt: Instant
}

/** People with a letter whose hour has come. */
export async function peopleDue(tx: ReadTx, most: number): Promise<string[]> {
  const rows = await tx.sql
    .selectFrom('outbox')
    .select('to_person_id')
    .distinct()
    .where('state', '=', 'gathered')
    .where('next_attempt_at', '<=', new Date(tx.now))
    .limit(most)
    .execute()
  return rows.flatMap(({ to_person_id: id }) => id ?? [])
}

/** Everything that waits for the person's digest, whether its own hour has come or not: one letter takes all of it. */
export async function gatheredOf(tx: WriteTx, personId: string): Promise<GatheredLetter[]> {
  const rows = await tx.sql
    .selectFrom('outbox')
    .select(['id', 'letter', 'subject', 'body_text', 'only_if', 'customer_id', 'notice', 'created_at'])
    .where('state', '=', 'gathered')
    .where('to_person_id', '=', personId)
    .orderBy('created_at')
    .orderBy('id')
    .forUpdate()
    .execute()
  return rows.map((row) => ({
    id: row.id,
    letter: row.letter,
    subject: row.subject,
    text: row.body_text,
    onlyIf: row.only_if as OnlyIf | null,
    customerId: row.customer_id,
    notice: row.notice,
    createdAt: instantOf(row.created_at),
  }))
}

export async function addDigest(
  tx: WriteTx,
  personId: string,
  { subject, text, html }: Pick<Letter, 'subject' | 'text' | 'html'>,
  onlyIf: OnlyIf,
  parts: readonly GatheredLetter[],
): Promise<void> {
  const now = new Date(tx.now)
  const { id } = await tx.sql
    .insertInto('outbox')
    .values({
      to_person_id: personId,
      letter: 'daily-digest',
      subject,
      body_text: text,
      body_html: html,
      only_if: JSON.stringify(onlyIf),
      created_at: now,
      next_attempt_at: now,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await tx.sql
    .updateTable('outbox')
    .set({ state: 'digested', digest_id: id, done_at: now })
    .where(
      'id',
      'in',
      parts.map((part) => part.id),
    )
    .execute()
}

/** Which notices the letter carries: its own, or of a digest those of its parts. */
export async function noticesIn(
  tx: ReadTx,
  letter: { readonly id: string; readonly customerId: string | null; readonly notice: string | null },
): Promise<{ customerId: string; notice: string }[]> {
  if (letter.notice !== null && letter.customerId !== null) return [{ customerId: letter.customerId, notice: letter.notice }]
  const rows = await tx.sql.selectFrom('outbox').select(['customer_id', 'notice']).distinct().where('digest_id', '=', letter.id).execute()
  return rows.flatMap(({ customer_id: customerId, notice }) => (customerId !== null && notice !== null ? [{ customerId, notice }] : []))
}

/** The parts of a digest that was dropped wait again, and for no longer. */
export async function putBack(tx: WriteTx, digestId: string): Promise<void> {
  await tx.sql
    .updateTable('outbox')
    .set({ state: 'gathered', digest_id: null, done_at: null, next_attempt_at: new Date(tx.now) })
    .where('digest_id', '=', digestId)
    .where('state', '=', 'digested')
    .execute()
}
