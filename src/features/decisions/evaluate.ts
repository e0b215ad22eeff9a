// Answers AuthZEN evaluations: all items of a batch in one snapshot, at one instant.
import type { Context, ReadTx } from '../../context/context.ts'
import { askAction } from '../../law/law.ts'
import { type Answer, actionOf, answerFor, askedBy, endsBatch, nothingAllowsIt, resourceOf, type Semantic } from './rules.ts'

type Properties = Readonly<Record<string, unknown>> | undefined

/** Somebody or something with its type and its external id. */
export interface Entity {
  readonly type: string
  readonly id: string
  readonly properties?: Properties
}

export interface NamedAction {
  readonly name: string
  readonly properties?: Properties
}

/** One question: who does what, to what. */
export interface Evaluation {
  readonly subject: Entity
  readonly action: NamedAction
  readonly resource: Entity
}

/** Answers the items in order, until the semantic says that the rest does not matter. An item that is null is wrong in itself: no. */
export function evaluate(ctx: Context, items: readonly (Evaluation | null)[], semantic: Semantic): Promise<Answer[]> {
  return ctx.reading(askAction, { kind: 'portal' }, async (tx) => {
    const answers: Answer[] = []
    for (const item of items) {
      const answer = item ? await one(tx, item) : nothingAllowsIt
      answers.push(answer)
      if (endsBatch(semantic, answer.decision)) break
    }
    return answers
  })
}

async function one(tx: ReadTx, { subject, action, resource }: Evaluation): Promise<Answer> {
  const of = resourceOf(tx.law, resource.type)
  if (subject.type !== 'user' || !of) return nothingAllowsIt
  const asked = actionOf(resource.type, action.name)
  const said = askedBy(tx.actor, { subject: subject.properties, action: action.properties, resource: resource.properties })
  const { decision, facts } = await tx.canThey({ externalId: subject.id }, asked, { ...of, externalId: resource.id }, tx.now, said)
  return answerFor(tx.actor, tx.law, asked, facts, decision)
}
