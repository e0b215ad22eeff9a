// A row expression says on which rows a rule holds. It is the one value that check, list, words and row policies read.

/** How a person may be named on a record. */
export type Relation = 'requester' | 'point_of_contact' | 'additional_contact'
export const relations: readonly Relation[] = ['requester', 'point_of_contact', 'additional_contact']

/** A small closed union; nothing else can be said. */
export type RowExpression =
  | { readonly is: 'always' }
  | { readonly is: 'never' }
  /** The actor reaches the row's organization by a grant of one of the levels, or belongs to it with one of the home roles. */
  | { readonly is: 'access'; readonly levels: readonly string[]; readonly homeRoles: readonly string[] }
  /** The actor is named on the row in one of the relations. */
  | { readonly is: 'named'; readonly relations: readonly Relation[] }
  /** The row is in one of the states. */
  | { readonly is: 'state'; readonly among: readonly string[] }
  | { readonly is: 'all'; readonly of: readonly RowExpression[] }
  | { readonly is: 'any'; readonly of: readonly RowExpression[] }

export const always: RowExpression = { is: 'always' }
export const never: RowExpression = { is: 'never' }

const same = (a: RowExpression, b: RowExpression): boolean => JSON.stringify(a) === JSON.stringify(b)

/** Holds where every part holds; no part at all holds nowhere: an empty rule is no rule. */
export function all(...parts: RowExpression[]): RowExpression {
  const kept = distinct(parts.flatMap((part) => (part.is === 'all' ? part.of : [part])))
  if (kept.length === 0 || kept.some((part) => part.is === 'never')) return never
  const rest = kept.filter((part) => part.is !== 'always')
  return rest.length === 0 ? always : rest.length === 1 ? (rest[0] as RowExpression) : { is: 'all', of: rest }
}

/** Holds where one of the parts holds. */
export function any(...parts: RowExpression[]): RowExpression {
  const kept = distinct(parts.flatMap((part) => (part.is === 'any' ? part.of : [part]))).filter((part) => part.is !== 'never')
  if (kept.some((part) => part.is === 'always')) return always
  return oneOf(kept.filter((part) => !kept.some((wider) => wider !== part && narrows(part, wider))))
}

/** Whether `part` holds nowhere that `wider` does not, because it says `wider` and more. */
const narrows = (part: RowExpression, wider: RowExpression): boolean =>
  part.is === 'all' && part.of.some((condition) => same(condition, wider))

function oneOf(kept: readonly RowExpression[]): RowExpression {
  return kept.length === 0 ? never : kept.length === 1 ? (kept[0] as RowExpression) : { is: 'any', of: kept }
}

function distinct(parts: readonly RowExpression[]): RowExpression[] {
  return parts.filter((part, index) => parts.findIndex((other) => same(part, other)) === index)
}
