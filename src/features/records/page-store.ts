// A list of records as statements: its page, and its count. What is read is the rule's sources, each begun where its rows are found fastest.
import { sql } from 'kysely'
import type { Side } from '../../law/law.ts'
import { conversationRelations, type Narrow, type RowExpression } from '../../rows/expression.ts'
import { couldHold, type RowView } from '../../rows/holds.ts'
import { type KeptReach, type ReachOfSort, sortKey } from '../../rows/reach.ts'
import { conditionsOf, type Source, sourcesOf } from '../../rows/sources.ts'
import { literal } from '../../rows/to-sql.ts'
import type { PlaceInList } from './cursor-rules.ts'
import { type Asking, columns, newestFirst, type Piece, rowsOfSource } from './source-store.ts'
import { searchesByIndex, type Way, wayThrough } from './way-rules.ts'

/** Which records of a kind; each given part narrows. */
export interface RecordFilter {
  readonly customerId?: string | undefined
  readonly states?: readonly string[] | undefined
  /** Only records on which the acting person is named (O-A19). */
  readonly part?: 'mine' | 'all' | undefined
  /** Matches numbers and titles; a number that is exactly this comes first. */
  readonly search?: string | undefined
}

export interface ListQuestion {
  readonly kind: string
  readonly rule: RowExpression
  readonly filter: RecordFilter
  readonly reach: KeptReach
  /** What is known of the actor. */
  readonly actor: Pick<RowView, 'type' | 'switches' | 'person'> & { readonly side: Side | null; readonly roles: readonly string[] }
}

/** A text as a pattern that means just this text, anywhere. */
const anywhere = (text: string): string => `%${text.replace(/[\\%_]/g, (letter) => `\\${letter}`)}%`
const isExactly = (search: string | undefined, row: string): Piece =>
  search === undefined ? sql`false` : sql`(lower(${sql.raw(row)}.number) = lower(${search}))`

export const customerNumber = (id: string): Piece => sql`(select o.customer_no from organizations o where o.id = ${id}::uuid)`

/** How much an access leaf reaches, where that is known; one's own customer is one more, and never much. */
export function reachedBy({ reach, actor }: Pick<ListQuestion, 'reach' | 'actor'>, leaf: RowExpression): ReachOfSort | undefined {
  if (leaf.is !== 'access' || isNarrow(leaf.narrow)) return undefined
  const kept = leaf.gives.length === 0 ? nothing : reach?.get(sortKey(leaf.gives))
  const isOwn = actor.side === 'customer' && leaf.homeRoles.some((role) => actor.roles.includes(role))
  return kept && isOwn ? { ...kept, customers: kept.customers + 1 } : kept
}

const nothing: ReachOfSort = { customers: 0, share: 0, records: 0 }
const isNarrow = ({ siteGives, siteRoles, recordGives }: Narrow): boolean => siteGives.length + siteRoles.length + recordGives.length > 0

/** The sources that may hold a row for this actor: what reaches no customer, or is for others, need not be looked into. */
export function sourcesFor(question: ListQuestion): Source[] {
  const { rule, actor, filter } = question
  const sources: Source[] =
    filter.part === 'mine' ? [{ from: 'ids', leaf: { is: 'named', relations: conversationRelations }, rest: [rule] }] : sourcesOf(rule)
  return sources.filter((source) =>
    conditionsOf(source).every((leaf) => couldHold(leaf, actor) && reachedBy(question, leaf)?.customers !== 0),
  )
}

const isProbed = (source: Source): boolean => source.from === 'assignments'

function wayOf(source: Source, sources: readonly Source[], question: ListQuestion, need: number): Way {
  if (source.from !== 'owners') return 'newest first'
  return wayThrough(need, reachedBy(question, source.leaf), sources.some(isProbed) ? 'probed' : 'plain')
}

export function looksByIndex(question: ListQuestion, sources: readonly Source[]): boolean {
  const { filter } = question
  if (filter.search === undefined || filter.part === 'mine') return false
  return searchesByIndex(
    sources.map((source) => (source.from === 'owners' ? reachedBy(question, source.leaf) : source.from === 'rows' ? undefined : nothing)),
  )
}

function also({ filter }: ListQuestion, place: PlaceInList | undefined): (row: string) => Piece[] {
  const { states, search } = filter
  return (row) => {
    const r = sql.raw(row)
    return [
      ...(states === undefined ? [] : [sql`${r}.state = any (${[...states]}::text[])`]),
      ...(search === undefined ? [] : [sql`(${r}.number ilike ${anywhere(search)} or ${r}.title ilike ${anywhere(search)})`]),
      ...(place === undefined ? [] : [after(place, search, row)]),
    ]
  }
}

function after(place: PlaceInList, search: string | undefined, row: string): Piece {
  const r = sql.raw(row)
  const older = sql`(${r}.updated_at, ${r}.id) < (${place.updatedAt}::timestamptz, ${place.id}::bigint)`
  if (search === undefined) return older
  const exact = isExactly(search, row)
  return place.exact ? sql`(not ${exact} or ${older})` : sql`(not ${exact} and ${older})`
}

const union = (pieces: readonly Piece[]): Piece =>
  sql.join(
    pieces.map((piece) => sql`(${piece})`),
    sql` union `,
  )

/** The rows of a page: at most `limit` after the place, the exact number first where something is searched for, then the newest. */
export function pageStatement(question: ListQuestion, place: PlaceInList | undefined, limit: number): Piece | null {
  const sources = sourcesFor(question)
  if (sources.length === 0) return null
  const { search } = question.filter
  const exact = isExactly(search, 'u')
  const order = search === undefined ? newestFirst('u') : sql`${exact} desc, ${newestFirst('u')}`
  const rows = looksByIndex(question, sources) ? foundByIndex(question, place, limit) : union(sources.map((source) => rowsOf(source)))
  return sql`select ${columns('u')}, ${exact} as exact from (${rows}) u order by ${order} limit ${sql.raw(String(limit))}`

  function rowsOf(source: Source): Piece {
    const way = wayOf(source, sources, question, limit)
    // What is searched for may not be among the newest rows of a customer: all of them are looked through.
    return rowsOfSource(
      source,
      search === undefined ? way : 'customer by customer',
      asking(question, place, search === undefined ? limit : null),
    )
  }
}

function asking(question: ListQuestion, place: PlaceInList | undefined, limit: number | null): Asking {
  const { kind, filter } = question
  const customer = filter.customerId === undefined ? null : customerNumber(filter.customerId)
  return { kind, also: also(question, place), order: newestFirst, limit, customer }
}

function foundByIndex({ kind, filter }: ListQuestion, place: PlaceInList | undefined, limit: number): Piece {
  return sql`select ${columns('r')} from search_records(${kind}, ${filter.search}, ${asked(filter)}, ${place?.exact ?? null}::boolean,
    ${place?.updatedAt ?? null}::timestamptz, ${place?.id ?? null}::bigint, ${limit}) f
    join records r on r.id = f.record_id and r.kind = ${sql.raw(literal(kind))}`
}

/** The customer and the states as a search takes them; of no customer there is nothing. */
function asked({ customerId, states }: RecordFilter): Piece {
  const customer = customerId === undefined ? sql`null::int` : sql`coalesce(${customerNumber(customerId)}, -1)`
  return sql`${customer}, ${states === undefined ? null : [...states]}::text[]`
}

export const foundCount = ({ kind, filter }: ListQuestion): Piece =>
  sql`select count_found_records(${kind}, ${filter.search}, ${asked(filter)})::int as total`

/** Every row of the sources once. */
export const allRows = (question: ListQuestion, sources: readonly Source[], besides: (row: string) => Piece[] = () => []): Piece => {
  const all = asking(question, undefined, null)
  return union(
    sources.map((source) => rowsOfSource(source, 'customer by customer', { ...all, also: (row) => [...all.also(row), ...besides(row)] })),
  )
}
