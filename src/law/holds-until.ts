// Until when does a yes hold, if nobody changes anything? Grants begin and end; the law is asked again at each of these instants.
import type { Instant } from '../kernel/instant.ts'
import { decide } from './decide.ts'
import type { Facts } from './facts.ts'
import type { Action, Law } from './law.ts'

/**
 * The first instant from which it is a no; null: no end is known. A grant's own end is not always that: a less specific one may allow it then as well,
 * and a more specific one that begins before it may allow less. What was given after the instant of the question is not looked at.
 */
export function holdsUntil(law: Law, action: Action, facts: Facts): Instant | null {
  const grants = facts.grants.filter(({ givenAt }) => givenAt <= facts.at)
  const instants = grants.flatMap(({ from, until }) => [from, until]).filter((instant) => instant > facts.at)
  return [...new Set(instants)].sort().find((at) => !decide(law, action, { ...facts, grants, at }).allowed) ?? null
}
