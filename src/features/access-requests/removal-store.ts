// A request that a removal declined waits again when that is undone.
import type { WriteTx } from '../../context/context.ts'
import type { AccessRequestId, OrganizationId } from '../../kernel/ids.ts'

/** Takes back that it was declined: it waits again, and stands before the customer; false where it was not declined. */
export async function waitAgain(tx: WriteTx, id: AccessRequestId, customerId: OrganizationId, partnerId: OrganizationId): Promise<boolean> {
  const { numUpdatedRows } = await tx.sql
    .updateTable('access_requests')
    .set({ state: 'pending', answered_by: null, answered_at: null, answer_reason: null })
    .where('id', '=', id)
    .where('state', '=', 'denied')
    .executeTakeFirstOrThrow()
  if (numUpdatedRows !== 1n) return false
  await tx.sql
    .updateTable('access_request_items')
    .set({ pending_customer_id: customerId, pending_partner_id: partnerId })
    .where('request_id', '=', id)
    .execute()
  return true
}
