// Answers AuthZEN evaluations: all items of a batch in one snapshot, at one instant.
import type { Context, ReadTx } from '../../context/context.ts'
import type { What } from '../../context/load-facts.ts'
import { askAction } from '../../law/law.ts'
import { type Answer, actionOf, answerFor, endsBatch, type Semantic } from './rules.ts'

/** One question: who (external id), does what, to what (type and external id). */
export interface Evaluation {
  readonly subject: { readonly type: string; readonly id: string }
  readonly action: { readonly name: string }
  readonly resource: { readonly type: string; readonly id: string }
}

const no: Answer = { decision: false, sentences: [{ text: 'Nothing allows it.' }], nearest: null, grant: null, until: null }

/** Answers the items in order, until the semantic says that the rest does not matter. An item that is null is wrong in itself: no. */
export function evaluate(ctx: Context, items: readonly (Evaluation | null)[], semantic: Semantic): Promise<Answer[]> {
  return ctx.reading(askAction, { kind: 'portal' }, async (tx) => {
    const answers: Answer[] = []
    for (const item of items) {
      const answer = item ? await one(tx, item) : no
      answers.push(answer)
      if (endsBatch(semantic, answer.decision)) break
    }
    return answers
  })
}

async function one(tx: ReadTx, { subject, action, resource }: Evaluation): Promise<Answer> {
  const on = whatOf(tx, resource)
  if (subject.type !== 'user' || !on) return no
  const asked = actionOf(resource.type, action.name)
  const { decision, facts } = await tx.canThey({ externalId: subject.id }, asked, on)
  return answerFor(tx.actor, tx.law, asked, facts, decision)
}

/** Resource types are the record kinds of the definition, and the customer as a whole (for opening a record, giving access, managing people). */
function whatOf(tx: ReadTx, { type, id }: Evaluation['resource']): What | null {
  if (type === 'customer') return { kind: 'customer', externalId: id }
  return tx.law.kinds.has(type) ? { kind: 'record', recordKind: type, externalId: id } : null
}
