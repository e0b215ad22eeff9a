// A rule as people read it: its parts as a list in which "one of" and "all of" stand above what they join.
import type { RowExpression } from '../../rows/expression.ts'
import { toWords } from '../../rows/to-words.ts'

/** In one line where it joins no more than conditions that must all hold; otherwise with a line for each part. */
export function ruleWords(expression: RowExpression): string {
  if (expression.is === 'all' && !expression.of.some(({ is }) => is === 'any')) return expression.of.map(partWords).join(' and ')
  if (expression.is !== 'all' && expression.is !== 'any') return toWords(expression)
  const parts = expression.of.map((part) => `\n  - ${ruleWords(part).replaceAll('\n', '\n    ')}`)
  return `${expression.is === 'any' ? 'one of' : 'all of'}${parts.join('')}`
}

/** A part that itself says "or" stands in brackets. */
const partWords = (part: RowExpression): string =>
  part.is === 'access' && part.gives.length > 0 && part.homeRoles.length > 0 ? `(${toWords(part)})` : toWords(part)
