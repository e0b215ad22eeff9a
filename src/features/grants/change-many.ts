// The customer changes or extends several accesses at once: each by itself and with its own answer, so that one that fails does not stop the rest (BX-05).
import type { Context } from '../../context/context.ts'
import { eachPart, type PartDone } from '../../context/parts.ts'
import { homeOf } from '../organizations/actor-rules.ts'
import { type ChangeInput, changeAccess } from './change-access.ts'
import type { GrantView } from './view-rules.ts'

export async function changeMany(ctx: Context, input: { changes: readonly ChangeInput[] }): Promise<PartDone<GrantView>[]> {
  await ctx.reading('access:read', { kind: 'customer', id: homeOf(ctx.actor) }, async () => undefined)
  return eachPart(ctx, input.changes, changeAccess)
}
