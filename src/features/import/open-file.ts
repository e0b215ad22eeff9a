// A file on disk as checked lines of a world: NDJSON as it is, or a table by its mapping.
import { createReadStream } from 'node:fs'
import type { LocalDate } from '../../kernel/instant.ts'
import { type CheckedLine, checkText, checkValue, type RowFault } from './check-line.ts'
import { mapTable } from './map-table.ts'
import type { Mapping } from './mapping-schema.ts'
import { readLines } from './read-lines.ts'
import { columnsOf, readMapping } from './read-mapping.ts'
import { readTable, type Table } from './read-table.ts'

interface TableFile {
  readonly path: string
  /** The mapping's text (YAML). */
  readonly mapping: string
  /** Goes before the mapping's own day. */
  readonly asOf: LocalDate | undefined
}

export async function* worldFile(path: string): AsyncGenerator<CheckedLine> {
  for await (const { line, text, fault } of readLines(createReadStream(path))) {
    yield text === undefined ? { line, faults: [{ line, field: '', expected: fault ?? 'expected text' }] } : checkText(line, text)
  }
}

/**
 * Reads the whole table; its lines come when they are taken.
 * @throws Refusal where the mapping is wrong, or the first line of the table lacks its columns
 */
export async function tableFile({ path, mapping: text, asOf }: TableFile): Promise<AsyncGenerator<CheckedLine>> {
  const mapping = readMapping(text)
  const faults: RowFault[] = []
  const onFault = (fault: RowFault) => void faults.push(fault)
  const table = await readTable(createReadStream(path), {
    columns: columnsOf(mapping),
    delimiter: mapping.delimiter,
    missing: mapping.missing ?? [],
    onFault,
  })
  return mappedLines(table, mapping, asOf, faults, onFault)
}

async function* mappedLines(
  table: Table,
  mapping: Mapping,
  asOf: LocalDate | undefined,
  faults: RowFault[],
  onFault: (fault: RowFault) => void,
): AsyncGenerator<CheckedLine> {
  for (const { line, value } of mapTable(table, mapping, asOf, onFault)) {
    yield* told(faults)
    yield checkValue(line, value)
  }
  yield* told(faults)
}

/** Faults found so far, each as a line that cannot be brought in. */
function* told(faults: RowFault[]): Generator<CheckedLine> {
  for (const fault of faults.splice(0)) yield { line: fault.line, faults: [fault] }
}
