// Invitations, links, choices and marks of contacts as an import and an export read and write them.
import { type RawBuilder, sql } from 'kysely'
import type { ReadTx, WriteTx } from '../../context/context.ts'
import { type Key, noteChanges, type PlaceName, places, type Run, rowsBefore } from './places-store.ts'

/** The columns of each, with their types: the same for all of its rows. */
export const columnsOf = {
  validated_contacts: { organization_id: 'uuid', contact_id: 'uuid', validated_at: 'timestamptz' },
  colleague_choices: {
    id: 'uuid',
    customer_id: 'uuid',
    choice: 'text',
    chosen_by: 'uuid',
    from_at: 'timestamptz',
    until_at: 'timestamptz',
  },
  links: {
    id: 'uuid',
    customer_id: 'uuid',
    partner_id: 'uuid',
    state: 'text',
    asked_by: 'uuid',
    asked_at: 'timestamptz',
    answered_by: 'uuid',
    answered_at: 'timestamptz',
  },
  notice_choices: { person_id: 'uuid', customer_id: 'uuid', notice: 'text', way: 'text', chosen_at: 'timestamptz' },
  invitations: {
    id: 'uuid',
    customer_id: 'uuid',
    partner_id: 'uuid',
    gives: 'text[]',
    until_at: 'timestamptz',
    state: 'text',
    invited_by: 'uuid',
    invited_at: 'timestamptz',
    lapses_at: 'timestamptz',
    answered_by: 'uuid',
    answered_at: 'timestamptz',
    answer_reason: 'text',
  },
} as const satisfies Partial<Record<PlaceName, Record<string, string>>>

export type KeptPlace = keyof typeof columnsOf
export type KeptValues<Place extends KeptPlace> = {
  readonly [Column in keyof (typeof columnsOf)[Place]]: string | readonly string[] | null
}

/** Puts the rows there, those that are there already as the line says them now, and notes all of them for the undo. */
export async function saveKept<Place extends KeptPlace>(
  tx: WriteTx,
  run: Run,
  place: Place,
  rows: readonly KeptValues<Place>[],
): Promise<void> {
  const all = Object.entries<string>(columnsOf[place])
  const key = places[place].key.map(([column]) => column as string)
  const keys = rows.map((row) => key.map((column) => (row as Record<string, unknown>)[column]) as unknown as Key)
  const before = await rowsBefore(tx, place, keys)
  const names = sql.raw(all.map(([name]) => name).join(', '))
  const changed = all.filter(([name]) => !key.includes(name)).map(([name]) => `${name} = excluded.${name}`)
  await sql`
    insert into ${sql.table(place)} (${names}) select ${names}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (${sql.raw(all.map(([name, type]) => `${name} ${type}`).join(', '))})
    on conflict (${sql.raw(key.join(', '))}) do update set ${sql.raw(changed.join(', '))}`.execute(tx.sql)
  await noteChanges(tx, run, place, keys, before)
}

const named = (table: string) => sql.raw(`coalesce(${table}.external_id, ${table}.id::text)`)
const asIds = (ids: readonly string[]) => sql`any (${[...ids]}::uuid[])`
const everything = sql`true`

export interface ValidatedRow {
  readonly side: 'vendor' | 'customer' | 'partner'
  readonly home: string
  readonly person: string
  readonly at: Date
}

/** Marks of people; a contact who is only written down, and does not sign in, is in no world. */
const validated = (tx: ReadTx, where: RawBuilder<unknown>): Promise<ValidatedRow[]> =>
  found(
    tx,
    sql<ValidatedRow>`select o.kind as side, ${named('o')} as home, ${named('p')} as person, v.validated_at as at
      from validated_contacts v join organizations o on o.id = v.organization_id join people p on p.id = v.contact_id
      where ${where} order by ${named('o')} collate "C", ${named('p')} collate "C"`,
  )
/** Of people who are still at home there. */
export const allValidated = (tx: ReadTx) =>
  validated(
    tx,
    sql`exists (select from memberships m where m.person_id = p.id and m.organization_id = o.id and (m.until_at is null or m.until_at > ${tx.now}::timestamptz))`,
  )
export const validatedOf = (tx: ReadTx, people: readonly string[]) => validated(tx, sql`p.id = ${asIds(people)}`)

export interface ColleagueChoiceRow {
  readonly id: string
  readonly customer: string
  readonly choice: 'forbid' | 'tell' | 'ask'
  readonly by: string | null
  readonly from_at: Date
  readonly until_at: Date | null
}

const colleagueChoices = (tx: ReadTx, where: RawBuilder<unknown>): Promise<ColleagueChoiceRow[]> =>
  found(
    tx,
    sql<ColleagueChoiceRow>`select h.id, ${named('c')} as customer, h.choice, ${named('p')} as by, h.from_at, h.until_at
      from colleague_choices h join organizations c on c.id = h.customer_id left join people p on p.id = h.chosen_by
      where ${where} order by ${named('c')} collate "C", h.from_at, h.until_at`,
  )
export const allColleagueChoices = (tx: ReadTx) => colleagueChoices(tx, everything)
export const colleagueChoicesOf = (tx: ReadTx, customers: readonly string[]) => colleagueChoices(tx, sql`c.id = ${asIds(customers)}`)

/** Ends them at the instant of the transaction, and notes it for the undo. */
export async function endColleagueChoices(tx: WriteTx, run: Run, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  const keys = ids.map((id) => [id])
  const before = await rowsBefore(tx, 'colleague_choices', keys)
  await sql`update colleague_choices set until_at = ${tx.now}::timestamptz where id = ${asIds(ids)}`.execute(tx.sql)
  await noteChanges(tx, run, 'colleague_choices', keys, before)
}

export interface LinkRow {
  readonly id: string
  readonly customer: string
  readonly partner: string
  readonly state: 'asked' | 'standing' | 'denied'
  readonly asked_by: string | null
  readonly asked_at: Date
  readonly answered_by: string | null
  readonly answered_at: Date | null
}

const links = (tx: ReadTx, where: RawBuilder<unknown>): Promise<LinkRow[]> =>
  found(
    tx,
    sql<LinkRow>`select l.id, ${named('c')} as customer, ${named('o')} as partner, l.state, ${named('p')} as asked_by, l.asked_at,
        ${named('a')} as answered_by, l.answered_at
      from links l join organizations c on c.id = l.customer_id join organizations o on o.id = l.partner_id
      left join people p on p.id = l.asked_by left join people a on a.id = l.answered_by
      where ${where} order by ${named('c')} collate "C", ${named('o')} collate "C", l.asked_at, l.answered_at`,
  )
export const allLinks = (tx: ReadTx) => links(tx, everything)
export const linksOf = (tx: ReadTx, customers: readonly string[]) => links(tx, sql`c.id = ${asIds(customers)}`)

export interface NoticeChoiceRow {
  readonly person: string
  readonly customer: string
  readonly notice: string
  readonly way: 'mail' | 'digest' | 'none'
  readonly at: Date
}

const noticeChoices = (tx: ReadTx, where: RawBuilder<unknown>): Promise<NoticeChoiceRow[]> =>
  found(
    tx,
    sql<NoticeChoiceRow>`select ${named('p')} as person, ${named('c')} as customer, n.notice, n.way, n.chosen_at as at
      from notice_choices n join organizations c on c.id = n.customer_id join people p on p.id = n.person_id
      where ${where} order by ${named('p')} collate "C", ${named('c')} collate "C", n.notice collate "C"`,
  )
export const allNoticeChoices = (tx: ReadTx) => noticeChoices(tx, everything)
export const noticeChoicesOf = (tx: ReadTx, people: readonly string[]) => noticeChoices(tx, sql`p.id = ${asIds(people)}`)

export interface InvitationRow {
  readonly id: string
  readonly customer: string
  readonly partner: string
  readonly gives: string[]
  readonly until_at: Date
  readonly state: 'waiting' | 'accepted' | 'declined' | 'withdrawn' | 'lapsed'
  readonly invited_by: string
  readonly invited_at: Date
  readonly lapses_at: Date
  readonly answered_by: string | null
  readonly answered_at: Date | null
  readonly answer_reason: string | null
}

const invitations = (tx: ReadTx, where: RawBuilder<unknown>): Promise<InvitationRow[]> =>
  found(
    tx,
    sql<InvitationRow>`select i.id, ${named('c')} as customer, ${named('o')} as partner, i.gives, i.until_at, i.state, ${named('p')} as invited_by,
        i.invited_at, i.lapses_at, ${named('a')} as answered_by, i.answered_at, i.answer_reason
      from invitations i join organizations c on c.id = i.customer_id join organizations o on o.id = i.partner_id
      join people p on p.id = i.invited_by left join people a on a.id = i.answered_by
      where ${where} order by i.invited_at, i.id`,
  )
export const allInvitations = (tx: ReadTx) => invitations(tx, everything)
export const invitationsById = (tx: ReadTx, ids: readonly string[]) => invitations(tx, sql`i.id = ${asIds(ids)}`)

export const waitingInvitationsOf = (tx: ReadTx, customers: readonly string[]) =>
  invitations(tx, sql`i.state = 'waiting' and c.id = ${asIds(customers)}`)

const found = async <Row>(tx: ReadTx, query: RawBuilder<Row>): Promise<Row[]> => (await query.execute(tx.sql)).rows
