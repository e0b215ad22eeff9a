// The first of two approvals of a request, in the database.
import type { ReadTx, WriteTx } from '../../context/context.ts'
import { asId, type PersonId } from '../../kernel/ids.ts'
import { type Instant, instantOf } from '../../kernel/instant.ts'
import type { Choice } from './first-approval-rules.ts'

export interface FirstApproval {
  readonly by: { readonly id: PersonId; readonly name: string }
  readonly at: Instant
  readonly choice: Choice
}

export async function firstApprovalOf(tx: ReadTx, requestId: string): Promise<FirstApproval | null> {
  const row = await tx.sql
    .selectFrom('access_request_approvals as a')
    .leftJoin('people as p', 'p.id', 'a.approved_by')
    .select(['a.approved_by', 'p.name', 'a.approved_at', 'a.choice'])
    .where('a.request_id', '=', requestId)
    .executeTakeFirst()
  if (!row) return null
  return {
    by: { id: asId(row.approved_by), name: row.name ?? 'Somebody' },
    at: instantOf(row.approved_at),
    choice: row.choice as unknown as Choice,
  }
}

/** Keeps it, in the place of one that does not count. Of two at once the loser's transaction runs again, and then finds the other's. */
export async function keepFirst(tx: WriteTx, requestId: string, by: PersonId, choice: Choice): Promise<void> {
  const values = { approved_by: by, approved_at: new Date(tx.now), choice: JSON.stringify(choice) }
  await tx.sql
    .insertInto('access_request_approvals')
    .values({ request_id: requestId, ...values })
    .onConflict((conflict) => conflict.column('request_id').doUpdateSet(values))
    .execute()
}
