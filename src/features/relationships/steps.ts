// Relationships begin with the first access that a customer gives, in the same transaction.
import type { ReadTx, WriteTx } from '../../context/context.ts'
import { begin, isOpen } from './store.ts'

export const worksWith = (tx: ReadTx, customerId: string, partnerId: string): Promise<boolean> => isOpen(tx, customerId, partnerId)

/** Makes sure that the two are related; returns whether this is the first time. */
export async function beginRelationship(tx: WriteTx, customer: Named, partner: Named): Promise<boolean> {
  if (await isOpen(tx, customer.id, partner.id)) return false
  await begin(tx, customer.id, partner.id)
  tx.record({
    what: 'relationship.begun',
    customerId: customer.id,
    partnerId: partner.id,
    detail: { customer: customer.name, partner: partner.name },
  })
  return true
}

interface Named {
  readonly id: string
  readonly name: string
}
