// How much each sort of access reaches, as far as it is known: for choosing how to go through a list, never for an answer.

export interface ReachOfSort {
  readonly customers: number
  /** About which part of all records. */
  readonly share: number
  /** About how many records that is. */
  readonly records: number
}

/** By the codes of a sort of access. Null: nothing exact is kept, the database works it out for each statement. */
export type KeptReach = ReadonlyMap<string, ReachOfSort> | null

export const sortKey = (gives: readonly string[]): string => gives.join(',')
