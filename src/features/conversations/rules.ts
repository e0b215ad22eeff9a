// What may stand in a message, and for whom it was written.
import { refuseField } from '../../kernel/refusal.ts'
import type { Side } from '../../law/law.ts'

/** Characters of a message and of a title, as the database keeps them. */
export const longestBody = 20_000
export const longestTitle = 300
/** Messages, events and files of one record that are read at once: the newest. */
export const mostShown = 1000

/** Control characters other than tab and line ends, and what turns the direction of the text that follows. */
const unwelcome = /[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu

/** Text of several lines without invisible control characters. Refuses an empty, too long or broken one (400, names the field). */
export function linesOfText(field: string, sent: string, longest: number): string {
  if (!sent.isWellFormed()) refuseField(field, `"${field}" holds half a character.`)
  const text = sent
    .replace(/\r\n?/g, '\n')
    .replace(unwelcome, (letter) => (letter === '\n' || letter === '\t' ? letter : ''))
    .trim()
  if (text.replace(/[\p{Cf}\p{Zs}\s\u2800\u3164]/gu, '') === '') refuseField(field, `"${field}" is empty.`)
  if ([...text].length > longest) refuseField(field, `"${field}" is longer than ${longest} characters.`)
  return text
}

/** Text of one line. */
export function oneLine(field: string, sent: string, longest: number): string {
  return linesOfText(field, sent.replace(/[\r\n\t\u2028\u2029]+/g, ' '), longest)
}

/** For whom somebody writes: a partner's person writes for the record's customer, everybody else for themselves. */
export const writesFor = (side: Side | null, customerName: string): string | null => (side === 'partner' ? customerName : null)
