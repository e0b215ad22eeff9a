// The operator puts a definition in force on a running portal: as a new version, with its row policies, seen by every process before its next answer.
import type { Context } from '../../context/context.ts'
import { refuse } from '../../kernel/refusal.ts'
import { readSource } from './read-source.ts'
import { cannotApply, checkSomebodyRuns } from './rules.ts'

export interface ApplyInput {
  readonly source: string
  /** The version that it was compared with; where another one is in force meanwhile, also because this very request was sent before, it is `stale`. */
  readonly replaces: number
}

export interface AppliedDefinition {
  readonly portal: string
  readonly version: number
  /** False where this text was in force already. */
  readonly isNew: boolean
}

/**
 * Refuses `invalid-input` with every fault of the text, `stale` where another version came first, `not-allowed` where this server cannot replace row
 * policies. Needs `portal:operate`, asked of the law that is in force: it is the last one that this law answers.
 */
export async function applyPortalDefinition(ctx: Context, { source, replaces }: ApplyInput): Promise<AppliedDefinition> {
  const { house, actor, requestRef } = ctx
  const at = await ctx.reading('portal:operate', { kind: 'portal' }, async (tx) => tx.now)
  if (actor.kind === 'nobody') throw new Error('nobody passed the door')
  const law = readSource('source', source)
  checkSomebodyRuns(law)
  if (!house.applyAsOwner)
    return refuse('not-allowed', 'This server cannot put a definition in force. Nothing was changed.', { because: cannotApply })
  const applied = await house.applyAsOwner(law, { actor, at, requestRef, replaces })
  house.law = applied.law
  return { portal: law.portal, version: applied.law.version, isNew: applied.isNew }
}
