// The receipt of a removal: what ended, how it is said, and until when it can be undone.
import { addMilliseconds, type Instant } from '../../kernel/instant.ts'
import { refuse } from '../../kernel/refusal.ts'

/** Somebody named on a record of the customer, as it was before the removal or is after it. */
export interface NamedOnRecord {
  readonly kind: string
  readonly recordId: number
  readonly number: string
  readonly relation: string
  readonly personId: string
  readonly person: string
}

/** One path that ended: a sentence for people, and what is needed to bring it back. */
export type Ended =
  | { readonly what: 'grant'; readonly says: string; readonly id: string }
  | { readonly what: 'group'; readonly says: string; readonly id: string; readonly gives: string }
  | { readonly what: 'request'; readonly says: string; readonly id: string; readonly itemIds: readonly string[] }
  | { readonly what: 'invitation'; readonly says: string; readonly id: string }
  | {
      readonly what: 'named'
      readonly says: string
      /** Who was named before and is not now, and who is named now and was not before. */
      readonly gone: readonly NamedOnRecord[]
      readonly come: readonly NamedOnRecord[]
    }
  | { readonly what: 'subscription'; readonly says: string; readonly rows: readonly Readonly<Record<string, unknown>>[] }

export interface Removal {
  readonly id: string
  readonly number: number
  readonly customer: { readonly id: string; readonly name: string }
  readonly partner: { readonly id: string; readonly name: string }
  /** One access alone; null: everything that the partner had. */
  readonly grantId: string | null
  readonly removedAt: Instant
  readonly removedBy: string | null
  readonly reason: string | null
  readonly ended: readonly Ended[]
  readonly left: readonly string[]
  readonly undone: { readonly at: Instant; readonly by: string | null; readonly cameBack: readonly string[] } | null
}

const undoFor = 10 * 60_000

export const undoUntil = ({ removedAt }: Pick<Removal, 'removedAt'>): Instant => addMilliseconds(removedAt, undoFor)

export const mayBeUndone = (removal: Pick<Removal, 'removedAt' | 'undone'>, now: Instant): boolean =>
  removal.undone === null && now < undoUntil(removal)

/** Refuses (409) what was undone already, and what is older than ten minutes. */
export function refuseUnlessUndoable(removal: Pick<Removal, 'removedAt' | 'undone'>, now: Instant): void {
  const { undone } = removal
  if (undone !== null)
    refuse('already-answered', `${undone.by ?? 'Somebody'} undid this removal already.`, { detail: { by: undone.by, at: undone.at } })
  if (now >= undoUntil(removal))
    refuse('stale', 'A removal can be undone for ten minutes, and these are over. Nothing was changed. Give the access again instead.')
}

export const removalNumber = (number: number): string => `E-${number}`

/** The differences between who was named on records before and after, to be undone one by one. */
export function namedDifference(
  before: readonly NamedOnRecord[],
  after: readonly NamedOnRecord[],
): { gone: NamedOnRecord[]; come: NamedOnRecord[] } {
  const keys = (rows: readonly NamedOnRecord[]) => new Set(rows.map(keyOf))
  const [was, is] = [keys(before), keys(after)]
  return { gone: before.filter((row) => !is.has(keyOf(row))), come: after.filter((row) => !was.has(keyOf(row))) }
}

const keyOf = ({ kind, recordId, relation, personId }: NamedOnRecord): string => `${kind} ${recordId} ${relation} ${personId}`

/** “Priya Raman is no longer named on SR-10482 and SR-10455.” One sentence a person; those who came instead are told of by whoever handed over. */
export function namedSentences(gone: readonly NamedOnRecord[], isPartners: (personId: string) => boolean): string[] {
  const people = Map.groupBy(
    gone.filter(({ personId }) => isPartners(personId)),
    ({ personId }) => personId,
  )
  return [...people.values()].map((rows) => {
    const numbers = [...new Set(rows.map(({ number }) => number))]
    const shown = numbers.length > 5 ? `${numbers.slice(0, 5).join(', ')} and ${numbers.length - 5} more` : joined(numbers)
    return `${rows[0]?.person} is no longer named on ${shown}.`
  })
}

const joined = (words: readonly string[]): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`
