// Where every record of a customer is read, as SQL over any table with a customer's number: only those may be counted without looking at them.
import { conditionsOf, isWhole, type Source } from './sources.ts'
import { sqlText } from './to-sql.ts'

export function wholeText(sources: readonly Source[], kind: string, row: string): string {
  const parts = sources.filter(isWhole).map((source) => conditionsOf(source).map((leaf) => sqlText(leaf, kind, row)))
  return parts.length === 0 ? 'false' : `(${parts.map((conditions) => conditions.join(' and ') || 'true').join(' or ')})`
}
