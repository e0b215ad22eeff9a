// What every kind of line can do: say what it refers to, find what stands there already in the words of a line, complete a line, and save changes.
import type { ReadTx, WriteTx } from '../../context/context.ts'
import type { Instant } from '../../kernel/instant.ts'
import type { Law } from '../../law/law.ts'
import type { HomesInFile } from './homes-said.ts'
import type { Run } from './places-store.ts'
import type { Reference, Things } from './references.ts'
import type { WorldLine } from './world-lines.ts'

/** A thing as it stands in the database: as a line that says everything, and where it is kept. */
export interface Standing<Line> {
  readonly line: Line
  readonly id: string
  /** Of a person: the open membership. */
  readonly membershipId?: string | null
}

/** What a line cannot be. A conflict: the line is well, but what stands here already says otherwise. */
export interface LineFault {
  readonly field: string
  readonly expected: string
  readonly conflict?: boolean
}

export interface Given {
  readonly now: Instant
  readonly law: Law
  /** Grants that come in count at once; otherwise each waits until its customer confirms it. */
  readonly grants: 'trusted' | 'suspended'
  readonly things: Things
  /** In a dry run: what the file says of people's homes, which are not in the database yet. */
  readonly homesInFile: HomesInFile
  /** In a dry run: what earlier batches of the same kind would have brought in, where the kind asks for it (`looksBack`). */
  readonly earlier: readonly WorldLine[]
  /** By which e-mail domain the vendor's people are known; null: by none. */
  readonly vendorDomain: string | null
}

export interface Change<Line> {
  /** Undefined: the thing is new. */
  readonly standing: Standing<Line> | undefined
  readonly line: Line
}

export interface WorldKind<Line> {
  /** Two lines with one key are about the same thing. */
  keyOf(line: Line): string
  references(line: Line): Reference[]
  /** What is wrong with the line whatever it refers to; told before a reference to nothing. */
  misfit?(line: Line, law: Law): LineFault | undefined
  /** What stands there, by the key of the line that asks. */
  standing(tx: ReadTx, lines: readonly Line[]): Promise<Map<string, Standing<Line>>>
  /** What else in the database stands in the way of lines, by their keys. */
  inTheWay?(tx: ReadTx, lines: readonly Line[], given: Given): Promise<Map<string, LineFault>>
  /** Whether lines stand in the way of later ones in a way that only the whole of both shows; a dry run remembers them all, so let them be few. */
  readonly looksBack?: true
  /** What else than its key no two lines of a file may share, with the field that says it. */
  alsoUnique?(line: Line): { readonly key: string; readonly field: string }[]
  /** The line with everything said: what it leaves out stays as it is, or takes its default. */
  complete(line: Line, standing: Standing<Line> | undefined, given: Given): Line | LineFault
  save(tx: WriteTx, run: Run, changes: readonly Change<Line>[], given: Given): Promise<void>
}

export const isLineFault = (value: unknown): value is LineFault =>
  typeof value === 'object' && value !== null && 'expected' in value && 'field' in value

/** A value with its names in order, so that two that say the same are the same text. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : Number(a > b))))
      : inner,
  )
}

/** What an organization alone may say, and has not said here, comes in only where the operator trusts the file. */
export const onlyTrusted = (field: string, expected: string): LineFault => ({
  field,
  expected: `${expected}: anything else comes in with --trust-grants alone, as nobody whose say it is has confirmed it here`,
})

/** The value, or what stands there, or the default: undefined alone means that the line leaves it out. */
export const or = <T>(said: T | undefined, standing: T | undefined, otherwise: T): T =>
  said !== undefined ? said : standing !== undefined ? standing : otherwise

/** `expected a switch of the portal definition: a, b`, or that the definition has none. */
export const expectedOne = (what: string, known: readonly { readonly code: string }[]): string =>
  known.length > 0
    ? `expected ${what} of the portal definition: ${known.map(({ code }) => code).join(', ')}`
    : `expected nothing here: the portal definition has no ${what.replace(/^an? /, '')}`
