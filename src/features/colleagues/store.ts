// What customers chose about colleagues whom partners let in; a choice is ended and another follows it.
import type { WriteTx } from '../../context/context.ts'
import type { OrganizationId, PersonId } from '../../kernel/ids.ts'
import type { ColleagueChoice } from '../../law/law.ts'

export async function choose(tx: WriteTx, customerId: OrganizationId, choice: ColleagueChoice, by: PersonId): Promise<void> {
  const now = new Date(tx.now)
  await tx.sql
    .updateTable('colleague_choices')
    .set({ until_at: now })
    .where('customer_id', '=', customerId)
    .where('until_at', 'is', null)
    .execute()
  await tx.sql.insertInto('colleague_choices').values({ customer_id: customerId, choice, chosen_by: by, from_at: now }).execute()
}
