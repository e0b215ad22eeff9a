// A receipt as the API tells of it to the customer.
import type { Instant } from '../../kernel/instant.ts'
import { mayBeUndone, type Removal, removalNumber, undoUntil } from './rules.ts'

export interface RemovalView extends Omit<Removal, 'number' | 'ended'> {
  readonly number: string
  /** What ended, in the order grants, groups, requests, names on records. */
  readonly ended: readonly { readonly what: string; readonly says: string }[]
  readonly undoUntil: Instant
  readonly abilities: { readonly undo: boolean }
}

export const viewOf = (removal: Removal, now: Instant, mayGive: boolean): RemovalView => ({
  ...removal,
  number: removalNumber(removal.number),
  ended: removal.ended.filter(({ says }) => says !== '').map(({ what, says }) => ({ what, says })),
  undoUntil: undoUntil(removal),
  abilities: { undo: mayGive && mayBeUndone(removal, now) },
})
