// What would change: the same question asked before and after, of two laws or of two sets of grants. Pure, and made of `decide` alone, so that what
// is announced is what will be answered (BX-24).
import { decide } from './decide.ts'
import type { Facts, GrantFact } from './facts.ts'
import type { Action, Law } from './law.ts'

/** How things stand for one person and one thing: under a law, with facts. */
export interface Standpoint {
  readonly law: Law
  readonly facts: Facts
}

export interface Difference {
  /** Not allowed before, allowed after. */
  readonly gains: readonly Action[]
  readonly losses: readonly Action[]
}

/** Which of the actions the subject gains and loses on the thing. Both standpoints speak of the same subject and thing. */
export function difference(actions: readonly Action[], before: Standpoint, after: Standpoint): Difference {
  const may = ({ law, facts }: Standpoint, action: Action) => decide(law, action, facts).allowed
  const changed = actions.map((action) => ({ action, had: may(before, action), has: may(after, action) }))
  return {
    gains: changed.filter(({ had, has }) => has && !had).map(({ action }) => action),
    losses: changed.filter(({ had, has }) => had && !has).map(({ action }) => action),
  }
}

export interface SubjectDifference extends Difference {
  /** The facts of the one who gains or loses. */
  readonly facts: Facts
}

/** Who of several people gains or loses something on one thing by another law; those for whom nothing changes are left out. */
export function differences(actions: readonly Action[], before: Law, after: Law, people: readonly Facts[]): SubjectDifference[] {
  return people
    .map((facts) => ({ facts, ...difference(actions, { law: before, facts }, { law: after, facts }) }))
    .filter(({ gains, losses }) => gains.length + losses.length > 0)
}

/** The facts as they would be with one grant more. */
export const withGrant = (facts: Facts, grant: GrantFact): Facts => ({ ...facts, grants: [...facts.grants, grant] })

/** The facts as they would be if the grant ended. */
export const withoutGrant = (facts: Facts, id: GrantFact['id']): Facts => ({
  ...facts,
  grants: facts.grants.filter((grant) => grant.id !== id),
})

/** Every action that one law or the other knows of: each once, in the order of the alphabet. */
export const actionsOfBoth = (before: Law, after: Law): Action[] => [...new Set([...before.rules.keys(), ...after.rules.keys()])].sort()
