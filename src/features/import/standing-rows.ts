// Rows that are events: which of them count at a day, in which order, and which is the last of each record.
import { type Instant, type LocalDate, startOfDay } from '../../kernel/instant.ts'
import type { RowFault } from './check-line.ts'
import { instantReader } from './local-time.ts'
import type { Mapping } from './mapping-schema.ts'
import type { Table } from './read-table.ts'

export interface EventRow {
  readonly line: number
  readonly value: (column: string) => string | undefined
  /** Undefined where the rows are no events. */
  readonly at?: Instant
}

export interface Events {
  /** Every row that counts, as the file has them. */
  readonly rows: readonly EventRow[]
  /** The rows of each record in the order of their instants; rows of one instant stay as the file has them. Empty where rows are no events. */
  readonly records: ReadonlyMap<string, readonly EventRow[]>
  /** The last row of each record, or every row where they are no events. */
  readonly standing: readonly EventRow[]
}

export function eventsOf(table: Table, mapping: Mapping, asOf: LocalDate | undefined, onFault: (fault: RowFault) => void): Events {
  const places = new Map(table.columns.map((column, place) => [column, place]))
  const plain = table.rows.map(({ line, values }) => ({ line, value: (column: string) => values[places.get(column) ?? -1] }))
  if (!mapping.rows) return { rows: plain, records: new Map(), standing: plain }

  const { id } = mapping.rows
  const rows = countingRows(plain, mapping, mapping.rows, asOf, onFault)
  const records = Map.groupBy(rows, (row) => row.value(id) ?? '')
  // Array.sort is stable: rows of one instant keep their order.
  for (const events of records.values()) events.sort((a, b) => ((a.at ?? '') < (b.at ?? '') ? -1 : Number((a.at ?? '') > (b.at ?? ''))))
  return { rows, records, standing: [...records.values()].flatMap((events) => events.slice(-1)) }
}

/** The rows with a record and an instant before the day. */
function countingRows(
  plain: readonly EventRow[],
  { time_zone: zone = 'UTC', dates }: Mapping,
  { id, at: atColumn, as_of }: NonNullable<Mapping['rows']>,
  asOf: LocalDate | undefined,
  onFault: (fault: RowFault) => void,
): EventRow[] {
  const day = asOf ?? (as_of as LocalDate | undefined)
  const before = day && startOfDay(day, zone)
  const read = instantReader(dates, zone)
  return plain.flatMap((row) => {
    const at = read(row.value(atColumn) ?? '')
    if (row.value(id) === undefined)
      onFault({ line: row.line, field: id, expected: 'expected a value: it says which record the row is about' })
    else if (!at)
      onFault({ line: row.line, field: atColumn, expected: `expected an instant written as ${dates ?? 'ISO 8601'}, in ${zone}` })
    else if (!before || at < before) return [{ ...row, at }]
    return []
  })
}

/** The rows that a set is drawn from. */
export const rowsOf = (events: Events, rows: 'all' | 'standing' | undefined): readonly EventRow[] =>
  rows === 'standing' ? events.standing : events.rows
