// Reads a row expression as plain words, for the printed rules of a portal.
import type { RowExpression } from './expression.ts'

/** The expression as half a sentence, for instance "given look and it is active". */
export function toWords(expression: RowExpression): string {
  switch (expression.is) {
    case 'always':
      return 'always'
    case 'never':
      return 'never'
    case 'access':
      return accessWords(expression)
    case 'named':
      return `named on it as ${listed(expression.relations)}`
    case 'state':
      return `it is ${listed(expression.among)}`
    case 'all':
      return expression.of.map((part) => (part.is === 'any' ? `(${toWords(part)})` : toWords(part))).join(' and ')
    case 'any':
      return expression.of.map(toWords).join('; or ')
    default:
      return actorWords(expression)
  }
}

type Of<Is extends RowExpression['is']> = Extract<RowExpression, { is: Is }>

function accessWords({ gives, homeRoles }: Of<'access'>): string {
  const parts = [
    gives.length > 0 ? `given ${listed(gives)}` : '',
    homeRoles.length > 0 ? `one of its own people as ${listed(homeRoles)}` : '',
  ]
  return parts.filter(Boolean).join(', or ')
}

function actorWords(expression: Of<'type' | 'switch' | 'assigned' | 'related' | 'unsuspended' | 'addressed' | 'attribute'>): string {
  switch (expression.is) {
    case 'type':
      return `one is ${listed(expression.among)}`
    case 'switch':
      return `${expression.name} is ${expression.on ? 'on' : 'off'}`
    case 'assigned':
      return `${partnersWords(expression.alike)} is its ${listed(expression.relations)}`
    case 'related':
      return relatedWords(expression)
    case 'unsuspended':
      return `${expression.through === 'record' ? 'its customer' : 'the customer of the record it refers to'} is not suspended`
    case 'addressed':
      return `it has no customer and its ${expression.field} names one's type`
    case 'attribute':
      return `${expression.of}.${expression.name} is ${expression.equal ? '' : 'known and not '}${String(expression.value)}`
  }
}

const partnersWords = (alike: boolean): string =>
  alike ? "one's partner, or an active one of the same type and reference," : "one's partner"

function relatedWords({ relations, alike, through, unlessGranted }: Of<'related'>): string {
  const customer = through === 'record' ? 'its customer' : 'the customer of the record it refers to'
  return `${customer} is ${listed(relations)} of ${partnersWords(alike)}${unlessGranted ? ' and no grant decides there' : ''}`
}

const listed = (names: readonly string[]): string => [names.slice(0, -1).join(', '), ...names.slice(-1)].filter(Boolean).join(' or ')
