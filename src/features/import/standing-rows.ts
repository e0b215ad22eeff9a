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
  const zone = mapping.time_zone ?? 'UTC'
  const places = new Map(table.columns.map((column, place) => [column, place]))
  const plain = table.rows.map(({ line, values }) => ({ line, value: (column: string) => values[places.get(column) ?? -1] }))
  if (!mapping.rows) return { rows: plain, records: new Map(), standing: plain }

  const { id, at: atColumn } = mapping.rows
  const day = asOf ?? (mapping.rows.as_of as LocalDate | undefined)
  const before = day === undefined ? undefined : startOfDay(day, zone)
  const read = instantReader(mapping.dates, zone)
  const records = new Map<string, EventRow[]>()
  const rows: EventRow[] = []
  for (const row of plain) {
    const record = row.value(id)
    const at = read(row.value(atColumn) ?? '')
    if (record === undefined) onFault({ line: row.line, field: id, expected: 'expected a value: it says which record the row is about' })
    else if (at === undefined)
      onFault({ line: row.line, field: atColumn, expected: `expected an instant written as ${mapping.dates ?? 'ISO 8601'}, in ${zone}` })
    else if (before === undefined || at < before) {
      const event = { ...row, at }
      rows.push(event)
      const known = records.get(record)
      if (known) known.push(event)
      else records.set(record, [event])
    }
  }
  // Array.sort is stable: rows of one instant keep their order.
  for (const events of records.values()) events.sort((a, b) => ((a.at ?? '') < (b.at ?? '') ? -1 : Number((a.at ?? '') > (b.at ?? ''))))
  return { rows, records, standing: [...records.values()].map((events) => events.at(-1) as EventRow) }
}

/** The rows that a set is drawn from. */
export const rowsOf = (events: Events, rows: 'all' | 'standing' | undefined): readonly EventRow[] =>
  rows === 'standing' ? events.standing : events.rows
