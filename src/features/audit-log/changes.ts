// What was and what is, of an entry of the history: from the data that was written, in the words of today's definition where codes were written.
import type { Words } from './sentences.ts'

type Detail = Readonly<Record<string, unknown>>

export interface Change {
  readonly before: string | null
  readonly after: string | null
  readonly reason: string | null
}

/** Access by what it gives and its last day, states by their names, a point of contact by name. */
export function changeOf(what: string, detail: Detail, words: Words): Change {
  const reason = textOf(detail, 'why') ?? textOf(detail, 'reason')
  const [thing = '', deed = ''] = what.split('.')
  if (thing === 'grant') return { ...grantChange(deed, detail, words), reason }
  if (typeof detail['to'] === 'string')
    return { before: stateOf(thing, detail, 'from', words), after: stateOf(thing, detail, 'to', words), reason }
  if (deed === 'point_of_contact') return { before: textOf(detail, 'before'), after: textOf(detail, 'person'), reason }
  return { before: null, after: null, reason }
}

const ending = ['removed', 'relinquished', 'ended']

function grantChange(deed: string, detail: Detail, words: Words): Pick<Change, 'before' | 'after'> {
  const is = accessOf(detail, words)
  if (ending.includes(deed)) return { before: is, after: 'no access' }
  const was = detail['before']
  return { before: typeof was === 'object' && was !== null ? accessOf(was as Detail, words) : null, after: is }
}

function accessOf(detail: Detail, words: Words): string | null {
  const level = textOf(detail, 'levelName') ?? (typeof detail['level'] === 'string' ? words.level(detail['level']) : null)
  const day = textOf(detail, 'endsOn')
  return level === null ? null : `${level}${day === null ? '' : ` until ${words.date(day)}`}`
}

function stateOf(kind: string, detail: Detail, field: string, words: Words): string | null {
  const code = textOf(detail, field)
  return code === null ? null : words.state(kind, code)
}

function textOf(detail: Detail, field: string): string | null {
  const value = detail[field]
  return typeof value === 'string' && value !== '' ? value : null
}
