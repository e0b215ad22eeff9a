// What changes between two laws, found by asking about everybody and everything one by one: slow, and nothing is grouped or left out.
import type { ReadTx } from '../../context/context.ts'
import { decide } from '../../law/decide.ts'
import type { Facts, On } from '../../law/facts.ts'
import type { Action, Law } from '../../law/law.ts'

/** `<person> <on> <action>` → how many things are gained and lost; nothing for what stays. */
export type Found = Record<string, readonly [gained: number, lost: number]>

/** One person and one thing, with the facts that a check loads. */
export interface Pair {
  readonly on: 'record' | 'customer' | 'organization' | 'portal'
  readonly facts: Facts
}

/** Everybody with everything: records, customers and one's own organization, the portal. */
export async function pairsOf(tx: ReadTx): Promise<Pair[]> {
  const people = await tx.sql.selectFrom('people').select('id').orderBy('id').execute()
  const records = await tx.sql.selectFrom('records').select(['id', 'kind']).orderBy('id').execute()
  const organizations = await tx.sql.selectFrom('organizations').select(['id', 'kind']).orderBy('id').execute()
  const things: On[][] = [
    ...[...Map.groupBy(records, ({ kind }) => kind)].map(([recordKind, ones]) =>
      ones.map(({ id }): On => ({ kind: 'record', recordKind, id: String(id) })),
    ),
    organizations.filter(({ kind }) => kind === 'customer').map(({ id }): On => ({ kind: 'customer', id })),
    organizations.filter(({ kind }) => kind === 'partner').map(({ id }): On => ({ kind: 'partner', id })),
    [{ kind: 'portal' }],
  ]
  const pairs: Pair[] = []
  for (const { id: personId } of people)
    for (const alike of things) {
      if (alike.length === 0) continue
      for (const facts of await tx.factsOfPairs(alike.map((on) => ({ who: { personId }, on })))) pairs.push(...pairOf(facts))
    }
  return pairs
}

/** A partner is asked about for its own people alone. */
function pairOf(facts: Facts): Pair[] {
  const { thing, subject } = facts
  if (!thing || !subject) return []
  const { on } = thing
  if (on.kind === 'record' || on.kind === 'portal') return [{ on: on.kind, facts }]
  const own = 'id' in on && on.id === subject.organizationId
  if (own) return [{ on: 'organization', facts }]
  return on.kind === 'customer' ? [{ on: 'customer', facts }] : []
}

export function byBruteForce(before: Law, after: Law, pairs: readonly Pair[]): Found {
  const counts = new Map<string, [number, number]>()
  const actions = [...new Set([...before.rules.keys(), ...after.rules.keys()])]
  for (const pair of pairs)
    for (const action of actions) {
      const [had, has] = [may(before, action, pair), may(after, action, pair)]
      if (had === has) continue
      const key = `${pair.facts.subject?.personId} ${pair.on} ${action}`
      const count = counts.get(key) ?? [0, 0]
      count[has ? 0 : 1] += 1
      counts.set(key, count)
    }
  return Object.fromEntries(counts)
}

function may(law: Law, action: Action, { on, facts }: Pair): boolean {
  const { subject, thing } = facts
  const kind = thing?.on.kind === 'record' ? thing.on.recordKind : null
  const isPage = action.startsWith('page:')
  const shows = isPage ? (law.pages.get(action.slice('page:'.length))?.shows ?? null) : null
  const ofRecords = isPage ? shows : kindOf(law, action)
  const isAsked =
    kind !== null ? ofRecords === kind : ofRecords === null && (isPage ? on === 'portal' : on !== 'portal' || subject?.side === 'vendor')
  return isAsked && decide(law, action, facts).allowed
}

/** The kind of record on which the action is asked; opening one is asked of the customer. */
function kindOf(law: Law, action: Action): string | null {
  const [kind = '', verb] = action.split(':')
  return verb !== 'open' && law.kinds.get(kind)?.actions.some((one) => one.action === verb) ? kind : null
}
