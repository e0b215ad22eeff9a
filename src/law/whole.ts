// Does somebody see all of a kind? What a look shows is left to those who do (BX-01).
import { holds } from '../rows/holds.ts'
import type { Facts } from './facts.ts'
import { standing } from './grants-in-force.ts'
import type { Law } from './law.ts'
import { viewOf } from './view.ts'

/**
 * Whether the subject may read every record of the kind at the customer of the facts. What depends on the single record (its state, who or what it
 * names, what it refers to) is taken not to be met, so a yes holds for each of them, and a no may be too careful.
 */
export function readsEvery(law: Law, kind: string, facts: Facts): boolean {
  const rule = law.rules.get(`${kind}:read`)
  if (!rule || !facts.subject || !facts.thing?.customer) return false
  const view = viewOf(law, facts, standing(facts).used)
  return holds(rule, { ...view, relations: [], assigned: [], related: [], state: null, reference: 'suspended' })
}

/** The roles that everybody at a partner has at least: those that each of its other roles includes. */
export function rolesOfEverybody(law: Law): string[] {
  const roles = [...law.homeRoles.values()].filter(({ side }) => side === 'partner')
  const isIn = (less: ReadonlyMap<string, unknown>, more: ReadonlyMap<string, unknown>) =>
    [...less.keys()].every((action) => more.has(action))
  return roles.filter((one) => roles.every((other) => isIn(one.may, other.may))).map(({ role }) => role)
}
