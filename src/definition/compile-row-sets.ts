// Compiles named row sets: what the rows of a kind must be, in the words of the definition.
import { all, any, type CustomerRelation, mapLeaves, never, type RowExpression } from '../rows/expression.ts'
import type { Condition, PortalDefinition } from './schema.ts'

const customerRelations: readonly CustomerRelation[] = ['associated', 'preferred', 'subordinate']

/** The row set of this name, for the records of a kind. A name that does not exist holds nowhere; check.ts says so before. */
export function rowSet(definition: PortalDefinition, name: string, kind: string): RowExpression {
  const condition = definition.row_sets?.[name]
  return condition === undefined ? never : compiled(definition, condition, kind)
}

function compiled(definition: PortalDefinition, condition: Condition, kind: string): RowExpression {
  if (typeof condition === 'string') return rowSet(definition, condition, kind)
  return all(...Object.entries(condition).map(([key, value]) => keyed(definition, key, value, kind)))
}

function keyed(definition: PortalDefinition, key: string, value: string | boolean | readonly Condition[], kind: string): RowExpression {
  if (Array.isArray(value)) {
    const parts = (value as readonly Condition[]).map((part) => compiled(definition, part, kind))
    return key === 'any' ? any(...parts) : all(...parts)
  }
  if (typeof value === 'boolean') return { is: 'switch', name: key, on: value }
  return namedBy(definition, key, String(value), kind)
}

/** What belongs to another meaning of the key holds nowhere: kinds may mean different things by one key, and "me" is no partner. */
function namedBy(definition: PortalDefinition, key: string, text: string, kind: string): RowExpression {
  switch (meaningOf(definition, key, kind)) {
    case 'customer':
      return customersOf(definition, text)
    case 'person':
      return text === 'me' ? { is: 'named', relations: [key] } : never
    case 'partner':
      return isPartnerSet(definition, text) ? { is: 'assigned', relations: [key], alike: isAlike(definition, text) } : never
    case 'reference':
      return all({ is: 'unsuspended', through: 'reference' }, throughReference(rowSet(definition, text, key)))
    case 'field':
      return text === 'my_type' ? { is: 'addressed', field: key } : never
    case null:
      return never
  }
}

const isPartnerSet = ({ partner_sets: sets = {} }: PortalDefinition, name: string): boolean => name === 'own' || Object.hasOwn(sets, name)

/** What a key of a condition speaks of, on records of a kind. A key that a kind does not know holds on none of its records: row sets are shared by kinds. */
export function meaningOf(
  definition: PortalDefinition,
  key: string,
  kind: string,
): 'customer' | 'person' | 'partner' | 'reference' | 'field' | null {
  const record = definition.records[kind]
  if (key === 'customer') return 'customer'
  if (record?.people?.includes(key)) return 'person'
  if (record?.partners?.includes(key) || isOfPart(definition, key, kind)) return 'partner'
  if (record?.refers_to === key) return 'reference'
  return record?.fields?.[key] === 'list' ? 'field' : null
}

/** `line.lead_partner`: the relation of a kind that is, in one step or more, part of this kind. */
function isOfPart({ records }: PortalDefinition, key: string, kind: string): boolean {
  const [part, relation] = key.split('.') as [string, string | undefined]
  const isPart = (one: string, steps: number): boolean =>
    steps > 0 && [records[one]?.part_of ?? []].flat().some((whole) => whole === kind || isPart(whole, steps - 1))
  return relation !== undefined && records[part]?.partners?.includes(relation) === true && isPart(part, 3)
}

function customersOf(definition: PortalDefinition, name: string): RowExpression {
  const set = definition.customer_sets?.[name]
  if (!set) return never
  return any(
    ...customerRelations.flatMap((relation): RowExpression[] => {
      const partners = set[relation]
      if (partners === undefined) return []
      const alike = isAlike(definition, partners)
      const related: RowExpression = {
        is: 'related',
        relations: [relation],
        alike,
        through: 'record',
        unlessGranted: set.unless === 'granted',
      }
      return [relation === 'preferred' ? related : all(related, ...onlyOfCustomers(definition))]
    }),
  )
}

/** Where there are types of partners, only those that are customers have an associated one (I-A9). */
function onlyOfCustomers({ partner_types: types }: PortalDefinition): RowExpression[] {
  if (!types) return []
  const among = Object.entries(types).flatMap(([type, { is_customer: isCustomer }]) => (isCustomer ? [type] : []))
  return [among.length === 0 ? never : { is: 'type', among }]
}

/** Whether a partner set holds more than one's own partner. */
const isAlike = ({ partner_sets: sets = {} }: PortalDefinition, set: string): boolean =>
  Object.hasOwn(sets, set) && sets[set]?.includes('same_type_and_reference') === true

/**
 * The same, asked of the record that this one refers to. People and lists of that record are not known here, nor a reference of its own: of
 * such a one it must be known that its customer is not suspended, which is none of the leaves that can be asked there.
 */
function throughReference(expression: RowExpression): RowExpression {
  return mapLeaves(expression, (leaf) => {
    if (leaf.is === 'assigned') return { ...leaf, relations: leaf.relations.map((relation) => `reference/${relation}`) }
    if (leaf.is === 'related') return { ...leaf, through: 'reference' }
    return leaf.is === 'switch' || leaf.is === 'type' ? leaf : never
  })
}
