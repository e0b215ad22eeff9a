// A request that a removal declined waits again when that is undone.
import type { WriteTx } from '../../context/context.ts'
import type { AccessRequestId, OrganizationId } from '../../kernel/ids.ts'

interface Again {
  readonly id: AccessRequestId
  readonly customerId: OrganizationId
  readonly partnerId: OrganizationId
  /** The parts that waited. */
  readonly itemIds: readonly string[]
}

/** Takes back that it was declined: those parts of it wait again, and stand before the customer; false where it was not declined. */
export async function waitAgain(tx: WriteTx, { id, customerId, partnerId, itemIds }: Again): Promise<boolean> {
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
    .where('id', 'in', [...itemIds])
    .execute()
  return true
}
