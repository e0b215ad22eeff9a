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

/** Beyond this part of all records a text is looked for by its index first, and below it among the records of the customers. */
const smallShare = 0.01

/** @param reached of each sort of access that the rule asks for; undefined where nobody knows it */
export const searchesByIndex = (reached: readonly (ReachOfSort | undefined)[]): boolean =>
  reached.some((sort) => sort === undefined || sort.share > smallShare)
