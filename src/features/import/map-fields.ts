// Cells of a table as the fields that a kind of record declares: text, numbers, booleans, lists.
import type { RecordMapping } from './mapping-schema.ts'
import type { EventRow } from './standing-rows.ts'

type FieldMapping = NonNullable<RecordMapping['fields']>[string]
type FieldValue = string | number | boolean | string[]

export type ReadFields =
  | { readonly values: Readonly<Record<string, FieldValue>> }
  /** The column that cannot be read, and what was expected. */
  | { readonly field: string; readonly expected: string }

/** The fields whose columns have a value. */
export function fieldsOf({ fields = {} }: RecordMapping, row: EventRow): ReadFields {
  const values: Record<string, FieldValue> = {}
  for (const [name, mapping] of Object.entries(fields)) {
    const text = row.value(mapping.column)
    const value = text === undefined ? undefined : fieldValue(text, mapping)
    if (value !== undefined) values[name] = value
    else if (text !== undefined) return { field: mapping.column, expected: expected[mapping.as] }
  }
  return { values }
}

const expected = {
  text: 'expected text',
  number: 'expected a number such as 12.5',
  boolean: 'expected true or false, yes or no, 1 or 0',
  list: 'expected a list',
} as const

const booleans = new Map([
  ...['true', 'yes', '1'].map((word) => [word, true] as const),
  ...['false', 'no', '0'].map((word) => [word, false] as const),
])
const numberShape = /^[+-]?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]{1,3})?$/

function fieldValue(text: string, { as, separator = ',' }: FieldMapping): FieldValue | undefined {
  if (as === 'number') return numberShape.test(text) && Number.isFinite(Number(text)) ? Number(text) : undefined
  if (as === 'boolean') return booleans.get(text.toLowerCase())
  if (as === 'text') return text
  return text
    .split(separator)
    .map((one) => one.trim())
    .filter((one) => one !== '')
}
