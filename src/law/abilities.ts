// What may they do here? The answers that the interface shows as buttons; it never works them out itself.
import { decide } from './decide.ts'
import type { Facts } from './facts.ts'
import type { Action, Law } from './law.ts'

/** For each action: may the subject do it to the thing. */
export function abilities(law: Law, actions: readonly Action[], facts: Facts): Record<string, boolean> {
  return Object.fromEntries(actions.map((action) => [action.slice(action.indexOf(':') + 1), decide(law, action, facts).allowed]))
}

/** Every action that the roles allow somewhere in one's own organization, for menus. */
export function homeAbilities(law: Law, roles: readonly string[]): Action[] {
  const actions = roles.flatMap((role) => [...(law.homeRoles.get(role)?.may.keys() ?? [])])
  return [...new Set(actions)].sort()
}
