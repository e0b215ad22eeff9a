// Who can do it, and to what can they do it? Every candidate is asked about in the law itself, so that a search never answers otherwise than a check.
import type pg from 'pg'
import type { Instant } from '../kernel/instant.ts'
import { type Decision, decide } from '../law/decide.ts'
import { type Asked, type Facts, nothingAsked } from '../law/facts.ts'
import type { Action, Law } from '../law/law.ts'
import { viewOf } from '../law/view.ts'
import { kyselyOn } from '../platform/db/kysely-on.ts'
import type { Tables } from '../platform/db/tables.gen.ts'
import { always, mapLeaves, never, type RowExpression } from '../rows/expression.ts'
import { holds } from '../rows/holds.ts'
import { type Candidate, type Candidates, people, things, type Within } from './candidates.ts'
import { type External, loadFacts, loadFactsOfPairs, loadFactsOfPeople, type What } from './load-facts.ts'

/** How far a search looks, and what counts. */
export interface Search {
  readonly limit: number
  /** The place where the page before ended; null: from the start. */
  readonly after: string | null
  readonly within?: Within
  /** Which of those for whom the answer is yes count, for instance those about whom the asker may learn. */
  readonly keep: (found: Found) => boolean
  /** What a trusted caller says of the action, and of whoever or whatever is not searched for. */
  readonly asked?: Asked
}

export interface Found extends Candidate {
  readonly facts: Facts
  readonly decision: Decision
}

export interface FoundPage {
  readonly items: readonly Found[]
  /** Whether there may be more behind the place where this page ended. */
  readonly more: boolean
  readonly endedAt: string | null
}

const nothing: FoundPage = { items: [], more: false, endedAt: null }

/** After so many candidates a page ends, also when it is not full: no search holds the database for long. */
const mostLookedAt = 10_000
const fewestAtOnce = 50
const mostAtOnce = 500

interface Asking {
  readonly client: pg.PoolClient
  readonly law: Law
  readonly at: Instant
}

/** Everybody who can do it to that, in the order of their ids. The transaction is under the facts role. */
export async function whoCan({ client, law, at }: Asking, action: Action, on: What, search: Search): Promise<FoundPage> {
  const asked = search.asked ?? nothingAsked
  const facts = { ...(await loadFacts(client, law, { personId: '' }, on, at)).facts, asked }
  const { thing } = facts
  if (!thing) return nothing
  const view = viewOf(law, facts, [])
  const rule = mapLeaves(ruleOf(law, action), (leaf) => (isOfThing(leaf) && !holds(leaf, view) ? never : leaf))
  const factsOf = async (batch: readonly Candidate[]) => {
    const ids = batch.map(({ id }) => id)
    const loaded = await loadFactsOfPeople(client, ids, thing.on, at)
    return new Map(loaded.map((one) => [String(one.subject?.personId), { ...one, asked }]))
  }
  return through(law, action, people(kyselyOn<Tables>(client), rule, facts, search.within ?? {}), factsOf, search)
}

/**
 * Everything to which they can do it: records of a kind, or customers where the kind is null. The transaction is under the facts role.
 *
 * @param openedBefore only records that were there then; null: all
 */
export async function whichThings(
  { client, law, at }: Asking,
  who: { readonly personId: string } | External,
  action: Action,
  kind: string | null,
  search: Search,
  openedBefore: Instant | null = null,
): Promise<FoundPage> {
  const asked = search.asked ?? nothingAsked
  const facts = { ...(await loadFacts(client, law, who, { kind: 'self' }, at)).facts, asked }
  const view = viewOf(law, facts, [])
  const rule = mapLeaves(ruleOf(law, action), (leaf) => (isOfAsked(leaf) ? (holds(leaf, view) ? always : never) : leaf))
  const thing = (id: string): What => (kind === null ? { kind: 'customer', id } : { kind: 'record', recordKind: kind, id })
  const factsOf = async (batch: readonly Candidate[]) => {
    const pairs = batch.map(({ id }) => ({ who, on: thing(id) }))
    const loaded = await loadFactsOfPairs(client, pairs, at, asked)
    return new Map(batch.flatMap(({ id }, place): [string, Facts][] => (loaded[place] ? [[id, loaded[place]]] : [])))
  }
  return through(law, action, things(kyselyOn<Tables>(client), rule, kind, facts, { ...search.within, openedBefore }), factsOf, search)
}

const ruleOf = (law: Law, action: Action): RowExpression => law.rules.get(action) ?? never

/** Leaves that hold on a thing, or do not, whoever asks. */
const isOfThing = (leaf: RowExpression): boolean =>
  leaf.is === 'state' || leaf.is === 'unsuspended' || (leaf.is === 'attribute' && leaf.of !== 'person')
/** Leaves that hold for somebody who does something, or do not, on whatever thing. */
const isOfAsked = (leaf: RowExpression): boolean =>
  leaf.is === 'type' || leaf.is === 'switch' || (leaf.is === 'attribute' && leaf.of !== 'record')

type FactsOf = (batch: readonly Candidate[]) => Promise<ReadonlyMap<string, Facts>>

async function through(law: Law, action: Action, candidates: Candidates, factsOf: FactsOf, search: Search): Promise<FoundPage> {
  const { limit, keep } = search
  const found: Found[] = []
  let after = search.after
  for (let looked = 0; looked < mostLookedAt; ) {
    const many = Math.min(mostAtOnce, Math.max(fewestAtOnce, 2 * (limit + 1 - found.length)))
    const batch = await candidates(after, many)
    const facts = await factsOf(batch)
    found.push(...batch.flatMap((candidate) => decided(law, action, candidate, facts.get(candidate.id))).filter(keep))
    if (found.length > limit) return { items: found.slice(0, limit), more: true, endedAt: found[limit - 1]?.id ?? search.after }
    after = batch.at(-1)?.id ?? after
    if (batch.length < many) return { items: found, more: false, endedAt: after }
    looked += batch.length
  }
  return { items: found, more: true, endedAt: after }
}

function decided(law: Law, action: Action, candidate: Candidate, facts: Facts | undefined): Found[] {
  if (!facts) return []
  const decision = decide(law, action, facts)
  return decision.allowed ? [{ ...candidate, facts, decision }] : []
}
