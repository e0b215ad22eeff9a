// What is no more than something else: which levels, roles and rights give all of what another gives, and who has all of a role, so that nobody passes on
// more than they have.
import type { RowExpression } from '../rows/expression.ts'
import type { Facts } from './facts.ts'
import { standing } from './grants-in-force.ts'
import { type AllowanceLaw, allowancesOf, type Law } from './law.ts'
import { viewOf } from './view.ts'

/** For each level, role and right those that give all of it on no fewer rows, itself included. */
export function codesWithin(law: Law): ReadonlyMap<string, readonly string[]> {
  const all = allowancesOf(law)
  return new Map(all.map((one) => [one.code, all.filter((other) => givesAllOf(other, one)).map(({ code }) => code)]))
}

/** By itself, each gives all of what it gives; one without a word of its own is given by itself alone. */
const givesAllOf = (wide: AllowanceLaw, narrow: AllowanceLaw): boolean =>
  wide.code === narrow.code || (narrow.may.size > 0 && [...narrow.may].every(([action, rows]) => holdsWherever(wide.may.get(action), rows)))

/**
 * Whether the subject has, at the place of the facts (a customer, a site of it, a partner), all that the home role would give there, on no fewer rows:
 * by home roles that count there and by what was given for it. Otherwise they would hand on more than they have.
 */
export function hasAllOf(law: Law, role: string, facts: Facts): boolean {
  const wanted = law.homeRoles.get(role)
  if (!wanted) return false
  const { homeRoles, gives } = viewOf(law, facts, standing(facts).used)
  const had = [
    ...homeRoles.flatMap((name) => law.homeRoles.get(name) ?? []),
    ...allowancesOf(law).filter(({ code }) => gives.includes(code)),
  ]
  return [...wanted.may].every(([action, rows]) => had.some(({ may }) => holdsWherever(may.get(action), rows)))
}

/** Whether the one holds on every row on which the other does, as far as their texts say; in doubt it does not. */
function holdsWherever(wide: RowExpression | undefined, narrow: RowExpression): boolean {
  if (wide === undefined) return false
  if (wide.is === 'always' || JSON.stringify(wide) === JSON.stringify(narrow)) return true
  if (narrow.is === 'any') return narrow.of.every((part) => holdsWherever(wide, part))
  if (wide.is === 'any') return wide.of.some((part) => holdsWherever(part, narrow))
  return narrow.is === 'all' && (wide.is === 'all' ? wide.of : [wide]).every((part) => narrow.of.some((one) => holdsWherever(part, one)))
}
