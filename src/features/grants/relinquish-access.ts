// The partner gives an access up before its day: the person whose own it is, or an administrator there. It ends at once, and the customer is told.
import type { Context, WriteTx } from '../../context/context.ts'
import { takingAway } from '../../context/taking-away.ts'
import { refuse } from '../../kernel/refusal.ts'
import { ownAction } from '../../law/law.ts'
import { linesOfText } from '../conversations/rules.ts'
import { personOf } from '../organizations/actor-rules.ts'
import { relinquish } from './removal-steps.ts'
import { type Grant, longestReason, refuseOver } from './rules.ts'
import { grantAt, viewOfOne } from './steps.ts'
import type { GrantView } from './view-rules.ts'

export interface RelinquishInput {
  readonly grantId: string
  readonly reason?: string | undefined
}

export interface Relinquished {
  readonly grant: GrantView
  /** What the same people still have there, and to whom open work went. */
  readonly left: readonly string[]
}

/**
 * What is one's own anybody gives up; what everyone at the partner, a group or a colleague has, needs `access:relinquish`. Refuses (409) what is over. Open work
 * goes to the customer's own people, which is told to both sides (BX-12).
 */
export async function relinquishAccess(ctx: Context, input: RelinquishInput): Promise<Relinquished> {
  const on = { kind: 'grant', id: input.grantId } as const
  const mine = await ctx.reading('access:read', on, async (tx) => isOwn(await grantAt(tx, input.grantId), personOf(tx.actor)))
  if (mine) return takingAway(ctx).writing(ownAction, { kind: 'self' }, (tx) => giveUp(tx, input))
  return takingAway(ctx).writing('access:relinquish', on, (tx) => giveUp(tx, input))
}

const isOwn = ({ person }: Grant, me: string | null): boolean => person !== null && person.id === me

async function giveUp(tx: WriteTx, { grantId, reason: sent }: RelinquishInput): Promise<Relinquished> {
  const grant = await grantAt(tx, grantId)
  if (tx.actor.kind !== 'person' || tx.actor.organizationId !== grant.partner.id)
    refuse('not-allowed', 'Only whoever has an access gives it up. Nothing was changed. A customer removes it.')
  refuseOver(grant, tx.now)
  const reason = sent === undefined ? null : linesOfText('reason', sent, longestReason)
  const left = await relinquish(tx, grant, reason)
  return { grant: await viewOfOne(tx, await grantAt(tx, grant.id)), left }
}
