// A receipt of the customer's own, found and shown.
import type { ReadTx } from '../../context/context.ts'
import { refuse } from '../../kernel/refusal.ts'
import type { Removal } from './rules.ts'
import { removalsWhere } from './store.ts'
import { type RemovalView, viewOf } from './view-rules.ts'

/** The receipt, or not-found: another customer's looks like none. */
export async function removalAt(tx: ReadTx, customerId: string, id: string): Promise<Removal> {
  return (await removalsWhere(tx, { customerId, id }))[0] ?? refuse('not-found', 'There is no such receipt, or you cannot see it.')
}

export async function viewsOf(tx: ReadTx, customerId: string, removals: readonly Removal[]): Promise<RemovalView[]> {
  const mayGive = (await tx.can('access:give', { kind: 'customer', id: customerId })).allowed
  return removals.map((removal) => viewOf(removal, tx.now, mayGive))
}

export async function readOne(tx: ReadTx, customerId: string, id: string): Promise<RemovalView> {
  return (await viewsOf(tx, customerId, [await removalAt(tx, customerId, id)]))[0] as RemovalView
}
