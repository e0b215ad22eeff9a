// The portal definition in force, as SQL.
import type { ReadTx } from '../../context/context.ts'
import { instantOf } from '../../kernel/instant.ts'

export async function definitionInForce(tx: ReadTx) {
  const row = await tx.sql
    .selectFrom('portal_definitions')
    .select(['name as portal', 'version', 'source', 'applied_at', 'applied_by as appliedBy'])
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow()
  const { applied_at: at, ...rest } = row
  return { ...rest, appliedAt: instantOf(at) }
}
