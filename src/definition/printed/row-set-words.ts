// Row sets, partner sets and customer sets in words, as the definition composes them.
import { meaningOf } from '../compile-row-sets.ts'
import type { Condition, PortalDefinition } from '../schema.ts'
import { listed, said } from './text-table.ts'

/** One paragraph for each row set; what it joins stands in lines of its own. */
export const rowSetWords = (definition: PortalDefinition): string[] =>
  Object.entries(definition.row_sets ?? {}).map(([name, condition]) => `${name}: ${conditionWords(definition, condition)}`)

function conditionWords(definition: PortalDefinition, condition: Condition): string {
  if (typeof condition === 'string') return `it is one of ${condition}`
  const parts = Object.entries(condition).map(([key, value]) =>
    Array.isArray(value) ? joined(definition, key, value as readonly Condition[]) : keyWords(definition, key, value as string | boolean),
  )
  return listed(parts)
}

function joined(definition: PortalDefinition, key: string, parts: readonly Condition[]): string {
  const words = parts.map((part) => `\n  - ${conditionWords(definition, part).replaceAll('\n', '\n    ')}`)
  return `${key === 'any' ? 'one of' : 'all of'}${words.join('')}`
}

function keyWords(definition: PortalDefinition, key: string, value: string | boolean): string {
  if (typeof value === 'boolean') return `“${definition.switches?.[key]?.name ?? key}” is ${value ? 'on' : 'off'} for the person`
  const kind = Object.keys(definition.records).find((one) => meaningOf(definition, key, one) !== null) ?? ''
  const [part, relation] = key.split('.') as [string, string | undefined]
  switch (meaningOf(definition, key, kind)) {
    case 'customer':
      return `its customer is one of ${value}`
    case 'person':
      return `the person is its ${said(key)}`
    case 'reference':
      return `the ${said(key)} that it refers to is one of ${value}`
    case 'field':
      return `it belongs to no customer, and its list “${said(key)}” names the person's type`
    default:
      return `its ${relation === undefined ? said(part) : `${said(part)}'s ${said(relation)}`} is ${partners(value)}`
  }
}

const partners = (set: string): string => (set === 'own' ? "the person's own partner" : `one of ${set}`)

const partnerWords = {
  own: "the person's own partner",
  same_type_and_reference: 'the active partners of the same type and reference',
} as const

export const partnerSetWords = (definition: PortalDefinition): string[] =>
  Object.entries(definition.partner_sets ?? {}).map(([name, set]) => `${name}: ${listed(set.map((one) => partnerWords[one]))}`)

/** How a customer must be related to a partner of the set. */
const relationWords = {
  associated: (set: string) => `customers that ${partners(set)} itself is`,
  preferred: (set: string) => `customers that prefer ${partners(set)}`,
  subordinate: (set: string) => `customers subordinate to one that ${partners(set)} itself is`,
} as const

export const customerSetWords = (definition: PortalDefinition): string[] =>
  Object.entries(definition.customer_sets ?? {}).map(([name, set]) => {
    const parts = (['associated', 'preferred', 'subordinate'] as const).flatMap((relation) =>
      set[relation] === undefined ? [] : [relationWords[relation](set[relation])],
    )
    return `${name}: ${listed(parts, 'or')}${set.unless === 'granted' ? ', unless access that was given decides there' : ''}`
  })
