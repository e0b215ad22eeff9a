// Each source of a list as SQL: at most so many rows after a place, newest first; or all of them, for counting.
import { type RawBuilder, sql } from 'kysely'
import type { RowExpression } from '../../rows/expression.ts'
import { conditionsOf, type OwnerColumn, type Source } from '../../rows/sources.ts'
import { literal, sqlText, textArray } from '../../rows/to-sql.ts'
import type { Way } from './way-rules.ts'

export type Piece = RawBuilder<unknown>

/** What each source is asked for. */
export interface Asking {
  readonly kind: string
  /** What a row must be besides, under an alias: the list's filters, and where the page begins. */
  readonly also: (row: string) => Piece[]
  readonly order: (row: string) => Piece
  /** Null: all rows. */
  readonly limit: number | null
  /** A customer that alone is asked for. */
  readonly customer: Piece | null
}

export const columns = (row: string): Piece =>
  sql.raw(['id', 'number', 'title', 'state', 'customer_no', 'created_at', 'updated_at'].map((name) => `${row}.${name}`).join(', '))
export const newestFirst = (row: string): Piece => sql.raw(`${row}.updated_at desc, ${row}.id desc`)

const and = (conditions: readonly Piece[]): Piece => sql.join([...conditions], sql` and `)
const limited = ({ limit }: Asking): Piece => (limit === null ? sql`` : sql.raw(` limit ${limit}`))

function where(asking: Asking, rules: readonly RowExpression[], row: string): Piece {
  return and([
    sql.raw(`${row}.kind = ${literal(asking.kind)}`),
    ...rules.map((rule) => sql.raw(sqlText(rule, asking.kind, row))),
    ...(asking.customer ? [sql`${sql.raw(row)}.customer_no = ${asking.customer}`] : []),
    ...asking.also(row),
  ])
}

/** The rows of one source: `id`, `updated_at` and the other columns of a list. */
export function rowsOfSource(source: Source, way: Way, asking: Asking): Piece {
  switch (source.from) {
    case 'ids':
      return singleRows(source, asking)
    case 'assignments':
      return assignedRows(source, asking)
    case 'owners':
      if (way === 'customer by customer' && asking.customer === null) return ownersRows(source, asking)
  }
  return sql`select ${columns('r')} from records r where ${where(asking, conditionsOf(source), 'r')} order by ${asking.order('r')}${limited(asking)}`
}

function singleRows({ leaf, rest }: Extract<Source, { from: 'ids' }>, asking: Asking): Piece {
  const kind = literal(asking.kind)
  const ids =
    leaf.is === 'named'
      ? `my_records(${kind}, ${textArray(leaf.relations)})`
      : `access_records(${kind}, ${textArray(leaf.narrow.recordGives)})`
  return sql`select ${columns('r')} from unnest(${sql.raw(ids)}) i (id) join records r on r.id = i.id
    where ${where(asking, rest, 'r')} order by ${asking.order('r')}${limited(asking)}`
}

/** Goes along the side table, newest first, for each partner and relation. */
function assignedRows({ leaf, rest }: Extract<Source, { from: 'assignments' }>, asking: Asking): Piece {
  const kind = literal(asking.kind)
  return sql`select distinct ${columns('a')} from unnest(my_partners(${sql.raw(String(leaf.alike))})) o (id)
    cross join unnest(${sql.raw(textArray(leaf.relations))}) w (relation)
    cross join lateral (select ${columns('r')} from record_assignments p join records r on r.id = p.record_id
      where p.partner_id = o.id and p.relation = w.relation and p.kind = ${sql.raw(kind)} and ${where(asking, rest, 'r')}
      order by p.updated_at desc, p.record_id desc${limited(asking)}) a order by ${asking.order('a')}${limited(asking)}`
}

/** The newest row of each customer first; then on with those customers whose newest rows are the newest of all. */
function ownersRows({ column, leaf, rest }: Extract<Source, { from: 'owners' }>, asking: Asking): Piece {
  const of = sql.raw(column)
  const numbers = sql.raw(numbersOf(leaf, column))
  if (asking.limit === null) {
    return sql`select ${columns('r')} from unnest(${numbers}) v (no) join records r on r.${of} = v.no where ${where(asking, rest, 'r')}`
  }
  return sql`select ${columns('r')} from
    (select v.no from unnest(${numbers}) v (no) cross join lateral
      (select h.id, h.updated_at from records h where h.${of} = v.no and ${where(asking, rest, 'h')} order by ${newestFirst('h')} limit 1) h
      order by ${newestFirst('h')}${limited(asking)}) heads
    cross join lateral (select ${columns('r')} from records r where r.${of} = heads.no and ${where(asking, rest, 'r')}
      order by ${newestFirst('r')}${limited(asking)}) r
    order by ${newestFirst('r')}${limited(asking)}`
}

/** The numbers of the customers or sites that a leaf names. */
export function numbersOf(leaf: Extract<RowExpression, { is: 'access' | 'related' }>, column: OwnerColumn): string {
  if (leaf.is === 'related') return `numbers_of(related_customers(${textArray(leaf.relations)}, ${leaf.alike}, ${leaf.unlessGranted}))`
  const { siteGives, siteRoles } = leaf.narrow
  return column === 'site_no'
    ? `numbers_of(access_sites(${textArray(siteGives)}, ${textArray(siteRoles)}))`
    : `access_numbers(${textArray(leaf.gives)}, ${textArray(leaf.homeRoles)})`
}
