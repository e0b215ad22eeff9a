// Which partners have been told of which new customer: once for each, whoever tells (C-A12).
import { sql } from 'kysely'
import type { ReadTx, WriteTx } from '../../context/context.ts'
import { asId, type OrganizationId } from '../../kernel/ids.ts'

export interface NewCustomer {
  readonly customer: { readonly id: OrganizationId; readonly name: string }
  readonly partner: { readonly id: OrganizationId; readonly name: string }
  /** Nothing in force was given yet: there is something to ask for. */
  readonly asks: boolean
}

/** Customers that a partner works with and was not told of, where the partner is a user of the portal and has somebody in one of the roles. */
export async function untold(tx: ReadTx, roles: readonly string[], most: number): Promise<NewCustomer[]> {
  const { rows } = await sql<{ customer_id: string; customer: string; partner_id: string; partner: string; asks: boolean }>`
    select distinct c.id as customer_id, c.name as customer, p.id as partner_id, p.name as partner,
      not exists (select 1 from grants g where g.customer_id = c.id and g.partner_id = p.id and g.confirmed_at is not null and g.ended_at is null and g.until_at > ${tx.now}) as asks
    from relationships r join organizations c on c.id = r.customer_id and c.kind = 'customer' and c.suspended_at is null
      join organizations p on p.id = r.partner_id and p.kind = 'partner' and p.suspended_at is null
      join portal_users u on u.organization_id = p.id
    where r.relation = 'works_with' and r.from_at <= ${tx.now} and (r.until_at is null or r.until_at > ${tx.now})
      and not exists (select 1 from new_customer_notices n where n.customer_id = c.id and n.partner_id = p.id)
      and exists (select 1 from memberships m where m.organization_id = p.id and m.roles && ${[...roles]}::text[] and m.from_at <= ${tx.now}
        and (m.until_at is null or m.until_at > ${tx.now}))
    order by p.name, c.name limit ${most}`.execute(tx.sql)
  return rows.map((row) => ({
    customer: { id: asId(row.customer_id), name: row.customer },
    partner: { id: asId(row.partner_id), name: row.partner },
    asks: row.asks,
  }))
}

/** Notes down that the partner is told; false where somebody else noted it down first. */
export async function noteTold(tx: WriteTx, { customer, partner }: NewCustomer): Promise<boolean> {
  const row = await tx.sql
    .insertInto('new_customer_notices')
    .values({ customer_id: customer.id, partner_id: partner.id, told_at: new Date(tx.now) })
    .onConflict((conflict) => conflict.doNothing())
    .returning('customer_id')
    .executeTakeFirst()
  return row !== undefined
}
