// Reads a row expression in memory, on one row.
import type { Relation, RowExpression } from './expression.ts'

/** What a row expression asks about a row and the one who looks at it. */
export interface RowView {
  /** The level of the actor's effective grant on the row's organization, or null. */
  readonly level: string | null
  /** The actor's roles in the row's organization; empty where it is not theirs. */
  readonly homeRoles: readonly string[]
  /** How the actor is named on the row. */
  readonly relations: readonly Relation[]
  /** The row's state, or null where it has none. */
  readonly state: string | null
}

/** Whether the expression holds on the row. Pure and total: it never throws. */
export function holds(expression: RowExpression, row: RowView): boolean {
  switch (expression.is) {
    case 'always':
      return true
    case 'never':
      return false
    case 'access':
      return (
        (row.level !== null && expression.levels.includes(row.level)) || expression.homeRoles.some((role) => row.homeRoles.includes(role))
      )
    case 'named':
      return expression.relations.some((relation) => row.relations.includes(relation))
    case 'state':
      return row.state !== null && expression.among.includes(row.state)
    case 'all':
      return expression.of.every((part) => holds(part, row))
    case 'any':
      return expression.of.some((part) => holds(part, row))
  }
}
