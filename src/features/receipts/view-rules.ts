// A receipt as the API tells of it to the customer.
import type { Instant } from '../../kernel/instant.ts'
import { mayBeUndone, type Removal, removalNumber, undoUntil } from './rules.ts'

export interface RemovalView {
  readonly id: string
  readonly number: string
  readonly customer: { readonly id: string; readonly name: string }
  readonly partner: { readonly id: string; readonly name: string }
  /** Of one access alone; null: of everything that the partner had. */
  readonly grantId: string | null
  readonly removedAt: Instant
  readonly removedBy: string | null
  readonly reason: string | null
  /** What ended, in the order grants, groups, requests, names on records. */
  readonly ended: readonly { readonly what: string; readonly says: string }[]
  readonly left: readonly string[]
  readonly undoUntil: Instant
  readonly undone: { readonly at: Instant; readonly by: string | null; readonly cameBack: readonly string[] } | null
  readonly abilities: { readonly undo: boolean }
}

export const viewOf = (removal: Removal, now: Instant, mayGive: boolean): RemovalView => ({
  id: removal.id,
  number: removalNumber(removal.number),
  customer: removal.customer,
  partner: removal.partner,
  grantId: removal.grantId,
  removedAt: removal.removedAt,
  removedBy: removal.removedBy,
  reason: removal.reason,
  ended: removal.ended.filter(({ says }) => says !== '').map(({ what, says }) => ({ what, says })),
  left: removal.left,
  undoUntil: undoUntil(removal),
  undone: removal.undone,
  abilities: { undo: mayGive && mayBeUndone(removal, now) },
})
