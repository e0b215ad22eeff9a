// Brings a world in: batch by batch, each in one transaction with one audit entry, so that a run that breaks off leaves whole batches.
import { randomUUID } from 'node:crypto'
import type { Context, WriteTx } from '../../context/context.ts'
import { isRefusal, refuse } from '../../kernel/refusal.ts'
import type { CheckedLine, RowFault } from './check-line.ts'
import { type Judged, judgeLines, noLines, type Tally } from './judge-lines.ts'
import { kindOf } from './kinds.ts'
import { recordRanks } from './record-order.ts'
import { addRun, endRun, keepCounts } from './runs-store.ts'
import { type SortedLine, type SortedLines, sortLines } from './sort-lines.ts'
import type { LineKind, WorldLine } from './world-lines.ts'

export interface ImportInput {
  readonly fileName: string | null
  readonly lines: AsyncIterable<CheckedLine>
  /** Reports what would happen and changes nothing. */
  readonly dryRun: boolean
  /** Grants count at once, and need no confirmation by their customers. */
  readonly trustGrants: boolean
  readonly onFault?: (fault: RowFault) => void
  readonly onProgress?: (progress: Progress) => void
  /** Breaks the run off after the batch that is under way. */
  readonly signal?: AbortSignal
}

export interface Progress {
  readonly done: number
  readonly total: number
  readonly perSecond: number
  readonly secondsLeft: number
}

export interface ImportResult {
  /** Null: a dry run. */
  readonly id: string | null
  readonly state: 'done' | 'stopped' | 'dry run'
  readonly lines: number
  readonly faults: number
  readonly counts: Partial<Record<LineKind, Tally>>
}

const portal = { kind: 'portal' } as const
/** Short on the embedded database, where everybody waits while a batch is written. */
const batchSize = { embedded: 250, postgresql: 1000 }

/** Whether the actor may import and export; refuses otherwise. Asked before a file is taken in. */
export const mayImport = (ctx: Context): Promise<void> => ctx.reading('portal:operate', portal, async () => undefined)

export async function importWorld(ctx: Context, input: ImportInput): Promise<ImportResult> {
  const id = await begin(ctx, input)
  let sorted: SortedLines | undefined
  try {
    let faults = 0
    const onFault = (fault: RowFault) => {
      faults += 1
      input.onFault?.(fault)
    }
    sorted = await sortLines(input.lines, recordRanks(ctx.house.law), onFault)
    const counts: Partial<Record<LineKind, Tally>> = {}
    const whole = await bringIn(ctx, { id, input, sorted, counts, onFault })
    if (id !== null) await end(ctx, id, whole ? 'done' : 'failed', counts)
    return { id, state: whole ? (id === null ? 'dry run' : 'done') : 'stopped', lines: sorted.count, faults, counts }
  } catch (error) {
    // What is in stays in, and can be undone; the run must not look as if it went on. If even that cannot be written, it says so when it is undone.
    if (id !== null) await end(ctx, id, 'failed', {}).catch(() => undefined)
    throw error
  } finally {
    await sorted?.close()
  }
}

/** Asks whether the actor may, before anything is read. */
async function begin(ctx: Context, { dryRun, fileName, trustGrants }: ImportInput): Promise<string | null> {
  if (dryRun) return ctx.reading('portal:operate', portal, async () => null)
  return ctx.writing('portal:operate', portal, async (tx) => {
    const id = await addRun(tx, { fileName: fileName?.slice(0, 300) ?? null, trustGrants })
    tx.record({ what: 'import.started', on: { kind: 'import', id }, detail: { file: fileName, trustGrants } })
    return id
  })
}

async function end(ctx: Context, id: string, state: 'done' | 'failed', counts: unknown): Promise<void> {
  await ctx.writing('portal:operate', portal, async (tx) => {
    await endRun(tx, id, state)
    tx.record({ what: `import.${state}`, on: { kind: 'import', id }, detail: { counts } })
  })
}

interface Work {
  readonly id: string | null
  readonly input: ImportInput
  readonly sorted: SortedLines
  readonly counts: Partial<Record<LineKind, Tally>>
  readonly onFault: (fault: RowFault) => void
}

/** @returns whether everything was gone through */
async function bringIn(ctx: Context, work: Work): Promise<boolean> {
  const { input, sorted, counts, onFault } = work
  const began = performance.now()
  let done = 0
  let batch = 0
  for (const { kind, batches } of sorted.lanes) {
    const earlier: WorldLine[] = []
    for await (const lines of batches(batchSize[ctx.house.database.kind])) {
      if (input.signal?.aborted) return false
      batch += 1
      const judged = input.dryRun ? await tryOut(ctx, work, kind, lines, earlier) : await save(ctx, work, batch, kind, lines)
      counts[kind] = plus(counts[kind], judged.tally)
      for (const fault of judged.faults) onFault(fault)
      done += lines.length
      const perSecond = done / Math.max((performance.now() - began) / 1000, 0.001)
      input.onProgress?.({
        done,
        total: sorted.count,
        perSecond: Math.round(perSecond),
        secondsLeft: Math.ceil((sorted.count - done) / perSecond),
      })
    }
  }
  return true
}

/** Judges a batch as if those before it were in; `earlier` is given what it would add to them. */
async function tryOut(
  ctx: Context,
  { input, sorted }: Work,
  kind: LineKind,
  lines: readonly SortedLine[],
  earlier: WorldLine[],
): Promise<Saved> {
  const inFile = { named: sorted.named, earlier }
  const judged = await ctx.reading('portal:operate', portal, (tx) => judgeLines(tx, kind, lines, grantsAre(input), inFile))
  if (kindOf(kind).looksBack) earlier.push(...judged.changes.map(({ line }) => line))
  return judged
}

const grantsAre = ({ trustGrants }: ImportInput) => (trustGrants ? 'trusted' : 'suspended')

type Saved = Pick<Judged, 'tally' | 'faults'>

/** Saves a batch; where the database refuses it, one half after the other, until the row that it refuses stands alone. */
async function save(ctx: Context, work: Work, batch: number, kind: LineKind, lines: readonly SortedLine[]): Promise<Saved> {
  const { id, input, counts } = work
  try {
    return await ctx.writing('portal:operate', portal, async (tx) => {
      const judged = await judgeLines(tx, kind, lines, grantsAre(input), undefined)
      if (judged.changes.length > 0) await kindOf(kind).save(tx, { importId: id ?? randomUUID(), batch }, judged.changes, judged.given)
      await tellBatch(tx, work, batch, kind, { ...counts, [kind]: plus(counts[kind], judged.tally) }, judged.tally)
      return judged
    })
  } catch (error) {
    const expected = refusedByDatabase(error)
    if (expected === undefined) throw error
    const [only] = lines
    if (lines.length === 1 && only) return { tally: { ...noLines, failed: 1 }, faults: [{ line: only.line, field: '', expected }] }
    const middle = Math.ceil(lines.length / 2)
    const first = await save(ctx, work, batch, kind, lines.slice(0, middle))
    const counted = { ...work, counts: { ...counts, [kind]: plus(counts[kind], first.tally) } }
    const second = await save(ctx, counted, batch, kind, lines.slice(middle))
    return { tally: plus(first.tally, second.tally), faults: [...first.faults, ...second.faults] }
  }
}

async function tellBatch(tx: WriteTx, { id }: Work, batch: number, kind: LineKind, counts: unknown, tally: Tally): Promise<void> {
  if (id === null) return
  if (!(await keepCounts(tx, id, counts))) refuse('stale', 'This import was undone while it ran. Nothing more is brought in.')
  tx.record({ what: 'import.batch', on: { kind: 'import', id }, detail: { batch, kind, ...tally } })
}

const plus = (a: Tally | undefined, b: Tally): Tally =>
  a
    ? {
        new: a.new + b.new,
        changed: a.changed + b.changed,
        same: a.same + b.same,
        conflict: a.conflict + b.conflict,
        failed: a.failed + b.failed,
      }
    : b

/** Values and pairs that a constraint of the database does not allow; everything else is not the row's fault. A key that is taken comes as a refusal. */
function refusedByDatabase(error: unknown): string | undefined {
  const { code, constraint } = ((isRefusal(error) ? error.cause : error) ?? {}) as { code?: unknown; constraint?: unknown }
  if (typeof code !== 'string' || !/^2[23]/.test(code)) return undefined
  return `expected what the database allows${typeof constraint === 'string' ? ` (${constraint})` : ''}`
}
