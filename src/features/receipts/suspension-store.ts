// Suspension of a partner in the database: since when, or not at all.
import type { WriteTx } from '../../context/context.ts'
import { asId, type OrganizationId } from '../../kernel/ids.ts'

/** False where it is so already. */
export async function setSuspended(tx: WriteTx, partnerId: OrganizationId, suspended: boolean): Promise<boolean> {
  const { numUpdatedRows } = await tx.sql
    .updateTable('organizations')
    .set({ suspended_at: suspended ? new Date(tx.now) : null })
    .where('id', '=', partnerId)
    .where('suspended_at', suspended ? 'is' : 'is not', null)
    .executeTakeFirstOrThrow()
  return numUpdatedRows === 1n
}

/** The customers that gave the partner, or somebody there, what has not ended. */
export async function customersGivingTo(tx: WriteTx, partnerId: OrganizationId): Promise<{ id: OrganizationId; name: string }[]> {
  const rows = await tx.sql
    .selectFrom('organizations as o')
    .select(['o.id', 'o.name'])
    .where((eb) =>
      eb.exists(
        eb
          .selectFrom('grants as g')
          .select('g.id')
          .whereRef('g.customer_id', '=', 'o.id')
          .where('g.partner_id', '=', partnerId)
          .where('g.ended_at', 'is', null)
          .where('g.until_at', '>', new Date(tx.now)),
      ),
    )
    .orderBy('o.name')
    .execute()
  return rows.map(({ id, name }) => ({ id: asId(id), name }))
}
