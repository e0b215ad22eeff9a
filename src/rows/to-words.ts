// Reads a row expression as plain words, for the printed rules of a portal.
import type { RowExpression } from './expression.ts'

/** The expression as half a sentence, for instance "with look or higher … and it is open". */
export function toWords(expression: RowExpression): string {
  switch (expression.is) {
    case 'always':
      return 'always'
    case 'never':
      return 'never'
    case 'access':
      return [
        expression.levels.length > 0 ? `given ${listed(expression.levels)}` : '',
        expression.homeRoles.length > 0 ? `one of its own people as ${listed(expression.homeRoles)}` : '',
      ]
        .filter(Boolean)
        .join(', or ')
    case 'named':
      return `named on it as ${listed(expression.relations)}`
    case 'state':
      return `it is ${listed(expression.among)}`
    case 'all':
      return expression.of.map((part) => (part.is === 'any' ? `(${toWords(part)})` : toWords(part))).join(' and ')
    case 'any':
      return expression.of.map(toWords).join('; or ')
  }
}

const listed = (names: readonly string[]): string =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`
