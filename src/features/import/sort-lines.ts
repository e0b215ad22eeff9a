// Lines of a file, sorted on disk by kind, so that what is referred to comes in before what refers to it and no file is too large for the memory.

import { once } from 'node:events'
import { createReadStream, createWriteStream, type WriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { CheckedLine, RowFault } from './check-line.ts'
import { pastHomeKey } from './homes-said.ts'
import { kindOf } from './kinds.ts'
import { readLines } from './read-lines.ts'
import { type About, organizationReference, ownReference, referenceKey } from './references.ts'
import { type LineKind, lineKinds, type WorldLine } from './world-lines.ts'

export interface SortedLine {
  readonly line: number
  readonly is: WorldLine
}

/** Lines of one kind (records: of kinds of one rank) that come in together. */
export interface Lane {
  readonly kind: LineKind
  /** The lines in batches of at most so many, and of about 4 million characters. */
  batches(atMost: number): AsyncGenerator<SortedLine[]>
}

/** A thing of the file, as lines that refer to it need to know it. */
export interface NamedInFile extends About {
  /** Of the vendor: by which domain its people are known; undefined where the file does not say it. */
  readonly emailDomain?: string | null | undefined
  /** Of a person: the key of their home; undefined where the file does not say it. */
  readonly home?: string
}

/** Where the vendor stands among what the file names, whatever its id. */
export const vendorKey = 'vendor'

export interface SortedLines {
  readonly count: number
  /** In the order in which they are brought in. */
  readonly lanes: readonly Lane[]
  /** Whether the file itself has a thing that lines refer to, by reference key; and what is to know of it. */
  readonly named: ReadonlyMap<string, NamedInFile>
  close(): Promise<void>
}

const largestBatch = 4_000_000
/**
 * Writes every good line to the file of its kind; faults, lines that say the same thing twice among them, are told and left out.
 * @param ranks of the kinds of records: those that others are part of or refer to come first
 */
export async function sortLines(
  lines: AsyncIterable<CheckedLine>,
  ranks: ReadonlyMap<string, number>,
  onFault: (fault: RowFault) => void,
): Promise<SortedLines> {
  const directory = await mkdtemp(join(tmpdir(), 'latchkey-import-'))
  const close = () => rm(directory, { recursive: true, force: true })
  try {
    const outputs = new Map<string, WriteStream>()
    const seen = new Map<string, number>()
    const named = new Map<string, NamedInFile>()
    let count = 0
    for await (const checked of lines) {
      const faults = 'faults' in checked ? checked.faults : twice(checked, seen)
      for (const fault of faults) onFault(fault)
      if ('faults' in checked || faults.length > 0) continue
      count += 1
      note(checked.is, named)
      const lane = laneOf(checked.is, ranks)
      const output = outputs.get(lane) ?? createWriteStream(join(directory, lane))
      outputs.set(lane, output)
      if (!output.write(`${checked.line}\t${JSON.stringify(checked.is)}\n`)) await once(output, 'drain')
    }
    await Promise.all([...outputs.values()].map((output) => new Promise<void>((done, failed) => output.on('error', failed).end(done))))
    const recordLanes = [...new Set(ranks.values())].sort((a, b) => a - b).map(recordLane)
    const lanes = lineKinds
      .flatMap((kind) => [...(kind === 'record' ? recordLanes : []), kind].map((lane) => ({ kind, lane })))
      .filter(({ lane }) => outputs.has(lane))
      .map(({ kind, lane }): Lane => ({ kind, batches: (atMost) => batchesOf(join(directory, lane), atMost) }))
    return { count, lanes, named, close }
  } catch (error) {
    await close()
    throw error
  }
}

const recordLane = (rank: number) => `record.${rank}`

/** Records of a kind that the definition does not know come last: each of them is a fault. */
function laneOf(line: WorldLine, ranks: ReadonlyMap<string, number>): string {
  const rank = line.kind === 'record' ? ranks.get(line.recordKind) : undefined
  return rank === undefined ? line.kind : recordLane(rank)
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

function note(is: WorldLine, named: Map<string, NamedInFile>): void {
  const reference = ownReference(is)
  if (reference) named.set(referenceKey(reference), aboutOf(is))
  if (is.kind === 'vendor') named.set(vendorKey, aboutOf(is))
  if (is.kind === 'past_membership') named.set(pastHomeKey(is.person, organizationReference(is.home, 'home')), {})
}

function aboutOf(is: WorldLine): NamedInFile {
  switch (is.kind) {
    case 'vendor':
      return { emailDomain: is.emailDomain }
    case 'customer':
      return { timeZone: is.timeZone ?? 'UTC' }
    case 'person':
      return { email: is.email, ...(is.home ? { home: referenceKey(organizationReference(is.home, 'home')) } : {}) }
    case 'group':
      return { partner: is.partner }
    case 'record':
      return { customer: is.customer }
    default:
      return {}
  }
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
