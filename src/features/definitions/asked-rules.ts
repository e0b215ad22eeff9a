// What a comparison of two laws asks: only actions whose rules differ, on what each law knows them for.
import { actionsOfBoth } from '../../law/difference.ts'
import { type Action, type Law, letInAction } from '../../law/law.ts'
import { mentions, type RowExpression } from '../../rows/expression.ts'

/** The older law and the newer one, each with the rules alone that are asked here, and their actions. */
export interface Asked {
  readonly before: Law
  readonly after: Law
  readonly actions: readonly Action[]
}

export interface AskedOf {
  /** By kind of record. */
  readonly records: ReadonlyMap<string, Asked>
  /** On customers and on one's own organization: opening records there, and whatever is done to no record. */
  readonly places: Asked
  /** On the portal itself: for the vendor's people what they may do there, for everybody the pages that show no records. */
  readonly portal: Asked
}

type Place = { readonly on: 'record'; readonly kind: string } | { readonly on: 'place' } | { readonly on: 'portal' }

/** For what a law knows an action; a page is a question about the records that it shows. */
function placeOf(law: Law, action: Action): Place {
  const [kind = '', verb] = action.split(':')
  if (kind === 'page') {
    const shows = law.pages.get(verb ?? '')?.shows ?? null
    return shows === null ? { on: 'portal' } : { on: 'record', kind: shows }
  }
  const ofRecords = verb !== 'open' && law.kinds.get(kind)?.actions.some((known) => known.action === verb)
  return ofRecords ? { on: 'record', kind } : { on: 'place' }
}

/** Everything of which one law may say something else than the other. */
export function askedOf(before: Law, after: Law): AskedOf {
  const changed = actionsOfBoth(before, after).filter((action) => rulesDiffer(before, after, action))
  const kinds = [...new Set([...before.kinds.keys(), ...after.kinds.keys()])]
  const asked = (is: (place: Place) => boolean): Asked => {
    const onlyOf = (law: Law) =>
      restricted(
        law,
        changed.filter((action) => law.rules.has(action) && is(placeOf(law, action))),
      )
    const [older, newer] = [onlyOf(before), onlyOf(after)]
    return { before: older, after: newer, actions: actionsOfBoth(older, newer) }
  }
  const records = kinds.map((kind): [string, Asked] => [kind, asked((place) => place.on === 'record' && place.kind === kind)])
  return {
    records: new Map(records.filter(([, { actions }]) => actions.length > 0)),
    places: asked(({ on }) => on === 'place'),
    // What the vendor's people do to the portal has no record either.
    portal: asked(({ on }) => on !== 'record'),
  }
}

/** The same rule says something else where another sort of grantee counts; and an action may have moved to another kind. */
function rulesDiffer(before: Law, after: Law, action: Action): boolean {
  const [older, newer] = [before.rules.get(action), after.rules.get(action)]
  if (JSON.stringify(older) !== JSON.stringify(newer)) return true
  // Letting in colleagues depends on the definition's word too, and on who is an administrator of a partner.
  if (action === letInAction && (before.colleagues !== after.colleagues || !sameAdministrators(before, after))) return true
  if (JSON.stringify(placeOf(before, action)) !== JSON.stringify(placeOf(after, action))) return true
  return !sameGrantees(before, after) && older !== undefined && mentions(older, (leaf) => leaf.is === 'access' && leaf.gives.length > 0)
}

const sameAdministrators = (before: Law, after: Law): boolean => administratorsOf(before) === administratorsOf(after)
const administratorsOf = ({ homeRoles }: Law): string =>
  [...homeRoles.values()]
    .flatMap(({ role, side, may }) => (may.has(letInAction) ? `${side} ${role}` : []))
    .sort()
    .join()

export const sameGrantees = (before: Law, after: Law): boolean => [...before.grantees].sort().join() === [...after.grantees].sort().join()

/** The law with no other rules: what it is not asked about, it refuses. */
const restricted = (law: Law, actions: readonly Action[]): Law => ({
  ...law,
  rules: new Map(actions.flatMap((action): [Action, RowExpression][] => [[action, law.rules.get(action) as RowExpression]])),
})

/** What the rules look at, so that records that differ in nothing else can be counted together. */
export interface LookedAt {
  readonly kinds: readonly string[]
  /** How people and partners are named, as far as a rule asks for it. */
  readonly named: readonly string[]
  readonly assigned: readonly string[]
  readonly fields: readonly string[]
  readonly people: readonly string[]
}

export function lookedAt({ records, places, portal }: AskedOf): LookedAt {
  const found = { named: new Set<string>(), assigned: new Set<string>(), fields: new Set<string>(), people: new Set<string>() }
  for (const { before, after } of [...records.values(), places, portal])
    for (const rule of [...before.rules.values(), ...after.rules.values()]) mentions(rule, (leaf) => note(leaf, found))
  const { named, assigned, fields, people } = found
  return { kinds: [...records.keys()], named: [...named], assigned: [...assigned], fields: [...fields], people: [...people] }
}

/** Never says yes, so that every leaf is passed. */
function note(leaf: RowExpression, found: Record<'named' | 'assigned' | 'fields' | 'people', Set<string>>): false {
  if (leaf.is === 'named') for (const one of leaf.relations) found.named.add(one)
  if (leaf.is === 'assigned') for (const one of leaf.relations) found.assigned.add(one)
  if (leaf.is === 'addressed') found.fields.add(leaf.field)
  if (leaf.is === 'attribute' && leaf.of === 'record') found.fields.add(leaf.name)
  if (leaf.is === 'attribute' && leaf.of === 'person') found.people.add(leaf.name)
  return false
}
