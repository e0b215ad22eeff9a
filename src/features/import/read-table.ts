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
const longestRow = 1_000_000
const mostRows = 5_000_000

const brokenText = '\ufffd'

/** @throws Refusal invalid-input where the first line does not name every wanted column */
export async function readTable(bytes: AsyncIterable<Uint8Array>, rules: TableRules): Promise<Table> {
  const valueIn = valueReader(rules.missing)
  const rows: TableRow[] = []
  let places: number[] | undefined
  let width = 0
  for await (const { line, cells } of cellsOf(bytes, rules)) {
    if (places === undefined) {
      places = placesOf(rules.columns, cells)
      width = cells.length
      continue
    }
    const fault = wrongCells(cells, width, places, rules.columns)
    if (fault) rules.onFault({ line, ...fault })
    else if (rows.length >= mostRows) refuse('too-large', `A table has at most ${mostRows} rows. Divide it.`, { field: 'file' })
    else rows.push({ line, values: places.map((place) => valueIn(cells[place])) })
  }
  if (places === undefined) refuse('invalid-input', 'The table is empty: its first line names the columns.', { field: 'file' })
  return { columns: rules.columns, rows }
}

/** The cells of each row with the line on which it begins. */
async function* cellsOf(
  bytes: AsyncIterable<Uint8Array>,
  { delimiter = ',', onFault }: TableRules,
): AsyncGenerator<{ line: number; cells: string[] }> {
  const beginnings = new WeakMap<string[], number>()
  let nextLine = 1
  const parser = parse({
    bom: true,
    delimiter,
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: longestRow,
    skip_records_with_error: true,
    // The parser reads ahead of us, so that it alone knows where a row begins.
    on_record: (record, { lines }) => {
      beginnings.set(record, nextLine)
      nextLine = lines + 1
      return record
    },
    on_skip: (error) => {
      nextLine = Number(error?.['lines'] ?? 0) + 1
      onFault(skipped(error))
      return undefined
    },
  })
  for await (const cells of Readable.from(bytes).pipe(parser) as AsyncIterable<string[]>) yield { line: beginnings.get(cells) ?? 0, cells }
}

function wrongCells(cells: readonly string[], width: number, places: readonly number[], columns: readonly string[]) {
  if (cells.length !== width) return { field: '', expected: `expected ${width} columns, as in the first line; found ${cells.length}` }
  const broken = places.findIndex((place) => cells[place]?.includes(brokenText))
  return broken < 0 ? undefined : { field: columns[broken] ?? '', expected: 'expected UTF-8 text; the value has bytes that are none' }
}

/** Values without the spaces around them; those that mean nothing are nothing. Equal ones share their memory. */
function valueReader(missing: readonly string[]): (cell: string | undefined) => string | undefined {
  const interned = new Map<string, string>()
  const nothing = new Set(['', ...missing])
  return (cell = '') => {
    const text = cell.trim()
    if (nothing.has(text)) return undefined
    if (!interned.has(text)) interned.set(text, text)
    return interned.get(text)
  }
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
