// Lines of what customers say to colleagues whom partners let in. What held before is never rewritten: a choice is ended, and another follows it.
import { randomUUID } from 'node:crypto'
import type { ReadTx } from '../../context/context.ts'
import type { ColleagueChoice } from '../../law/law.ts'
import { findThings } from './find-things.ts'
import { type ColleagueChoiceRow, colleagueChoicesOf, endColleagueChoices, saveKept } from './kept-store.ts'
import type { Reference } from './references.ts'
import { canonical, type Given, isLineFault, type LineFault, onlyTrusted, or, type Standing, type WorldKind } from './world-kind.ts'
import type { LineOf, WorldLine } from './world-lines.ts'

type ColleagueChoiceLine = LineOf<'colleague_choice'>
type Whole = ColleagueChoiceLine & { readonly from: string; readonly until: string | null }

export const colleagueChoiceLine = (row: ColleagueChoiceRow): Whole => ({
  kind: 'colleague_choice',
  customer: row.customer,
  choice: row.choice,
  chosenBy: row.by,
  from: row.from_at.toISOString(),
  until: row.until_at?.toISOString() ?? null,
})

const customer = ({ customer: id }: ColleagueChoiceLine): Reference => ({ to: 'customer', id, field: 'customer' })
const chosenBy = (line: ColleagueChoiceLine): Reference[] => (line.chosenBy ? [{ to: 'person', id: line.chosenBy, field: 'chosenBy' }] : [])
const references = (line: ColleagueChoiceLine) => [customer(line), ...chosenBy(line)]
/** A line with an end is about the choice of that start; one without is about the one that counts. */
const keyOf = ({ customer: of, from, until }: ColleagueChoiceLine) => JSON.stringify([of, until ? (from ?? null) : null])

export const colleagueChoiceLines: WorldKind<ColleagueChoiceLine> = {
  keyOf,
  references,
  looksBack: true,
  standing: async (tx, lines) => new Map((await rowsAbout(tx, lines)).map((row) => [keyOf(row.line), row])),
  inTheWay: async (tx, lines, given) => {
    const rows = await rowsAbout(tx, lines)
    const there = [...rows.map(({ line }) => line), ...given.earlier.filter(isWhole)]
    const overlapping = new Map<string, LineFault>()
    for (const line of lines) {
      const key = keyOf(line)
      const whole = complete(
        line,
        rows.find((row) => keyOf(row.line) === key),
        given,
      )
      // What is left out anyway stands in nobody's way.
      if (isLineFault(whole) || references(line).some((one) => !given.things.find(one))) continue
      if (there.some((other) => other.customer === line.customer && keyOf(other) !== key && overlap(whole, other)))
        overlapping.set(key, another)
      else there.push(whole)
    }
    return overlapping
  },
  complete,
  save: async (tx, run, changes, { things }) => {
    await endColleagueChoices(
      tx,
      run,
      changes.flatMap(({ standing }) => standing?.id ?? []),
    )
    await saveKept(
      tx,
      run,
      'colleague_choices',
      changes.map(({ line }) => ({
        id: randomUUID(),
        customer_id: things.get(customer(line)).id,
        choice: line.choice,
        chosen_by: chosenBy(line).map((one) => things.get(one).id)[0] ?? null,
        from_at: line.from ?? tx.now,
        until_at: line.until ?? null,
      })),
    )
  },
}

const isWhole = (line: WorldLine): line is Whole => line.kind === 'colleague_choice' && line.from !== undefined && line.until !== undefined

const another: LineFault = { field: 'from', expected: 'expected a time in which the customer has no other choice', conflict: true }
async function rowsAbout(tx: ReadTx, lines: readonly ColleagueChoiceLine[]): Promise<Standing<Whole>[]> {
  const of = lines.map(customer)
  const things = await findThings(tx, of)
  const rows = await colleagueChoicesOf(
    tx,
    of.flatMap((one) => things.find(one)?.id ?? []),
  )
  return rows.map((row) => ({ line: colleagueChoiceLine(row), id: row.id }))
}

/** One that counts is ended at this instant by another; one that is new is as the line says it. */
function complete(line: ColleagueChoiceLine, standing: Standing<ColleagueChoiceLine> | undefined, given: Given): Whole | LineFault {
  const before = standing?.line
  const whole = {
    ...line,
    chosenBy: or(line.chosenBy, before?.chosenBy, null),
    from: or(line.from, before?.from, given.now),
    until: or(line.until, before?.until, null),
  }
  if (before && canonical(before) === canonical(whole)) return whole
  const fault = timesFault(whole, given.now) ?? (before && rewrites(before, whole)) ?? widens(whole, before?.choice, given)
  if (fault) return fault
  return before ? { ...whole, chosenBy: line.chosenBy ?? null, from: given.now } : whole
}

function timesFault({ from, until }: Whole, now: string): LineFault | undefined {
  if (until !== null && until < from) return { field: 'until', expected: 'expected an instant not before from' }
  const expected = 'expected an instant that is past: a choice counts until another follows it'
  if (from > now) return { field: 'from', expected }
  return until !== null && until > now ? { field: 'until', expected } : undefined
}

const rewrites = (before: ColleagueChoiceLine, { from, until }: Whole): LineFault | undefined => {
  const field = from !== before.from ? 'from' : until !== before.until ? 'until' : before.until ? 'choice' : undefined
  const expected = 'expected what is said of it here, or nothing: what held before stays, and another choice begins when it is imported'
  return field && { field, expected, conflict: true }
}

/** From the one that lets in nobody to the one that lets them in at once. */
const width: readonly ColleagueChoice[] = ['forbid', 'ask', 'tell']

/** Letting in more than holds now is the customer's to say. */
function widens({ choice, until }: Whole, before: ColleagueChoice | undefined, { law, grants }: Given): LineFault | undefined {
  const holds = before ?? law.colleagues ?? 'forbid'
  if (until !== null || grants === 'trusted' || width.indexOf(choice) <= width.indexOf(holds)) return undefined
  return onlyTrusted('choice', `expected no more than holds now ("${holds}")`)
}

const overlap = (a: Whole, b: Whole) => a.from !== a.until && b.from !== b.until && before(a.from, b.until) && before(b.from, a.until)
const before = (from: string, until: string | null) => until === null || from < until
