// How a list goes through the rows of customers: from the newest record on until enough are seen, or customer by customer. Chosen by cost. Pure.
import type { ReachOfSort } from '../../rows/reach.ts'

export type Way = 'newest first' | 'customer by customer'

/** Microseconds, measured; only their proportions matter (docs/decisions/0060-lists-at-speed.md). */
const cost = {
  /** Beginning at the newest row. */
  scan: 150,
  /** A row that is looked at by its customer's bit alone. */
  row: 0.36,
  /** A row that is looked up in a side table where the bit does not show it. */
  probedRow: 2.5,
  /** The newest record of one customer. */
  head: 5,
  /** Going on with one customer, and each of its records. */
  customer: 3,
  record: 0.35,
}

/**
 * @param need rows of a page
 * @param reached undefined: nobody knows how many customers there are; then they are gone through, which is never wrong by much
 * @param rows `probed` where the row policy looks into a side table for rows of other customers
 */
export function wayThrough(need: number, reached: ReachOfSort | undefined, rows: 'plain' | 'probed'): Way {
  if (!reached || reached.share <= 0) return 'customer by customer'
  const scanned = need / Math.min(reached.share, 1)
  const scanning = cost.scan + scanned * (rows === 'probed' ? cost.probedRow : cost.row)
  const heads = reached.customers * cost.head + Math.min(reached.customers, need) * (cost.customer + cost.record * need)
  return scanning < heads ? 'newest first' : 'customer by customer'
}

/** Of so many records one has a common text; nobody knows how common the one is that is searched for. */
const oneWithText = 20
/** Rows of a page. */
const page = 26

/**
 * Whether a text is looked for by its index first, or else among all records of the customers. A rare text is found by its index at once, and a common
 * one by going through the newest records until enough of those that have it are also visible: where that would be more records than the customers have
 * altogether, theirs are looked through.
 * @param reached of each sort of access that the rule asks for; undefined where nobody knows it
 */
export function searchesByIndex(reached: readonly (ReachOfSort | undefined)[]): boolean {
  const known = reached.filter((sort) => sort !== undefined)
  if (known.length < reached.length) return true
  const sum = (of: 'share' | 'records') => known.reduce((all, sort) => all + sort[of], 0)
  return sum('records') > (page * oneWithText) / sum('share')
}
