// Links by which a partner lets itself be invited, in the database: the token is there as a hash only.
import { sql } from 'kysely'
import type { ReadTx, WriteTx } from '../../context/context.ts'
import type { PersonId } from '../../kernel/ids.ts'
import { addMilliseconds, type Instant, instantOf } from '../../kernel/instant.ts'

export interface Link {
  readonly id: string
  readonly madeBy: string | null
  readonly madeAt: Instant
  readonly expiresAt: Instant
}

/** The partner's links that still count, newest first. */
export async function openLinks(tx: ReadTx, partnerId: string): Promise<Link[]> {
  const rows = await tx.sql
    .selectFrom('invitation_links as l')
    .leftJoin('people as p', 'p.id', 'l.made_by')
    .select(['l.id', 'p.name', 'l.made_at', 'l.expires_at'])
    .where('l.partner_id', '=', partnerId)
    .where('l.used_at', 'is', null)
    .where('l.ended_at', 'is', null)
    .where('l.expires_at', '>', new Date(tx.now))
    .orderBy('l.made_at', 'desc')
    .limit(100)
    .execute()
  return rows.map((row) => ({ id: row.id, madeBy: row.name, madeAt: instantOf(row.made_at), expiresAt: instantOf(row.expires_at) }))
}

export async function addLink(
  tx: WriteTx,
  link: { readonly partnerId: string; readonly hash: string; readonly by: PersonId; readonly expiresAt: Instant },
): Promise<string> {
  const { id } = await tx.sql
    .insertInto('invitation_links')
    .values({
      partner_id: link.partnerId,
      token_hash: link.hash,
      made_by: link.by,
      made_at: new Date(tx.now),
      expires_at: new Date(link.expiresAt),
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

/** Ends a link of the actor's partner; false where there is none that counts. */
export async function endLink(tx: WriteTx, id: string): Promise<boolean> {
  const { numUpdatedRows } = await tx.sql
    .updateTable('invitation_links')
    .set({ ended_at: new Date(tx.now) })
    .where('id', '=', id)
    .where('used_at', 'is', null)
    .where('ended_at', 'is', null)
    .where('expires_at', '>', new Date(tx.now))
    .executeTakeFirstOrThrow()
  return numUpdatedRows === 1n
}

/** How many links the person made in the last hour. */
export async function countLinks(tx: WriteTx, personId: string): Promise<number> {
  const row = await tx.sql
    .selectFrom('invitation_links')
    .select((eb) => eb.fn.countAll<number>().as('many'))
    .where('made_by', '=', personId)
    .where('made_at', '>', new Date(addMilliseconds(tx.now, -3_600_000)))
    .executeTakeFirstOrThrow()
  return Number(row.many)
}

export interface Offering {
  readonly partner: { readonly name: string; readonly emailDomain: string | null }
  readonly expiresAt: Instant
}

/** Whose link it is, for a customer that holds it; undefined where it does not count. */
export async function offeringOf(tx: ReadTx, hash: string): Promise<Offering | undefined> {
  const { rows } = await sql<{ partner_name: string; email_domain: string | null; expires_at: Date }>`
    select partner_name, email_domain, expires_at from partner_offering(${hash})`.execute(tx.sql)
  const [row] = rows
  return row && { partner: { name: row.partner_name, emailDomain: row.email_domain }, expiresAt: instantOf(row.expires_at) }
}

/** Uses the link up; answers the partner that made it, or null where it does not count. */
export async function takeLink(tx: WriteTx, hash: string): Promise<string | null> {
  const { rows } = await sql<{ id: string | null }>`select use_invitation_link(${hash}) as id`.execute(tx.sql)
  return rows[0]?.id ?? null
}
