// Reads a row expression in memory, on one row.
import type { CustomerRelation, Relation, RowExpression, Scalar } from './expression.ts'

type Of<Is extends RowExpression['is']> = Extract<RowExpression, { is: Is }>
export type Attributes = Readonly<Record<string, unknown>>

/** How the row's customer is related to the actor's partner, or to an active one of the same type and reference (`alike`). */
export interface RelatedCustomer {
  readonly relation: CustomerRelation
  readonly through: 'record' | 'reference'
  readonly alike: boolean
}

/** What a row expression asks about a row and the one who looks at it. */
export interface RowView {
  /** What the grants that decide and cover the row give: levels, roles and rights. */
  readonly gives: readonly string[]
  /** Whether a grant in force decides at the row's customer, whatever it covers. */
  readonly granted: boolean
  /** The actor's roles that cover the row; empty where it is not their own organization's. */
  readonly homeRoles: readonly string[]
  /** How the actor is named on the row. */
  readonly relations: readonly Relation[]
  /** The row's state, or null where it has none. */
  readonly state: string | null
  /** A partner's type, `customers` for the people of a customer, or null. */
  readonly type: string | null
  /** The actor's switches that are on. */
  readonly switches: readonly string[]
  /** In which relations the row names the actor's partner, or an active one of the same type and reference (`alike`). */
  readonly assigned: readonly { readonly relation: string; readonly alike: boolean }[]
  readonly related: readonly RelatedCustomer[]
  /** Whether the row belongs to a customer, and whether that one is suspended. */
  readonly customer: 'none' | 'standing' | 'suspended'
  /** The same of the record that it refers to. */
  readonly reference: 'none' | 'standing' | 'suspended'
  readonly record: Attributes
  readonly person: Attributes
  /** What the caller says of the action; rows know nothing of it. */
  readonly action: Attributes
}

/** A row on which nobody is named, met by somebody of whom nothing is known. */
export const bareView: RowView = {
  gives: [],
  granted: false,
  homeRoles: [],
  relations: [],
  state: null,
  type: null,
  switches: [],
  assigned: [],
  related: [],
  customer: 'standing',
  reference: 'none',
  record: {},
  person: {},
  action: {},
}

/** A row expression as a function of the row. */
type Reading = (row: RowView) => boolean

/** Each expression is compiled once; expressions never change. */
const compiled = new WeakMap<RowExpression, Reading>()

/** Whether the expression holds on the row. Pure and total: it never throws. */
export function holds(expression: RowExpression, row: RowView): boolean {
  const known = compiled.get(expression)
  if (known) return known(row)
  const made = readingOf(expression)
  compiled.set(expression, made)
  return made(row)
}

function readingOf(expression: RowExpression): Reading {
  switch (expression.is) {
    case 'always':
      return () => true
    case 'never':
      return () => false
    case 'access': {
      const { gives, homeRoles } = expression
      return (row) => meet(gives, row.gives) || meet(homeRoles, row.homeRoles)
    }
    case 'named': {
      const { relations } = expression
      return (row) => meet(relations, row.relations)
    }
    case 'state': {
      const { among } = expression
      return ({ state }) => state !== null && among.includes(state)
    }
    case 'all': {
      const parts = expression.of.map(readingOf)
      return (row) => parts.every((part) => part(row))
    }
    case 'any': {
      const parts = expression.of.map(readingOf)
      return (row) => parts.some((part) => part(row))
    }
    default:
      return readingOfActor(expression)
  }
}

type OfActor = Of<'type' | 'switch' | 'assigned' | 'related' | 'unsuspended' | 'addressed' | 'attribute'>

function readingOfActor(expression: OfActor): Reading {
  switch (expression.is) {
    case 'type':
      return ({ type }) => type !== null && expression.among.includes(type)
    case 'switch':
      return ({ switches }) => switches.includes(expression.name) === expression.on
    case 'assigned':
      return ({ assigned }) =>
        assigned.some(({ relation, alike }) => expression.relations.includes(relation) && (expression.alike || !alike))
    case 'related':
      return (row) => isRelated(expression, row)
    case 'unsuspended':
      return expression.through === 'record' ? ({ customer }) => customer !== 'suspended' : ({ reference }) => reference !== 'suspended'
    case 'addressed':
      return ({ customer, type, record }) => customer === 'none' && type !== null && listOf(record[expression.field]).includes(type)
    case 'attribute':
      return (row) => compares(expression, row[expression.of][expression.name])
  }
}

const meet = (wanted: readonly string[], found: readonly string[]): boolean => found.length > 0 && wanted.some((one) => found.includes(one))
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

function isRelated({ relations, alike, through, unlessGranted }: Of<'related'>, row: RowView): boolean {
  if (unlessGranted && row.granted) return false
  return row.related.some((one) => one.through === through && relations.includes(one.relation) && (alike || !one.alike))
}

/** An attribute that is unknown compares with nothing: neither equal nor different. */
function compares({ value, equal }: { readonly value: Scalar; readonly equal: boolean }, found: unknown): boolean {
  return isScalar(found) && (found === value) === equal
}

const isScalar = (value: unknown): value is Scalar => ['string', 'number', 'boolean'].includes(typeof value)

/** Whether it could hold on some row, as far as the actor alone decides it: what depends on the row is taken to be met. */
export function couldHold(expression: RowExpression, actor: Pick<RowView, 'type' | 'switches' | 'person'>): boolean {
  switch (expression.is) {
    case 'never':
      return false
    case 'type':
      return actor.type !== null && expression.among.includes(actor.type)
    case 'switch':
      return actor.switches.includes(expression.name) === expression.on
    case 'attribute':
      return expression.of !== 'person' || compares(expression, actor.person[expression.name])
    case 'all':
      return expression.of.every((part) => couldHold(part, actor))
    case 'any':
      return expression.of.some((part) => couldHold(part, actor))
    default:
      return true
  }
}
