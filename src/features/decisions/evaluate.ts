// Answers AuthZEN evaluations: all items of a batch in one snapshot, at one instant.
import type { Context, ReadTx } from '../../context/context.ts'
import type { What } from '../../context/load-facts.ts'
import { decide } from '../../law/decide.ts'
import type { Facts } from '../../law/facts.ts'
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
    const facts = await factsOf(tx, items)
    const answers: Answer[] = []
    for (const item of items) {
      const known = item && facts.get(item)
      const answer = item && known ? answerTo(tx, item, known) : nothingAllowsIt
      answers.push(answer)
      if (endsBatch(semantic, answer.decision)) break
    }
    return answers
  })
}

/** What each item is about; the items about one user and one sort of resource are loaded together. Others than users can do nothing. */
async function factsOf(tx: ReadTx, items: readonly (Evaluation | null)[]): Promise<ReadonlyMap<Evaluation, Facts>> {
  const askable = items.filter((item) => item !== null).filter(({ subject }) => subject.type === 'user')
  const facts = new Map<Evaluation, Facts>()
  for (const [type, ofType] of Map.groupBy(askable, ({ resource }) => resource.type)) {
    const of = resourceOf(tx.law, type)
    if (!of) continue
    for (const [externalId, together] of Map.groupBy(ofType, ({ subject }) => subject.id)) {
      const things = together.map(({ resource }): What => ({ ...of, externalId: resource.id }))
      const loaded = await tx.factsOfThings({ externalId }, things)
      together.forEach((item, place) => void (loaded[place] && facts.set(item, loaded[place])))
    }
  }
  return facts
}

function answerTo(tx: ReadTx, { subject, action, resource }: Evaluation, known: Facts): Answer {
  const named = actionOf(resource.type, action.name)
  const asked = askedBy(tx.actor, { subject: subject.properties, action: action.properties, resource: resource.properties })
  const facts = { ...known, asked }
  return answerFor(tx.actor, tx.law, named, facts, decide(tx.law, named, facts))
}
