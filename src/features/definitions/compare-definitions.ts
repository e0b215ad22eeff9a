// What a definition would change, before it is put in force: who gains and loses what on this database, named and counted (BX-24).
import type { Context, ReadTx } from '../../context/context.ts'
import { wordsOf } from '../../law/explain.ts'
import type { Action, Law } from '../../law/law.ts'
import { type ClassChange, type Compared, compareLaws, namedBy } from './compare-steps.ts'
import { plainNumbers } from './compare-store.ts'
import { type Held, leftWithout, sentenceOf } from './left-rules.ts'
import { wordsInUse } from './left-store.ts'
import { otherwise } from './otherwise-rules.ts'
import { readSource } from './read-source.ts'
import type { Change, Counted, On } from './tally-rules.ts'
import { wordsThatWait } from './waiting-store.ts'

/** A definition's text; `current`: the one in force. */
export type Which = 'current' | { readonly source: string }

export interface CompareInput {
  readonly old: Which
  readonly new: Which
  /** How many classes of people are shown; the totals are of all. */
  readonly most: number
}

interface Things {
  readonly many: number
  /** Some of them: numbers of records, names of customers. */
  readonly examples: readonly string[]
}

export interface ShownChange {
  readonly action: Action
  readonly words: string
  readonly on: On
  readonly gained: Things
  readonly lost: Things
}

export interface ShownClass {
  readonly people: number
  /** Some of them. */
  readonly names: readonly string[]
  readonly organization: string
  readonly side: string
  readonly roles: readonly string[]
  /** What each of them gains and loses. */
  readonly changes: readonly ShownChange[]
}

export interface Total {
  readonly action: Action
  readonly words: string
  readonly on: On
  readonly gaining: number
  readonly losing: number
}

export interface Comparison {
  readonly portal: string
  /** The version in force: what to hand to `replaces` when it is put in force. */
  readonly version: number
  readonly at: string
  /** Everybody with a place in the portal; and those of them for whom something changes. */
  readonly people: number
  readonly gaining: number
  readonly losing: number
  readonly totals: readonly Total[]
  readonly classes: readonly ShownClass[]
  /** Classes that are not shown, and the people in them. */
  readonly left: { readonly classes: number; readonly people: number }
  /** Words that are gone although something still holds them. */
  readonly gone: readonly (Held & { readonly sentence: string })[]
  readonly otherwise: readonly string[]
}

const mostNames = 3
const mostExamples = 3

/** Needs `portal:operate`. Refuses `invalid-input` with every fault of a text that is no definition. Reads everything in one snapshot and changes nothing. */
export function compareDefinitions(ctx: Context, input: CompareInput): Promise<Comparison> {
  return ctx.reading('portal:operate', { kind: 'portal' }, async (tx) => {
    const [before, after] = [lawOf(tx, 'old', input.old), lawOf(tx, 'new', input.new)]
    const compared = await compareLaws(tx, before, after)
    const changed = [...compared.changed].sort((a, b) => weightOf(b) - weightOf(a))
    const shown = changed.slice(0, input.most)
    const classes: ShownClass[] = []
    for (const one of shown) classes.push(await shownClass(tx, one, { before, after }, compared))
    const hidden = changed.slice(input.most)
    return {
      portal: after.portal,
      version: tx.law.version,
      at: tx.now,
      people: compared.people,
      gaining: peopleIn(changed.filter(({ changes }) => changes.some(({ gained }) => gained.many > 0))),
      losing: peopleIn(changed.filter(({ changes }) => changes.some(({ lost }) => lost.many > 0))),
      totals: totalsOf(changed, { before, after }),
      classes,
      left: { classes: hidden.length, people: peopleIn(hidden) },
      gone: leftWithout([...(await wordsInUse(tx)), ...(await wordsThatWait(tx))], before, after).map((held) => ({
        ...held,
        sentence: sentenceOf(held),
      })),
      otherwise: otherwise(before, after),
    }
  })
}

const lawOf = (tx: ReadTx, field: string, which: Which): Law => (which === 'current' ? tx.law : readSource(field, which.source))

const peopleIn = (classes: readonly ClassChange[]): number => classes.reduce((sum, { alike }) => sum + alike.people.length, 0)

/** Those who lose come first, and of these the many. */
function weightOf({ alike, changes }: ClassChange): number {
  const lost = changes.reduce((sum, change) => sum + change.lost.many, 0)
  const gained = changes.reduce((sum, change) => sum + change.gained.many, 0)
  return (lost > 0 ? 1e12 : 0) + alike.people.length * (lost + gained)
}

interface Laws {
  readonly before: Law
  readonly after: Law
}

/** The words of the law that still or already knows the action. */
function wordsFor({ before, after }: Laws, action: Action): string {
  const page = action.startsWith('page:') ? action.slice('page:'.length) : undefined
  if (page !== undefined) return `find on the page “${(after.pages.get(page) ?? before.pages.get(page))?.name ?? page}”`
  return wordsOf(after.rules.has(action) ? after : before, action)
}

function totalsOf(changed: readonly ClassChange[], laws: Laws): Total[] {
  const totals = new Map<string, { action: Action; on: On; gaining: number; losing: number }>()
  for (const { alike, changes } of changed)
    for (const { action, on, gained, lost } of changes) {
      const total = totals.get(`${on} ${action}`) ?? { action, on, gaining: 0, losing: 0 }
      totals.set(`${on} ${action}`, total)
      if (gained.many > 0) total.gaining += alike.people.length
      if (lost.many > 0) total.losing += alike.people.length
    }
  const inOrder = [...totals.values()].sort((a, b) => (a.action < b.action ? -1 : a.action > b.action ? 1 : a.on < b.on ? -1 : 1))
  return inOrder.map((total) => ({ ...total, words: wordsFor(laws, total.action) }))
}

async function shownClass(tx: ReadTx, one: ClassChange, laws: Laws, compared: Compared): Promise<ShownClass> {
  const { people, subject } = one.alike
  const changes: ShownChange[] = []
  for (const change of one.changes) changes.push(await shownChange(tx, one, change, laws, compared))
  return {
    people: people.length,
    names: people.slice(0, mostNames).map(({ name }) => name),
    organization: subject.organizationName,
    side: subject.side,
    roles: [...new Set([...subject.roles, ...subject.siteRoles.map(({ role }) => role)])],
    changes,
  }
}

async function shownChange(tx: ReadTx, one: ClassChange, change: Change, laws: Laws, compared: Compared): Promise<ShownChange> {
  const { action, on, gained, lost } = change
  const things = async (counted: Counted): Promise<Things> => ({
    many: counted.many,
    examples: await examplesOf(tx, one, counted, compared),
  })
  return { action, on, words: wordsFor(laws, action), gained: await things(gained), lost: await things(lost) }
}

/** Some of what is counted: records that name somebody of the class first, then others. */
async function examplesOf(tx: ReadTx, { alike }: ClassChange, { buckets, names }: Counted, { looked }: Compared): Promise<string[]> {
  const found = [...names, ...buckets.flatMap(({ special }) => special.flatMap(({ numbers }) => numbers))].slice(0, mostExamples)
  for (const group of buckets.flatMap(({ plain }) => plain)) {
    if (found.length >= mostExamples) break
    found.push(...(await plainNumbers(tx, group, namedBy(alike), looked, mostExamples - found.length)))
  }
  return found
}
