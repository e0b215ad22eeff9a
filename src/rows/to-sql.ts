// Writes a row expression as SQL over a row of `records`. Only names out of a checked portal definition are written into the text.
import { type RawBuilder, sql } from 'kysely'
import type { RowExpression } from './expression.ts'
import type { Visibility } from './visibility.ts'

const nameShape = /^[a-z][a-z0-9_]{0,63}$/

function literal(name: string): string {
  if (!nameShape.test(name)) throw new Error(`not a name of a portal definition: ${JSON.stringify(name)}`)
  return `'${name}'`
}

const textArray = (names: readonly string[]): string => `array[${names.map(literal).join(', ')}]::text[]`

/**
 * The expression as SQL text over a row of `records` (or its alias), true where it holds for the actor of the transaction's settings.
 * What depends on the actor alone stands in sub-selects without outer references: computed once a statement.
 */
export function sqlText(expression: RowExpression, kind: string, row: string): string {
  switch (expression.is) {
    case 'always':
      return 'true'
    case 'never':
      return 'false'
    case 'access':
      return `holds_customer((select access_customers(${textArray(expression.levels)}, ${textArray(expression.homeRoles)})), ${row}.customer_no)`
    case 'named':
      return `${row}.id = any ((select my_records(${literal(kind)}, ${textArray(expression.relations)}))::bigint[])`
    case 'state':
      return `${row}.state in (${expression.among.map(literal).join(', ') || "''"})`
    case 'all':
      return `(${expression.of.map((part) => sqlText(part, kind, row)).join(' and ')})`
    case 'any':
      return `(${expression.of.map((part) => sqlText(part, kind, row)).join(' or ')})`
  }
}

/** A visibility as a condition for a query over `records` under the given alias. */
export function toSql(visibility: Visibility, kind: string, row = 'records'): RawBuilder<boolean> {
  const text = visibility.is === 'none' ? 'false' : sqlText(visibility.expression, kind, row)
  return sql<boolean>`${sql.raw(`(${row}.kind = ${literal(kind)} and ${text})`)}`
}
