// The order in which records come in: those that others are part of, or refer to, before those others.
import type { Law } from '../../law/law.ts'

/**
 * The rank of every kind of record: one more than the kinds that it is part of or refers to, so that kinds of one rank can come in together.
 * Where kinds refer to each other in a circle, the one that stands first in the definition comes last.
 */
export function recordRanks({ kinds }: Law): ReadonlyMap<string, number> {
  const ranks = new Map<string, number>()
  const rankOf = (name: string, above: ReadonlySet<string>): number => {
    const kind = kinds.get(name)
    const known = ranks.get(name)
    if (known !== undefined || !kind || above.has(name)) return known ?? -1
    const within = new Set([...above, name])
    const others = [...kind.parents, ...(kind.refersTo === null ? [] : [kind.refersTo])]
    const rank = 1 + Math.max(-1, ...others.map((other) => rankOf(other, within)))
    ranks.set(name, rank)
    return rank
  }
  for (const name of kinds.keys()) rankOf(name, new Set())
  return ranks
}
