// Lines of a file, sorted on disk by kind, so that what is referred to comes in before what refers to it and no file is too large for the memory.

import { once } from 'node:events'
import { createReadStream, createWriteStream, type WriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { CheckedLine, RowFault } from './check-line.ts'
import { kindOf } from './kinds.ts'
import { readLines } from './read-lines.ts'
import { referenceKey } from './references.ts'
import { type LineKind, lineKinds, type WorldLine } from './world-lines.ts'

export interface SortedLine {
  readonly line: number
  readonly is: WorldLine
}

export interface SortedLines {
  readonly count: number
  /** The kinds that occur, in the order in which they are brought in. */
  readonly kinds: readonly LineKind[]
  /** The lines of a kind in batches of at most so many lines, and of about 4 million characters. */
  batches(kind: LineKind, atMost: number): AsyncGenerator<SortedLine[]>
  /** Whether the file itself has a thing that lines refer to, by reference key; and its time zone, of a customer. */
  readonly named: ReadonlyMap<string, string | null>
  close(): Promise<void>
}

const largestBatch = 4_000_000
/** Kinds to which others refer. */
const referredTo = new Set<LineKind>(['vendor', 'customer', 'partner', 'person', 'access_request', 'grant', 'record'])

/** Writes every good line to the file of its kind; faults, lines that say the same thing twice among them, are told and left out. */
export async function sortLines(lines: AsyncIterable<CheckedLine>, onFault: (fault: RowFault) => void): Promise<SortedLines> {
  const directory = await mkdtemp(join(tmpdir(), 'latchkey-import-'))
  const close = () => rm(directory, { recursive: true, force: true })
  try {
    const outputs = new Map<LineKind, WriteStream>()
    const seen = new Map<string, number>()
    const named = new Map<string, string | null>()
    let count = 0
    for await (const checked of lines) {
      const faults = 'faults' in checked ? checked.faults : twice(checked, seen)
      for (const fault of faults) onFault(fault)
      if ('faults' in checked || faults.length > 0) continue
      count += 1
      note(checked.is, named)
      const output = outputs.get(checked.is.kind) ?? createWriteStream(join(directory, checked.is.kind))
      outputs.set(checked.is.kind, output)
      if (!output.write(`${checked.line}\t${JSON.stringify(checked.is)}\n`)) await once(output, 'drain')
    }
    await Promise.all([...outputs.values()].map((output) => new Promise<void>((done, failed) => output.on('error', failed).end(done))))
    return {
      count,
      kinds: lineKinds.filter((kind) => outputs.has(kind)),
      batches: (kind, atMost) => batchesOf(join(directory, kind), atMost),
      named,
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}

/** Faults of a line that is about what an earlier line is about. */
function twice({ line, is }: SortedLine, seen: Map<string, number>): RowFault[] {
  const kind = kindOf(is.kind)
  const keys = [{ key: kind.keyOf(is), field: 'id' }, ...(kind.alsoUnique?.(is) ?? [])].map(({ key, field }) => ({
    key: `${is.kind} ${key}`,
    field,
  }))
  const faults = keys.flatMap(({ key, field }) => {
    const earlier = seen.get(key)
    return earlier === undefined ? [] : [{ line, field, expected: `expected nothing twice; line ${earlier} says it already` }]
  })
  if (faults.length === 0) for (const { key } of keys) seen.set(key, line)
  return faults
}

function note(is: WorldLine, named: Map<string, string | null>): void {
  if (!referredTo.has(is.kind) || !('id' in is)) return
  named.set(
    referenceKey({ to: is.kind, id: is.id, ...(is.kind === 'record' ? { recordKind: is.recordKind } : {}) }),
    is.kind === 'customer' ? (is.timeZone ?? 'UTC') : null,
  )
}

async function* batchesOf(path: string, atMost: number): AsyncGenerator<SortedLine[]> {
  let batch: SortedLine[] = []
  let size = 0
  for await (const { text = '' } of readLines(createReadStream(path))) {
    const tab = text.indexOf('\t')
    if (batch.length > 0 && (batch.length >= atMost || size + text.length > largestBatch)) {
      yield batch
      batch = []
      size = 0
    }
    batch.push({ line: Number(text.slice(0, tab)), is: JSON.parse(text.slice(tab + 1)) as WorldLine })
    size += text.length
  }
  if (batch.length > 0) yield batch
}
