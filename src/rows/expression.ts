// A row expression says on which rows a rule holds, and for whom. It is the one value that check, list, words and row policies read.

/** How a person is named on a record, by a name of the definition; these three are the ones of conversations. */
export type Relation = string
export const conversationRelations = ['requester', 'point_of_contact', 'additional_contact'] as const

/** How narrow what somebody was given may be: at named sites or for named records only. */
export type Scope = 'sites' | 'records'

/** What an attribute may be compared with. */
export type Scalar = string | number | boolean

/** How a customer is related to a partner: the partner is that customer, is preferred by it, or is a customer that it is subordinate to. */
export type CustomerRelation = 'associated' | 'preferred' | 'subordinate'

export interface Narrow {
  readonly siteGives: readonly string[]
  readonly siteRoles: readonly string[]
  readonly recordGives: readonly string[]
}

/** A small closed union; nothing else can be said. */
export type RowExpression =
  | { readonly is: 'always' }
  | { readonly is: 'never' }
  /** A grant that covers the row gives the actor one of these, or the row is the actor's own organization's and one of the home roles covers it. */
  | {
      readonly is: 'access'
      readonly gives: readonly string[]
      readonly homeRoles: readonly string[]
      /** Which of them count where they are held at the row's site, or for the row alone. */
      readonly narrow: Narrow
    }
  /** The actor is named on the row in one of the relations. */
  | { readonly is: 'named'; readonly relations: readonly Relation[] }
  /** The row is in one of the states. */
  | { readonly is: 'state'; readonly among: readonly string[] }
  /** The actor is of one of these types: partner types, or `customers` for the people of a customer. */
  | { readonly is: 'type'; readonly among: readonly string[] }
  /** The actor's switch of this name is on, or off. */
  | { readonly is: 'switch'; readonly name: string; readonly on: boolean }
  /** The row names the actor's partner in one of the relations; `alike`: or an active partner of the same type and reference. */
  | { readonly is: 'assigned'; readonly relations: readonly string[]; readonly alike: boolean }
  /** The row's customer (or that of the record it refers to) is related to the actor's partner. */
  | {
      readonly is: 'related'
      readonly relations: readonly CustomerRelation[]
      readonly alike: boolean
      readonly through: 'record' | 'reference'
      /** Not where a grant in force decides already. */
      readonly unlessGranted: boolean
    }
  /** The row (or the record that it refers to) belongs to no customer, or to one that is not suspended. */
  | { readonly is: 'unsuspended'; readonly through: 'record' | 'reference' }
  /** The row belongs to no customer, and its list of this name holds the actor's type. */
  | { readonly is: 'addressed'; readonly field: string }
  /** An attribute is known, and is this value (or is not). Attributes of the action are only ever asked: rows do not know them. */
  | {
      readonly is: 'attribute'
      readonly of: 'record' | 'person' | 'action'
      readonly name: string
      readonly value: Scalar
      readonly equal: boolean
    }
  | { readonly is: 'all'; readonly of: readonly RowExpression[] }
  | { readonly is: 'any'; readonly of: readonly RowExpression[] }

export const always: RowExpression = { is: 'always' }
export const never: RowExpression = { is: 'never' }
export const unsuspended: RowExpression = { is: 'unsuspended', through: 'record' }

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
  return oneOf(kept.filter((part, index) => !kept.some((wider, other) => narrows(part, wider) && (other < index || !narrows(wider, part)))))
}

/** Whether `part` holds nowhere that `wider` does not, because it says `wider` and more. */
const narrows = (part: RowExpression, wider: RowExpression): boolean =>
  part.is === 'all' && (wider.is === 'all' ? wider.of : [wider]).every((needed) => part.of.some((condition) => same(condition, needed)))

function oneOf(kept: readonly RowExpression[]): RowExpression {
  return kept.length === 0 ? never : kept.length === 1 ? (kept[0] as RowExpression) : { is: 'any', of: kept }
}

function distinct(parts: readonly RowExpression[]): RowExpression[] {
  return parts.filter((part, index) => parts.findIndex((other) => same(part, other)) === index)
}

/** The expression with every leaf replaced; what the replacement makes empty falls away. */
export function mapLeaves(expression: RowExpression, replace: (leaf: RowExpression) => RowExpression): RowExpression {
  if (expression.is === 'all') return all(...expression.of.map((part) => mapLeaves(part, replace)))
  if (expression.is === 'any') return any(...expression.of.map((part) => mapLeaves(part, replace)))
  return replace(expression)
}

/** Whether a leaf somewhere in the expression is such a one. */
export function mentions(expression: RowExpression, is: (leaf: RowExpression) => boolean): boolean {
  return expression.is === 'all' || expression.is === 'any' ? expression.of.some((part) => mentions(part, is)) : is(expression)
}
