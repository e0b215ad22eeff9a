// What the signed-in person gets, and in which ways they may get it.
import { sql } from 'kysely'
import type { Context, ReadTx } from '../../context/context.ts'
import { digestHour } from '../letters/rules.ts'
import { chooser, type NoticesAtCustomer, noticesAt } from './choices-steps.ts'

export interface MyNotices {
  readonly items: NoticesAtCustomer[]
  readonly digest: { readonly hour: number }
}

/** One's own organization first, the others by name. */
export function listMyNotices(ctx: Context): Promise<MyNotices> {
  return ctx.reading('self:manage', { kind: 'self' }, async (tx) => {
    const items = await noticesAt(tx, await customersOfMine(tx))
    return {
      items: items.sort((a, b) => Number(b.own) - Number(a.own) || a.customer.name.localeCompare(b.customer.name, 'en')),
      digest: { hour: digestHour },
    }
  })
}

/** The customers at which it is worth asking: one's own, and those that gave something to oneself, a group or everyone here. The law decides about each. */
async function customersOfMine(tx: ReadTx): Promise<string[]> {
  const { organizationId, personId, side } = chooser(tx)
  if (side === 'customer') return [organizationId]
  const rows = await tx.sql
    .selectFrom('grants')
    .select('customer_id')
    .distinct()
    .where('partner_id', '=', organizationId)
    .where('ended_at', 'is', null)
    .where('until_at', '>', sql<Date>`app_now()`)
    .where((eb) => eb.or([eb('person_id', 'is', null), eb('person_id', '=', personId)]))
    .execute()
  return rows.map((row) => row.customer_id)
}
