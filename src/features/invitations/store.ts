// Invitations and links for them in the database. An answer is guarded by the state that it expects, so that of two one wins.
import { sql } from 'kysely'
import type { ReadTx, WriteTx } from '../../context/context.ts'
import { asId, type OrganizationId, type PersonId } from '../../kernel/ids.ts'
import { addMilliseconds, type Instant, instantOf } from '../../kernel/instant.ts'
import type { Invitation, Invited, StoredState } from './rules.ts'

const hour = 3_600_000

type Filter = { readonly id: string } | { readonly of: string } | { readonly customerId: string; readonly partnerId: string }

/** Those that the actor's organization sent or got, newest first, with the names that the actor may know. */
export async function invitationsWhere(tx: ReadTx, filter: Filter): Promise<Invitation[]> {
  let query = selectInvitations(tx)
  if ('id' in filter) query = query.where('i.id', '=', filter.id)
  else if ('of' in filter) query = query.where((eb) => eb.or([eb('i.customer_id', '=', filter.of), eb('i.partner_id', '=', filter.of)]))
  else query = query.where('i.customer_id', '=', filter.customerId).where('i.partner_id', '=', filter.partnerId)
  return (await query.orderBy('i.number', 'desc').limit(500).execute()).map(invitationOf)
}

export interface NewInvitation {
  readonly customerId: string
  readonly partnerId: string
  readonly gives: readonly string[]
  readonly until: Instant
  readonly lapsesAt: Instant
  readonly by: PersonId
}

/** Adds one; undefined where one waits already. Of two at once the loser's transaction runs again, and then finds the other's. */
export async function addInvitation(tx: WriteTx, one: NewInvitation): Promise<string | undefined> {
  const row = await tx.sql
    .insertInto('invitations')
    .values({
      customer_id: one.customerId,
      partner_id: one.partnerId,
      gives: [...one.gives],
      until_at: new Date(one.until),
      invited_by: one.by,
      invited_at: new Date(tx.now),
      lapses_at: new Date(one.lapsesAt),
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst()
  return row?.id
}

export interface Answered {
  readonly state: Exclude<StoredState, 'waiting'>
  readonly by: PersonId | null
  readonly reason: string | null
}

/** Answers one that waits; false where it does not wait any more. */
export async function answer(tx: WriteTx, id: string, { state, by, reason }: Answered): Promise<boolean> {
  const { numUpdatedRows } = await tx.sql
    .updateTable('invitations')
    .set({ state, answered_by: by, answered_at: new Date(tx.now), answer_reason: reason })
    .where('id', '=', id)
    .where('state', '=', 'waiting')
    .executeTakeFirstOrThrow()
  return numUpdatedRows === 1n
}

/** What the person sent, and their customer tried in vain, in the last hour. */
export async function countInvited(tx: WriteTx, customerId: string, personId: string): Promise<Invited> {
  const since = new Date(addMilliseconds(tx.now, -hour))
  const sent = await tx.sql
    .selectFrom('invitations')
    .select((eb) => eb.fn.countAll<number>().as('many'))
    .where('invited_by', '=', personId)
    .where('invited_at', '>', since)
    .executeTakeFirstOrThrow()
  const wrong = await tx.sql
    .selectFrom('audit_entries')
    .select((eb) => eb.fn.countAll<number>().as('many'))
    .where('customer_id', '=', customerId)
    .where('what', '=', 'invitation.not_sent')
    .where('at', '>', since)
    .executeTakeFirstOrThrow()
  return { hourlyOfPerson: Number(sent.many), wrongHourlyOfCustomer: Number(wrong.many) }
}

export async function partnerWithCode(tx: ReadTx, code: string): Promise<string | null> {
  const { rows } = await sql<{ id: string | null }>`select partner_with_code(${code}) as id`.execute(tx.sql)
  return rows[0]?.id ?? null
}

/** The ID by which customers invite the partner. */
export async function codeOf(tx: ReadTx, partnerId: string): Promise<string> {
  const row = await tx.sql.selectFrom('organizations').select('partner_code').where('id', '=', partnerId).executeTakeFirstOrThrow()
  return row.partner_code
}

function selectInvitations(tx: ReadTx) {
  return tx.sql
    .selectFrom('invitations as i')
    .innerJoin('organizations as c', 'c.id', 'i.customer_id')
    .innerJoin('organizations as o', 'o.id', 'i.partner_id')
    .leftJoin('people as b', 'b.id', 'i.invited_by')
    .leftJoin('people as a', 'a.id', 'i.answered_by')
    .select([
      'i.id',
      'i.number',
      'i.customer_id',
      'c.name as customer_name',
      'c.time_zone',
      'i.partner_id',
      'o.name as partner_name',
      'o.email_domain',
      'i.gives',
      'i.until_at',
      'i.state',
      'i.invited_by',
      'b.name as invited_by_name',
      'i.invited_at',
      'i.lapses_at',
      'i.answered_at',
      'a.name as answered_by_name',
      'i.answer_reason',
    ])
}

type Row = Awaited<ReturnType<ReturnType<typeof selectInvitations>['execute']>>[number]

const invitationOf = (row: Row): Invitation => ({
  id: row.id,
  number: row.number,
  customer: { id: asId<OrganizationId>(row.customer_id), name: row.customer_name, timeZone: row.time_zone },
  partner: { id: asId<OrganizationId>(row.partner_id), name: row.partner_name, emailDomain: row.email_domain },
  gives: row.gives,
  until: instantOf(row.until_at),
  state: row.state as StoredState,
  invitedBy: { id: asId<PersonId>(row.invited_by), name: row.invited_by_name },
  invitedAt: instantOf(row.invited_at),
  lapsesAt: instantOf(row.lapses_at),
  answered: row.answered_at && { at: instantOf(row.answered_at), byName: row.answered_by_name, reason: row.answer_reason },
})
