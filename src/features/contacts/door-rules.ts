// Which question is asked before the people of an organization are seen or changed. The law answers it.
import { homeAbilities } from '../../law/abilities.ts'
import type { Actor } from '../../law/actors.ts'
import type { On } from '../../law/facts.ts'
import type { Action, Law } from '../../law/law.ts'

export interface Question {
  readonly action: Action
  readonly on: On
  /** Who runs the portal changes the people of one organization, although the portal is asked about. */
  readonly concerns?: 'one customer'
}

export type PeopleAction = 'people:read' | 'people:add' | 'people:manage' | 'people:make_administrator'

/** Who runs the portal sets up the first people of every organization (CD-049); that is asked as running the portal. */
function runsThePortal(law: Law, actor: Actor): boolean {
  if (actor.kind === 'key') return actor.operator
  return actor.kind === 'person' && actor.side === 'vendor' && homeAbilities(law, actor.roles).includes('portal:operate')
}

/** @param siteNo asks about that site of a customer alone */
export function questionAbout(law: Law, actor: Actor, organizationId: string, action: PeopleAction, siteNo?: number): Question {
  if (runsThePortal(law, actor)) return { action: 'portal:operate', on: { kind: 'portal' }, concerns: 'one customer' }
  return { action, on: placeOf(actor, organizationId, siteNo) }
}

/** The organization as a thing to ask about: one's own firm, or a customer. */
export function placeOf(actor: Actor, organizationId: string, siteNo?: number): On {
  const own = (actor.kind === 'person' || actor.kind === 'key') && actor.organizationId === organizationId
  if (own && actor.side !== 'customer') return { kind: 'partner', id: organizationId }
  return { kind: 'customer', id: organizationId, ...(siteNo === undefined ? {} : { siteNo }) }
}
