// A CSV file as rows of the columns that are wanted, each with its line; what cannot be read is a fault with its line and stops nothing.
import { Readable } from 'node:stream'
import { type CsvError, parse } from 'csv-parse'
import { refuse } from '../../kernel/refusal.ts'
import type { RowFault } from './check-line.ts'

export interface TableRow {
  /** Where the row begins in the file, from 1. */
  readonly line: number
  /** The wanted columns in the order asked for; undefined: nothing is there. */
  readonly values: readonly (string | undefined)[]
}

export interface Table {
  readonly columns: readonly string[]
  readonly rows: readonly TableRow[]
}

interface TableRules {
  readonly columns: readonly string[]
  readonly delimiter?: string | undefined
  readonly missing: readonly string[]
  readonly onFault: (fault: RowFault) => void
}

/** The longest row that is read, in bytes, and the most rows of a table: its wanted columns are held in memory. */
export const longestRow = 1_000_000
export const mostRows = 5_000_000

const brokenText = '\ufffd'

/** @throws Refusal invalid-input where the first line does not name every wanted column */
export async function readTable(bytes: AsyncIterable<Uint8Array>, rules: TableRules): Promise<Table> {
  const interned = new Map<string, string>()
  const missing = new Set(['', ...rules.missing])
  const rows: TableRow[] = []
  let places: number[] | undefined
  let width = 0
  let nextLine = 1
  const parser = parse({
    bom: true,
    delimiter: rules.delimiter ?? ',',
    info: true,
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: longestRow,
    skip_records_with_error: true,
    on_skip: (error) => void rules.onFault(skipped(error)),
  })
  const valueAt = (cells: readonly string[], place: number): string | undefined => {
    const text = (cells[place] ?? '').trim()
    if (missing.has(text)) return undefined
    const known = interned.get(text)
    if (known === undefined) interned.set(text, text)
    return known ?? text
  }
  for await (const { record, info } of Readable.from(bytes).pipe(parser) as AsyncIterable<{ record: string[]; info: { lines: number } }>) {
    const line = nextLine
    nextLine = info.lines + 1
    if (places === undefined) {
      places = placesOf(rules.columns, record)
      width = record.length
      continue
    }
    if (record.length !== width) {
      rules.onFault({ line, field: '', expected: `expected ${width} columns, as in the first line; found ${record.length}` })
      continue
    }
    const broken = places.findIndex((place) => record[place]?.includes(brokenText))
    if (broken >= 0) {
      rules.onFault({ line, field: rules.columns[broken] ?? '', expected: 'expected UTF-8 text; the value has bytes that are none' })
      continue
    }
    if (rows.length >= mostRows) refuse('too-large', `A table has at most ${mostRows} rows. Divide it.`, { field: 'file' })
    rows.push({ line, values: places.map((place) => valueAt(record, place)) })
  }
  if (places === undefined) refuse('invalid-input', 'The table is empty: its first line names the columns.', { field: 'file' })
  return { columns: rules.columns, rows }
}

function placesOf(wanted: readonly string[], header: readonly string[]): number[] {
  const names = header.map((name) => name.trim())
  const absent = wanted.filter((column) => !names.includes(column))
  if (absent.length > 0) {
    refuse(
      'invalid-input',
      `The table has no column ${absent.map((name) => `"${name}"`).join(', ')}. Its first line names: ${names.slice(0, 60).join(', ')}.`,
      { field: 'file' },
    )
  }
  const twice = wanted.filter((column) => names.indexOf(column) !== names.lastIndexOf(column))
  if (twice.length > 0) refuse('invalid-input', `The table names the column "${twice[0]}" twice.`, { field: 'file' })
  return wanted.map((column) => names.indexOf(column))
}

function skipped(error: CsvError | undefined): RowFault {
  const line = Number(error?.['lines'] ?? 0)
  const expected: Record<string, string> = {
    CSV_QUOTE_NOT_CLOSED: 'expected a closing quote; the value runs to the end of the file',
    INVALID_OPENING_QUOTE: 'expected a quote only at the start of a value; quotes within one are doubled',
    CSV_NON_TRIMABLE_CHAR_AFTER_CLOSING_QUOTE: 'expected the delimiter after a closing quote',
    CSV_INVALID_CLOSING_QUOTE: 'expected the delimiter after a closing quote; quotes within a value are doubled',
    CSV_MAX_RECORD_SIZE: `expected a row of at most ${longestRow} bytes`,
  }
  return { line, field: '', expected: expected[error?.code ?? ''] ?? `expected a row of CSV: ${error?.message ?? 'it cannot be read'}` }
}
