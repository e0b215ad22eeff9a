// What people chose, in the database. Everybody reads and writes their own choices alone.
import type { ReadTx, WriteTx } from '../../context/context.ts'
import type { Way } from './rules.ts'

export interface Choice {
  readonly customerId: string
  readonly notice: string
  readonly way: Way
}

export async function choicesOf(tx: ReadTx, personId: string): Promise<Choice[]> {
  const rows = await tx.sql
    .selectFrom('notice_choices')
    .select(['customer_id', 'notice', 'way'])
    .where('person_id', '=', personId)
    .execute()
  return rows.map((row) => ({ customerId: row.customer_id, notice: row.notice, way: row.way as Way }))
}

export async function choiceOf(tx: ReadTx, personId: string, customerId: string, notice: string): Promise<Way | null> {
  const row = await tx.sql
    .selectFrom('notice_choices')
    .select('way')
    .where('person_id', '=', personId)
    .where('customer_id', '=', customerId)
    .where('notice', '=', notice)
    .executeTakeFirst()
  return (row?.way as Way | undefined) ?? null
}

export async function choose(tx: WriteTx, personId: string, { customerId, notice, way }: Choice): Promise<void> {
  await tx.sql
    .insertInto('notice_choices')
    .values({ person_id: personId, customer_id: customerId, notice, way, chosen_at: new Date(tx.now) })
    .onConflict((conflict) => conflict.columns(['person_id', 'customer_id', 'notice']).doUpdateSet({ way, chosen_at: new Date(tx.now) }))
    .execute()
}
