// How many records a list holds: customers that are read whole are counted by what is kept of each, other rows one by one.
import { sql } from 'kysely'
import { isWhole, type Source } from '../../rows/sources.ts'
import { literal } from '../../rows/to-sql.ts'
import { wholeText } from '../../rows/whole-text.ts'
import { allRows, customerNumber, foundCount, type ListQuestion, looksByIndex, reachedBy, sourcesFor } from './page-store.ts'
import { numbersOf, type Piece } from './source-store.ts'

/** Up to so many customers are looked up one by one; more are gone through in a row. */
const fewCustomers = 300

/** The statement that answers `total`, or null where there is nothing to count. */
export function countStatement(question: ListQuestion): Piece | null {
  const sources = sourcesFor(question)
  if (sources.length === 0) return null
  if (looksByIndex(question, sources)) return foundCount(question)
  const whole = question.filter.search === undefined ? sources.filter(isWhole) : []
  const others = sources.filter((source) => !whole.includes(source))
  const counts = [
    ...(whole.length > 0 ? [countOfWhole(question, whole)] : []),
    ...(others.length > 0 ? [countOfRows(question, whole, others)] : []),
  ]
  return sql`select (${sql.join(counts, sql` + `)})::int as total`
}

function countOfWhole(question: ListQuestion, whole: readonly Source[]): Piece {
  const { kind, filter } = question
  const { states, customerId } = filter
  const few = whole.every((source) => source.from === 'owners' && isFew(source, question))
  const numbers = whole.flatMap((source) => (source.from === 'owners' ? [`select unnest(${numbersOf(source.leaf, source.column)})`] : []))
  const from = few ? sql.raw(`(${numbers.join(' union ')}) v (no) join record_counts c on c.customer_no = v.no`) : sql`record_counts c`
  const ofStates = states === undefined ? sql`c.state = ''` : sql`c.state = any (${[...states]}::text[])`
  return sql`(select coalesce(sum(c.change), 0) from ${from}
    where c.kind = ${sql.raw(literal(kind))} and ${ofStates} and ${sql.raw(wholeText(whole, kind, 'c'))}
      ${customerId === undefined ? sql`` : sql`and c.customer_no = ${customerNumber(customerId)}`})`
}

/** Whether the source names few customers, as far as that is known. */
function isFew({ leaf }: Extract<Source, { from: 'owners' }>, question: ListQuestion): boolean {
  return leaf.is === 'related' || (reachedBy(question, leaf)?.customers ?? Infinity) <= fewCustomers
}

/** The rows that are found one by one, without those that are counted already. */
function countOfRows(question: ListQuestion, whole: readonly Source[], others: readonly Source[]): Piece {
  const besides = (row: string) => (whole.length === 0 ? [] : [sql.raw(`not ${wholeText(whole, question.kind, row)}`)])
  return sql`(select count(*) from (${allRows(question, others, besides)}) u)`
}
