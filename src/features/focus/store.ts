// The customer to which a session is locked, in the database.
import type { ReadTx, WriteTx } from '../../context/context.ts'
import { isUuid } from '../../kernel/ids.ts'

/** A customer that the actor may know. */
export async function focusable(tx: ReadTx, id: string): Promise<{ id: string; name: string } | undefined> {
  if (!isUuid(id)) return undefined
  return tx.sql.selectFrom('organizations').select(['id', 'name']).where('id', '=', id).where('kind', '=', 'customer').executeTakeFirst()
}

export async function keepFocus(tx: WriteTx, sessionId: string, customerId: string | null): Promise<void> {
  await tx.sql.updateTable('sessions').set({ focus_customer_id: customerId }).where('id', '=', sessionId).execute()
}
