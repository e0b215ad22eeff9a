// What takes two people to approve, and whether two of them chose the same.
import type { LocalDate } from '../../kernel/instant.ts'
import type { Law } from '../../law/law.ts'
import { scopeInputOf } from '../grants/access-rules.ts'
import { codesForTwo } from '../grants/two-approver-rules.ts'
import type { Answer, AnsweredItem, RequestItem } from './rules.ts'

/** Just what somebody chose to give: enough to give it. */
export interface Choice {
  readonly endsOn: LocalDate
  readonly items: readonly Answer[]
}

/** Whether anything of it takes a second person, by the definition. */
export const takesTwo = ({ requests }: Pick<Law, 'requests'>, given: readonly AnsweredItem[]): boolean =>
  given.some(({ access }) => codesForTwo({ requests }, access).length > 0)

/** Every part that waits, in their order; what is not given is said too. */
export function choiceOf(items: readonly RequestItem[], given: readonly AnsweredItem[], endsOn: LocalDate): Choice {
  return {
    endsOn,
    items: items
      .filter(({ waits }) => waits)
      .map(({ id }) => {
        const access = given.find(({ item }) => item.id === id)?.access
        if (!access) return { itemId: id, level: null, rights: [] }
        const scope = scopeInputOf(access.scope)
        return { itemId: id, level: access.level, rights: [...access.rights], ...(scope ? { scope } : {}) }
      }),
  }
}

export const sameChoice = (one: Choice, other: Choice): boolean => keyOf(one) === keyOf(other)

/** Without regard to the order in which a database keeps names and lists. */
const keyOf = ({ endsOn, items }: Choice): string =>
  JSON.stringify([
    endsOn,
    items
      .map(({ itemId, level, rights, scope }) => [
        itemId,
        level ?? null,
        [...(rights ?? [])].sort(),
        scope?.sites ?? [],
        (scope?.records ?? []).map(({ kind, id }) => `${kind} ${id}`).sort(),
      ])
      .sort(),
  ])
