// What each line of a batch would do: something new, a change, nothing, or why it cannot be brought in.
import type { ReadTx } from '../../context/context.ts'
import type { RowFault } from './check-line.ts'
import { findThings } from './find-things.ts'
import { type HomesInFile, pastHomeKey } from './homes-said.ts'
import { kindOf } from './kinds.ts'
import { ownReference, type Reference, referenceKey, type Things } from './references.ts'
import { type NamedInFile, type SortedLine, vendorKey } from './sort-lines.ts'
import { vendorDomain } from './things-store.ts'
import { type Change, canonical, type Given, isLineFault, type LineFault, type Standing, type WorldKind } from './world-kind.ts'
import type { LineKind, WorldLine } from './world-lines.ts'

export type Tally = Record<'new' | 'changed' | 'same' | 'conflict' | 'failed', number>
export const noLines: Tally = { new: 0, changed: 0, same: 0, conflict: 0, failed: 0 }

export interface Judged {
  readonly changes: readonly (Change<WorldLine> & { readonly at: number })[]
  readonly faults: readonly RowFault[]
  readonly tally: Tally
  readonly given: Given
}

/** What of the same file is not in the database yet, as a dry run meets it: things that lines refer to, and lines of earlier batches of the kind. */
export interface InFile {
  readonly named: ReadonlyMap<string, NamedInFile>
  readonly earlier: readonly WorldLine[]
}
/** An id that nothing has. */
const nothing = '00000000-0000-0000-0000-000000000000'

export async function judgeLines(
  tx: ReadTx,
  name: LineKind,
  batch: readonly SortedLine[],
  grants: Given['grants'],
  inFile: InFile | undefined,
): Promise<Judged> {
  const kind = kindOf(name)
  const lines = batch.map(({ is }) => is)
  const references = lines.flatMap((line) => kind.references(line))
  const inDatabase = await findThings(tx, references)
  const given: Given = {
    now: tx.now,
    law: tx.law,
    grants,
    things: inFile ? orInFile(inDatabase, inFile) : inDatabase,
    homesInFile: homesIn(inFile),
    earlier: inFile?.earlier ?? [],
    vendorDomain: inFile?.named.get(vendorKey)?.emailDomain ?? (await vendorDomain(tx)),
  }
  const standing = await kind.standing(tx, lines)
  const inTheWay = (await kind.inTheWay?.(tx, lines, given)) ?? new Map()
  const earlier = new Set<string>()
  const judged = { tally: { ...noLines }, faults: [] as RowFault[], changes: [] as (Change<WorldLine> & { at: number })[], given }
  for (const { line, is } of batch) {
    const key = kind.keyOf(is)
    const before = standing.get(key)
    const well = kind.misfit?.(is, tx.law) ?? unknownReference(kind, is, given.things, earlier) ?? kind.complete(is, before, given)
    const whole = firstFault(well, inTheWay.get(key))
    judged.tally[wouldBe(before, whole)] += 1
    if (isLineFault(whole)) judged.faults.push({ line, ...whole })
    else {
      earlier.add(ownKey(is))
      if (wouldBe(before, whole) !== 'same') judged.changes.push({ standing: before, line: whole, at: line })
    }
  }
  return judged
}

/** What is wrong with the line itself is told before what stands in its way. */
const firstFault = (well: WorldLine | LineFault, inTheWay: LineFault | undefined) => (isLineFault(well) ? well : (inTheWay ?? well))

function wouldBe(before: Standing<WorldLine> | undefined, whole: WorldLine | LineFault): keyof Tally {
  if (isLineFault(whole)) return whole.conflict ? 'conflict' : 'failed'
  if (!before) return 'new'
  return canonical(before.line) === canonical(whole) ? 'same' : 'changed'
}

function ownKey(line: WorldLine): string {
  const reference = ownReference(line)
  return reference ? referenceKey(reference) : ''
}

/** A reference to something that is neither in the database nor an earlier line of the batch. */
function unknownReference(kind: WorldKind<WorldLine>, line: WorldLine, things: Things, earlier: ReadonlySet<string>) {
  const unknown = kind.references(line).find((reference) => !things.find(reference) && !earlier.has(referenceKey(reference)))
  return (
    unknown && {
      field: unknown.field,
      expected: `expected the id of a ${wordOf(unknown)} that is here or comes in with this file; "${unknown.id}" is neither`,
    }
  )
}

function wordOf({ to, within }: Reference): string {
  if (to === 'site') return `site of customer "${within}"`
  return (to === 'record' ? (within ?? to) : to).replaceAll('_', ' ')
}

function orInFile(things: Things, { named }: InFile): Things {
  const find: Things['find'] = (reference) => {
    const about = named.get(referenceKey(reference))
    return things.find(reference) ?? (about && { id: nothing, customerNo: null, ...about })
  }
  return { find, get: things.get }
}

function homesIn(inFile: InFile | undefined): HomesInFile {
  return ({ person, home }) => {
    const said = inFile?.named.get(referenceKey(person))?.home
    return {
      isNow: said === undefined ? undefined : said === referenceKey(home),
      wasBefore: inFile?.named.has(pastHomeKey(person.id, home)) ?? false,
    }
  }
}
