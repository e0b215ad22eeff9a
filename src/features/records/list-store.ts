// The pages of a list of records, their count and the customers to filter by, each as one statement whatever the number of rows.
import { type RawBuilder, sql } from 'kysely'
import type { ReadTx } from '../../context/context.ts'
import { conversationRelations } from '../../rows/expression.ts'
import { toSql } from '../../rows/to-sql.ts'
import type { Visibility } from '../../rows/visibility.ts'
import type { PlaceInList } from './cursor-rules.ts'

/** Which records of a kind; each given part narrows. */
export interface RecordFilter {
  readonly customerId?: string | undefined
  readonly states?: readonly string[] | undefined
  /** Only records on which the acting person is named (O-A19). */
  readonly part?: 'mine' | 'all' | undefined
  /** Matches numbers and titles; a number that is exactly this comes first. */
  readonly search?: string | undefined
}

export interface ListedRecord {
  id: string
  number: string
  title: string
  state: string
  /** Null: the record is of no customer. */
  customerId: string | null
  customerName: string | null
  createdAt: Date
  updatedAt: Date
  place: PlaceInList
}

type Condition = RawBuilder<unknown>

const and = (conditions: Condition[]): Condition => sql.join(conditions, sql` and `)
/** A text as a pattern that means just this text, anywhere. */
const anywhere = (text: string): string => `%${text.replace(/[\\%_]/g, (letter) => `\\${letter}`)}%`
const exactly = (search: string | undefined): Condition => (search === undefined ? sql`false` : sql`(lower(r.number) = lower(${search}))`)

function conditions(kind: string, visibility: Visibility, filter: RecordFilter): Condition[] {
  const { customerId, states, part, search } = filter
  return [
    toSql(visibility, kind, 'r'),
    ...(customerId === undefined
      ? []
      : [sql`r.customer_no = (select o.customer_no from organizations o where o.id = ${customerId}::uuid)`]),
    ...(states === undefined ? [] : [sql`r.state = any (${[...states]}::text[])`]),
    ...(part === 'mine' ? [sql`r.id in (select unnest(my_records(${kind}, ${[...conversationRelations]}::text[])))`] : []),
    ...(search === undefined ? [] : [sql`(r.number ilike ${anywhere(search)} or r.title ilike ${anywhere(search)})`]),
  ]
}

function after(place: PlaceInList, search: string | undefined): Condition {
  const newest = sql`(r.updated_at, r.id) < (${place.updatedAt}::timestamptz, ${place.id}::bigint)`
  if (search === undefined) return newest
  const exact = exactly(search)
  return place.exact ? sql`(not ${exact} or ${newest})` : sql`(not ${exact} and ${newest})`
}

/** At most `limit` records after a place: exact numbers first where something is searched for, then the newest. */
export async function recordsAfter(
  tx: ReadTx,
  kind: string,
  visibility: Visibility,
  filter: RecordFilter,
  place: PlaceInList | undefined,
  limit: number,
): Promise<ListedRecord[]> {
  const exact = exactly(filter.search)
  const where = and([...conditions(kind, visibility, filter), ...(place ? [after(place, filter.search)] : [])])
  const order = filter.search === undefined ? sql`r.updated_at desc, r.id desc` : sql`${exact} desc, r.updated_at desc, r.id desc`
  const found = await sql<Omit<ListedRecord, 'place'> & { exact: boolean; placed: string }>`
    with page as materialized (select r.id, r.number, r.title, r.state, r.customer_no, r.created_at, r.updated_at, ${exact} as exact
      from records r where ${where} order by ${order} limit ${limit})
    select r.id::text as id, r.number, r.title, r.state, c.customer_id as "customerId", c.customer_name as "customerName",
      r.created_at as "createdAt", r.updated_at as "updatedAt", r.exact,
      to_char(r.updated_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as placed
    from page r left join customers_numbered(array(select customer_no from page)) c on c.customer_no = r.customer_no
    order by r.exact desc, r.updated_at desc, r.id desc`.execute(tx.sql)
  return found.rows.map(({ exact, placed, ...row }) => ({ ...row, place: { exact, updatedAt: placed, id: row.id } }))
}

/** How many records the same filter holds. */
export async function countOfRecords(tx: ReadTx, kind: string, visibility: Visibility, filter: RecordFilter): Promise<number> {
  const where = and(conditions(kind, visibility, filter))
  const counted = await sql<{ total: number }>`
    select count(*)::int as total from records r where ${where}`.execute(tx.sql)
  return counted.rows[0]?.total ?? 0
}

/** The customers at whom the actor's effective access is one of the levels, or whose own people with one of the roles the actor is. */
export async function customersWhere(
  tx: ReadTx,
  who: { levels: readonly string[]; homeRoles: readonly string[] },
): Promise<{ id: string; name: string; own: boolean }[]> {
  const found = await sql<{ id: string; name: string; own: boolean }>`
    select o.id, o.name, o.id = app_organization() as own from organizations o
    where o.kind = 'customer' and holds_number((select access_customers(${[...who.levels]}::text[], ${[...who.homeRoles]}::text[])), o.customer_no)
    order by own desc, lower(o.name), o.id`.execute(tx.sql)
  return found.rows
}
