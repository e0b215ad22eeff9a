// The order in which kinds of records come in: what others are part of, or refer to, before those others.
import type { KindLaw, Law } from '../../law/law.ts'

/** Every kind once. Where kinds refer to each other in a circle, the one that stands first in the definition comes last. */
export function referredToFirst({ kinds }: Law): string[] {
  const ordered = new Set<string>()
  const met = new Set<string>()
  const visit = ({ kind, parents, refersTo }: KindLaw): void => {
    if (met.has(kind)) return
    met.add(kind)
    for (const other of [...parents, ...(refersTo === null ? [] : [refersTo])]) {
      const before = kinds.get(other)
      if (before) visit(before)
    }
    ordered.add(kind)
  }
  for (const kind of kinds.values()) visit(kind)
  return [...ordered]
}
