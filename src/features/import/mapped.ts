// What the parts of a mapping hand to one another: lines with their rows, and the organizations and people found so far.
import type { EventRow } from './standing-rows.ts'
import { slug } from './template.ts'
import type { LineInput } from './world-lines.ts'

/** A line of a world and the row that it comes from. */
export interface MappedLine {
  readonly line: number
  readonly value: LineInput
}

export interface MappedOrganization {
  readonly kind: 'customer' | 'partner'
  readonly id: string
  readonly name: string
  readonly emailDomain: string | undefined
  readonly line: number
  readonly timeZone: string | undefined
  readonly type: string | undefined
  readonly reference: string | undefined
}
export interface MappedPerson {
  readonly id: string
  /** The kind and id of the home. */
  readonly home: { readonly kind: 'customer' | 'partner' | 'vendor'; readonly id: string }
}
/** By the name of the set, then by the value of its column. */
export type Mapped<T> = ReadonlyMap<string, ReadonlyMap<string, T>>

/** What the words of a template mean for a value in a row. */
export function wordsOf(
  value: string,
  row: EventRow,
  home?: { id: string; name: string; emailDomain: string | undefined },
): (word: string) => string | undefined {
  const fixed = new Map<string, string | undefined>([
    ['value', value],
    ['slug', slug(value)],
    ['home.id', home?.id],
    ['home.name', home?.name],
    ['home.slug', home && slug(home.id)],
    ['home.email_domain', home?.emailDomain],
  ])
  return (word) => (word.startsWith('column.') ? row.value(word.slice('column.'.length)) : fixed.get(word))
}
