// The pages of a list of records, their count and the customers to filter by, each as one statement whatever the number of rows.
import { sql } from 'kysely'
import type { ReadTx } from '../../context/context.ts'
import { rolesOf, typeOf } from '../../law/view.ts'
import { prepared } from '../../platform/db/kysely-on.ts'
import type { Visibility } from '../../rows/visibility.ts'
import { countStatement } from './count-store.ts'
import type { PlaceInList } from './cursor-rules.ts'
import { type ListQuestion, pageStatement, type RecordFilter } from './page-store.ts'

export interface ListedRecord {
  id: string
  number: string
  title: string
  state: string
  /** Null: of no customer. */
  customerId: string | null
  customerName: string | null
  createdAt: Date
  updatedAt: Date
  place: PlaceInList
}

function questionOf(tx: ReadTx, kind: string, visibility: Visibility, filter: RecordFilter): ListQuestion | null {
  if (visibility.is === 'none') return null
  const { subject } = tx.facts
  const { side = null, switches = [], attributes = {} } = subject ?? {}
  const actor = { type: typeOf(subject), switches, person: attributes, side, roles: subject ? rolesOf(tx.law, subject) : [] }
  return { kind, rule: visibility.expression, filter, reach: tx.reach, actor }
}

/** Few forms of one statement are kept by each connection: a page has room for one of these many. */
const rooms = [26, 51, 101]

/** At most `limit` records after a place: exact numbers first where something is searched for, then the newest. */
export async function recordsAfter(
  tx: ReadTx,
  kind: string,
  visibility: Visibility,
  filter: RecordFilter,
  place: PlaceInList | undefined,
  limit: number,
): Promise<ListedRecord[]> {
  const question = questionOf(tx, kind, visibility, filter)
  const page = question && pageStatement(question, place, rooms.find((room) => room >= limit) ?? limit)
  if (!page) return []
  const found = await sql<Omit<ListedRecord, 'place'> & { exact: boolean; placed: string }>`${prepared}
    with page as materialized (${page})
    select r.id::text as id, r.number, r.title, r.state, c.customer_id as "customerId", c.customer_name as "customerName",
      r.created_at as "createdAt", r.updated_at as "updatedAt", r.exact,
      to_char(r.updated_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as placed
    from page r left join customers_numbered(array(select customer_no from page)) c on c.customer_no = r.customer_no
    order by r.exact desc, r.updated_at desc, r.id desc`.execute(tx.sql)
  return found.rows.slice(0, limit).map(({ exact, placed, ...row }) => ({ ...row, place: { exact, updatedAt: placed, id: row.id } }))
}

/** How many records the same filter holds. */
export async function countOfRecords(tx: ReadTx, kind: string, visibility: Visibility, filter: RecordFilter): Promise<number> {
  const question = questionOf(tx, kind, visibility, filter)
  const count = question && countStatement(question)
  if (!count) return 0
  const counted = await sql<{ total: number }>`${prepared}${count}`.execute(tx.sql)
  return counted.rows[0]?.total ?? 0
}

/**
 * The customers at whom the actor's effective access gives one of these, or whose own people with one of the roles the actor is.
 * @param readable also those at whom a narrower access lets the actor read a record of this kind: whether one is there, row security says
 */
export async function customersWhere(
  tx: ReadTx,
  { gives, homeRoles }: { gives: readonly string[]; homeRoles: readonly string[] },
  readable: string | null,
): Promise<{ id: string; name: string; own: boolean }[]> {
  const found = await sql<{ id: string; name: string; own: boolean }>`
    select o.id, o.name, o.id = app_organization() as own from organizations o
    where o.kind = 'customer' and (holds_number((select access_customers(${[...gives]}::text[], ${[...homeRoles]}::text[])), o.customer_no)
      or (${readable}::text is not null and (o.id = app_organization() or holds_number((select standing_customers()), o.customer_no))
        and exists (select from records r where r.kind = ${readable} and r.customer_no = o.customer_no)))
    order by own desc, lower(o.name), o.id`.execute(tx.sql)
  return found.rows
}
