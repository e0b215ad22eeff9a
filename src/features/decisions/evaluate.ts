// Answers AuthZEN evaluations: all items of a batch in one snapshot, at one instant, and with them those of the same key's other requests.
import type { Context, ReadTx } from '../../context/context.ts'
import { Gathering } from '../../context/gathering.ts'
import type { House } from '../../context/house.ts'
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

/** What one request asks: its items in order, and when the rest of them need not be answered. An item that is null is wrong in itself: no. */
interface Request {
  readonly ctx: Context
  readonly items: readonly (Evaluation | null)[]
  readonly semantic: Semantic
}

/** Requests of one key that arrive together, in each house. */
const gatherings = new WeakMap<House, Gathering<Request, Answer[]>>()
/** A request with more items has a run to itself: so a run of fifty requests has no more items than the longest batch. */
const fewItems = 20

/** Answers the items in order, until the semantic says that the rest does not matter. An item that is null is wrong in itself: no. */
export async function evaluate(ctx: Context, items: readonly (Evaluation | null)[], semantic: Semantic): Promise<Answer[]> {
  const request = { ctx, items, semantic }
  if (items.length > fewItems) return (await answerAll([request]))[0] as Answer[]
  const gathering = gatherings.get(ctx.house) ?? new Gathering(answerAll)
  gatherings.set(ctx.house, gathering)
  return gathering.ask(JSON.stringify(ctx.actor), request)
}

/** All requests are the same asker's. */
function answerAll(requests: readonly [Request, ...Request[]]): Promise<Answer[][]> {
  return requests[0].ctx.reading(askAction, { kind: 'portal' }, async (tx) => {
    const facts = await factsOf(
      tx,
      requests.flatMap(({ items }) => items),
    )
    return requests.map((request) => answersTo(tx, request, facts))
  })
}

function answersTo(tx: ReadTx, { items, semantic }: Request, facts: ReadonlyMap<Evaluation, Facts>): Answer[] {
  const answers: Answer[] = []
  for (const item of items) {
    const known = item && facts.get(item)
    const answer = item && known ? answerTo(tx, item, known) : nothingAllowsIt
    answers.push(answer)
    if (endsBatch(semantic, answer.decision)) break
  }
  return answers
}

/** What each item is about: a statement for those about records, and one for those about customers. Others than users can do nothing. */
async function factsOf(tx: ReadTx, items: readonly (Evaluation | null)[]): Promise<ReadonlyMap<Evaluation, Facts>> {
  const asked = items.flatMap((item) => {
    const of = item?.subject.type === 'user' ? resourceOf(tx.law, item.resource.type) : null
    return item && of ? [{ item, pair: { who: { externalId: item.subject.id }, on: { ...of, externalId: item.resource.id } } }] : []
  })
  const loaded = [...Map.groupBy(asked, ({ pair }) => pair.on.kind).values()].map(async (alike) => {
    const facts = await tx.factsOfPairs(alike.map(({ pair }) => pair))
    return facts.map((one, place) => [alike[place]?.item as Evaluation, one] as const)
  })
  return new Map((await Promise.all(loaded)).flat())
}

function answerTo(tx: ReadTx, { subject, action, resource }: Evaluation, known: Facts): Answer {
  const named = actionOf(resource.type, action.name)
  const asked = askedBy(tx.actor, { subject: subject.properties, action: action.properties, resource: resource.properties })
  const facts = { ...known, asked }
  return answerFor(tx.actor, tx.law, named, facts, decide(tx.law, named, facts))
}
