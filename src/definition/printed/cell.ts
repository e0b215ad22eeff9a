// One cell of a permission table: a tick, a cross, or a tick with its condition; a condition that is long stands below as a note.
import type { RowExpression } from '../../rows/expression.ts'
import { ruleWords } from './rule-words.ts'

export const tick = '✓'
export const cross = '✗'

/** What the cells say in short. */
export const legend = [
  `${tick} yes   ${cross} no   ${tick} mine: where the person is named on it   ${tick} open: while it is open`,
  `${tick} page: on the rows that the page table gives their type of user   ${tick} relation: where a record or its customer names their partner`,
  `${tick} [1]: where the note of that number holds`,
]

/** Long conditions of a text, each once, numbered as they come. */
export interface Notes {
  numberOf(words: string): number
  lines(): string[]
}

export function notes(): Notes {
  const known: string[] = []
  return {
    numberOf: (words) => {
      if (!known.includes(words)) known.push(words)
      return known.indexOf(words) + 1
    },
    lines: () => known.map((words, index) => `[${index + 1}] ${words}`),
  }
}

/** What a level, a right or a role may do with one action; undefined where it says nothing of it. */
export function cell(expression: RowExpression | undefined, among: Notes): string {
  if (expression === undefined || expression.is === 'never') return cross
  if (expression.is === 'always') return tick
  const short = shortWords(expression)
  return `${tick} ${short ?? `[${among.numberOf(ruleWords(expression))}]`}`
}

/** `mine`, `open`, or both; undefined for anything else. A definition limits states by "while open" alone. */
function shortWords(expression: RowExpression): string | undefined {
  if (expression.is === 'named') return 'mine'
  if (expression.is === 'state') return 'open'
  if (expression.is !== 'all') return undefined
  const parts = expression.of.map(shortWords)
  return parts.includes(undefined) ? undefined : parts.join(', ')
}
