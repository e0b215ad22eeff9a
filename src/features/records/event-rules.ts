// What happened to a record, in words.
import type { KindLaw } from '../../law/law.ts'
import { accountRequestEvent } from './account-request-rules.ts'

const text = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : ''
const stateName = (kind: KindLaw, code: unknown): string => kind.states.find((state) => state.code === code)?.name ?? text(code)

type Words = (detail: Record<string, unknown>, kind: KindLaw) => string

/** Without the name of whoever did it, which stands before. */
const known: Record<string, Words> = {
  opened: (detail) => `opened it${detail['for'] ? ` for ${text(detail['for'])}` : ''}`,
  [accountRequestEvent]: (detail) => `asked for: ${text(detail['name'])}, as the word of the ${text(detail['countsAs'])}`,
  changed: (detail) => `changed ${text(detail['fields'])}`,
  state: (detail, kind) => `set it to ${stateName(kind, detail['to'])}`,
  closed: () => 'closed it',
  reopened: () => 'opened it again',
  contact_added: (detail) => `copied in ${text(detail['person'])}${detail['organization'] ? ` (${text(detail['organization'])})` : ''}`,
  contact_removed: (detail) => `took ${text(detail['person'])} off`,
  point_of_contact: (detail) => `made ${text(detail['person'])} point of contact`,
  file_added: (detail) => `added the file ${text(detail['name'])}`,
}

/** One line for the history of a record, for instance "Dana Lee made Priya Raman point of contact". Events of an import may be of any sort. */
export function eventWords(kind: KindLaw, what: string, by: string | null, detail: unknown): string {
  const facts = typeof detail === 'object' && detail !== null ? (detail as Record<string, unknown>) : {}
  const words = Object.hasOwn(known, what) ? known[what]?.(facts, kind) : unknownWords(what, facts)
  return by === null ? capital(words ?? '') : `${by} ${words}`
}

function unknownWords(what: string, facts: Record<string, unknown>): string {
  const values = Object.entries(facts).flatMap(([name, value]) =>
    text(value) === '' ? [] : [`${name.replaceAll('_', ' ')} ${text(value)}`],
  )
  return [what.replaceAll('_', ' '), values.join(', ')].filter((part) => part !== '').join(': ')
}

const capital = (words: string): string => words.slice(0, 1).toUpperCase() + words.slice(1)
