// "Can they do that, and why?" for people and for keys, at this instant or an earlier one, with the same answer as the decision API.
import type { Context } from '../../context/context.ts'
import type { What, Who } from '../../context/load-facts.ts'
import { isUuid } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/instant.ts'
import { type Answer, actionOf, answerFor, nothingToSay } from '../decisions/rules.ts'
import { askingOf } from './rules.ts'

export interface Question {
  /** A person's id, or external id. */
  readonly person: string
  /** A verb of the record's kind, such as "reply". */
  readonly action: string
  readonly record: { readonly kind: string; readonly id?: string | undefined; readonly externalId?: string | undefined }
  /** Grants, memberships, roles, relations and the definition as of then; the record as it is now. */
  readonly at?: Instant | undefined
}

export type Explained = Answer & { readonly at: Instant }

/** Answers with sentences; what the asker may not learn about looks like what does not exist. */
export function explainAccess(ctx: Context, question: Question): Promise<Explained> {
  const { actor } = ctx
  const { action: asking, on } = askingOf(actor)
  return ctx.reading(asking, on, async (tx) => {
    const who: Who = isUuid(question.person) ? { personId: question.person } : { externalId: question.person }
    const action = actionOf(question.record.kind, question.action)
    const { decision, facts, law } = await tx.canThey(who, action, recordOf(question), question.at)
    // A record is told of as it is now, so a partner whose people do not see it now hears nothing of it, whatever they saw then.
    const now = question.at === undefined ? decision : (await tx.canThey(who, action, recordOf(question))).decision
    if ('side' in actor && actor.side === 'partner' && !now.seen) return { ...nothingToSay, at: facts.at }
    return { ...answerFor(tx.actor, law, action, facts, decision), at: facts.at }
  })
}

function recordOf({ record }: Question): What {
  const { kind: recordKind, id, externalId } = record
  return id !== undefined ? { kind: 'record', recordKind, id } : { kind: 'record', recordKind, externalId: externalId ?? '' }
}
