/** How values of the database become values of the program, for one pool and not for the whole process. */
import pg from 'pg'

const int8 = 20
const int8Array = 1016
const date = 1082
const dateArray = 1182
const textArray = 1009

type Parse = (text: string) => unknown

/**
 * `bigint` → number (throws beyond 2^53: a rounded id would be another row's id), `date` → 'YYYY-MM-DD' (a day has no zone),
 * the same inside arrays; everything else as the driver does it (`timestamptz` → Date, `numeric` → string, `jsonb` → parsed).
 */
export const valueTypes: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') => {
    if (format !== 'binary') {
      const ours = parsers.get(oid)
      if (ours) return ours
    }
    return pg.types.getTypeParser(oid, format as 'text')
  }) as typeof pg.types.getTypeParser,
}

const parsers = new Map<number, Parse>([
  [int8, safeInteger],
  [int8Array, arrayOf(safeInteger)],
  [date, (text) => text],
  [dateArray, arrayOf((text) => text)],
])

function safeInteger(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new RangeError(`The number ${text} of the database does not fit: it is beyond 2^53.`)
  return value
}

function arrayOf(parse: Parse): Parse {
  const texts = pg.types.getTypeParser(textArray as number as never, 'text') as (text: string) => unknown[]
  const each = (value: unknown): unknown => {
    if (value === null) return null
    return Array.isArray(value) ? value.map(each) : parse(value as string)
  }
  return (text) => texts(text).map(each)
}
