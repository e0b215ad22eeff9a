// Takes a rule apart into the places where its rows can be found: each says where to begin, and what else must hold there. Pure.
import type { Narrow, RowExpression } from './expression.ts'

type Of<Is extends RowExpression['is']> = Extract<RowExpression, { is: Is }>

/** Columns of `records` by which rows of one owner can be gone through, newest first. */
export type OwnerColumn = 'customer_no' | 'site_no' | 'reference_customer_no'

/** One place where rows of a rule are found. Together the sources of a rule find all of its rows, some of them twice. */
export type Source =
  /** The rows of some customers or sites: those that the leaf names. */
  | {
      readonly from: 'owners'
      readonly column: OwnerColumn
      readonly leaf: Of<'access' | 'related'>
      readonly rest: readonly RowExpression[]
    }
  /** Single rows, known by their ids. */
  | { readonly from: 'ids'; readonly leaf: Of<'access' | 'named'>; readonly rest: readonly RowExpression[] }
  /** The rows that name the actor's partner, in a side table. */
  | { readonly from: 'assignments'; readonly leaf: Of<'assigned'>; readonly rest: readonly RowExpression[] }
  /** Any rows: all that is known must hold on each. */
  | { readonly from: 'rows'; readonly rest: readonly RowExpression[] }

/** A rule that falls into more parts than this is looked for among all rows. */
const mostParts = 40

export function sourcesOf(rule: RowExpression): Source[] {
  const parts = partsOf(rule)
  return parts.length > mostParts ? [{ from: 'rows', rest: [rule] }] : parts.map(sourceOf)
}

/** The rule as "one of these, each being all of those". */
function partsOf(rule: RowExpression): RowExpression[][] {
  switch (rule.is) {
    case 'never':
      return []
    case 'always':
      return [[]]
    case 'any':
      return rule.of.flatMap(partsOf)
    case 'all':
      return rule.of.map(partsOf).reduce((left, right) => left.flatMap((one) => right.map((other) => [...one, ...other])), [[]])
    case 'access':
      return accessParts(rule).map((part) => [part])
    default:
      return [[rule]]
  }
}

const wholeOnly: Narrow = { siteGives: [], siteRoles: [], recordGives: [] }

/** Access to whole customers, to sites and to single records: three ways that are found differently. */
function accessParts(rule: Of<'access'>): Of<'access'>[] {
  const { siteGives, siteRoles, recordGives } = rule.narrow
  const nothing = { is: 'access', gives: [], homeRoles: [] } as const
  return [
    ...(rule.gives.length + rule.homeRoles.length > 0 ? [{ ...rule, narrow: wholeOnly }] : []),
    ...(siteGives.length + siteRoles.length > 0 ? [{ ...nothing, narrow: { ...wholeOnly, siteGives, siteRoles } }] : []),
    ...(recordGives.length > 0 ? [{ ...nothing, narrow: { ...wholeOnly, recordGives } }] : []),
  ]
}

/** Which column an access or relation leaf is about; null: single records. */
function ownerOf(leaf: RowExpression): OwnerColumn | null {
  if (leaf.is === 'related') return leaf.through === 'record' ? 'customer_no' : 'reference_customer_no'
  if (leaf.is !== 'access' || leaf.narrow.recordGives.length > 0) return null
  return leaf.narrow.siteGives.length + leaf.narrow.siteRoles.length > 0 ? 'site_no' : 'customer_no'
}

const isSingle = (leaf: RowExpression): leaf is Of<'access' | 'named'> =>
  leaf.is === 'named' || (leaf.is === 'access' && leaf.narrow.recordGives.length > 0)
const hasOwner = (leaf: RowExpression): leaf is Of<'access' | 'related'> => ownerOf(leaf) !== null

/** Begins with what names the fewest rows: single ones, then those that name the partner, then those of customers. */
function sourceOf(part: readonly RowExpression[]): Source {
  const without = (leaf: RowExpression) => part.filter((other) => other !== leaf)
  const single = part.find(isSingle)
  if (single) return { from: 'ids', leaf: single, rest: without(single) }
  const assigned = part.find((leaf) => leaf.is === 'assigned')
  if (assigned) return { from: 'assignments', leaf: assigned, rest: without(assigned) }
  const owned = part.find(hasOwner)
  if (owned) return { from: 'owners', column: ownerOf(owned) as OwnerColumn, leaf: owned, rest: without(owned) }
  return { from: 'rows', rest: part }
}

/** Whether a leaf says the same of every row of a customer: it looks at nothing else of the row. */
const isOfCustomer = (leaf: RowExpression): boolean =>
  ['type', 'switch'].includes(leaf.is) ||
  (leaf.is === 'attribute' && leaf.of === 'person') ||
  (leaf.is === 'unsuspended' && leaf.through === 'record') ||
  ownerOf(leaf) === 'customer_no'

/** All that must hold on a row of the source, its beginning included. */
export const conditionsOf = (source: Source): readonly RowExpression[] =>
  source.from === 'rows' ? source.rest : [source.leaf, ...source.rest]

/** Whether every row of a customer is found there or none, so that rows need only be counted for each customer. */
export const isWhole = (source: Source): boolean => conditionsOf(source).every(isOfCustomer)
