// What a row set is made of, through the other row sets in it: how many conditions, and whether it ever comes to an end.
import type { Condition, PortalDefinition } from './schema.ts'

/** More conditions than this is no filter that anybody understands, and each of them is asked of rows. */
export const mostConditions = 500

/** How many conditions each row set is made of; Infinity where it comes back to itself, or to one that does. */
export function conditionsIn(definition: PortalDefinition): ReadonlyMap<string, number> {
  const sets = definition.row_sets ?? {}
  const counted = new Map<string, number>()
  const count = (name: string, above: ReadonlySet<string>): number => {
    const condition = sets[name]
    if (condition === undefined) return 0
    if (above.has(name)) return Number.POSITIVE_INFINITY
    const known = counted.get(name)
    if (known !== undefined) return known
    const within = new Set([...above, name])
    const size = countOf(condition, definition, (inner) => count(inner, within))
    counted.set(name, size)
    return size
  }
  for (const name of Object.keys(sets)) count(name, new Set())
  return counted
}

function countOf(condition: Condition, definition: PortalDefinition, named: (name: string) => number): number {
  if (typeof condition === 'string') return named(condition)
  return sum(
    Object.entries(condition).map(([key, value]) => {
      if (typeof value === 'string') return isReference(key, definition) ? 1 + named(value) : 1
      return typeof value === 'boolean' ? 1 : sum(value.map((part) => countOf(part, definition, named)))
    }),
  )
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0)

/** Behind a reference stands a row set; a customer set or partner set of the same name is another thing. */
const isReference = (key: string, { records }: PortalDefinition): boolean =>
  Object.values(records).some(({ refers_to: kind }) => kind === key)
