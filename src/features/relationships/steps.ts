// Relationships begin with the first access that a customer gives, in the same transaction.
import type { ReadTx, WriteTx } from '../../context/context.ts'
import { begin, end, isOfRecord, isOpen } from './store.ts'

export const worksWith = (tx: ReadTx, customerId: string, partnerId: string): Promise<boolean> => isOpen(tx, customerId, partnerId)

/** Whether the partner is the customer's partner of record: a label, which gives nothing (MI-001, M-A9). */
export const worksAsOfRecord = (tx: ReadTx, customerId: string, partnerId: string): Promise<boolean> =>
  isOfRecord(tx, customerId, partnerId)

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

/** Ends that the two work together, where the customer itself began it. */
export async function endRelationship(tx: WriteTx, customer: Named, partner: Named, reason: string | null): Promise<void> {
  await end(tx, customer.id, partner.id)
  tx.record({
    what: 'relationship.ended',
    customerId: customer.id,
    partnerId: partner.id,
    detail: { customer: customer.name, partner: partner.name, why: reason },
  })
}

interface Named {
  readonly id: string
  readonly name: string
}
