// What an actor sees of a kind: nothing, or the rows where an expression holds. There is no "everything": even the widest rule names its rows.
import type { RowExpression } from './expression.ts'

export type Visibility = { readonly is: 'none' } | { readonly is: 'where'; readonly expression: RowExpression }
