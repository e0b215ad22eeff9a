// That a customer works with a partner: since when, and until when.
import type { ReadTx, WriteTx } from '../../context/context.ts'

/** Whether the two work together at the instant. */
export async function isOpen(tx: ReadTx, customerId: string, partnerId: string): Promise<boolean> {
  const row = await tx.sql
    .selectFrom('relationships')
    .select('id')
    .where('customer_id', '=', customerId)
    .where('partner_id', '=', partnerId)
    .where('relation', '<>', 'subordinate')
    .where('from_at', '<=', new Date(tx.now))
    .where((eb) => eb.or([eb('until_at', 'is', null), eb('until_at', '>', new Date(tx.now))]))
    .executeTakeFirst()
  return row !== undefined
}

/** Whether it is the partner of record at the instant. */
export async function isOfRecord(tx: ReadTx, customerId: string, partnerId: string): Promise<boolean> {
  const row = await tx.sql
    .selectFrom('relationships')
    .select('id')
    .where('customer_id', '=', customerId)
    .where('partner_id', '=', partnerId)
    .where('of_record', '=', true)
    .where('from_at', '<=', new Date(tx.now))
    .where((eb) => eb.or([eb('until_at', 'is', null), eb('until_at', '>', new Date(tx.now))]))
    .executeTakeFirst()
  return row !== undefined
}

/** Ends it, where it is one that the customer may end: others stay. */
export async function end(tx: WriteTx, customerId: string, partnerId: string): Promise<void> {
  await tx.sql
    .updateTable('relationships')
    .set({ until_at: new Date(tx.now) })
    .where('customer_id', '=', customerId)
    .where('partner_id', '=', partnerId)
    .where('relation', '=', 'works_with')
    .where('of_record', '=', false)
    .where('until_at', 'is', null)
    .execute()
}

export async function begin(tx: WriteTx, customerId: string, partnerId: string): Promise<void> {
  await tx.sql
    .insertInto('relationships')
    .values({ customer_id: customerId, partner_id: partnerId, from_at: new Date(tx.now) })
    .execute()
}
