// Whether row sets, partner sets and customer sets agree with themselves, and with the kinds that they are used for.
import { mentions } from '../rows/expression.ts'
import { meaningOf, rowSet } from './compile-row-sets.ts'
import { spellingHint } from './fault.ts'
import { checkMay, type Faults } from './faults-in.ts'
import { conditionsIn, mostConditions } from './made-of.ts'
import type { Condition, PortalDefinition } from './schema.ts'

export function checkRowSets(definition: PortalDefinition, faults: Faults): void {
  const sizes = conditionsIn(definition)
  checkCustomerSets(definition, faults)
  for (const [name, condition] of Object.entries(definition.row_sets ?? {})) {
    checkCondition(['row_sets', name], condition, definition, faults)
    checkSize(name, sizes.get(name) ?? 0, faults)
  }
  for (const [index, { where, may }] of (definition.without_grant ?? []).entries()) {
    const path = ['without_grant', String(index)]
    checkMay([...path, 'may'], may, definition, faults)
    for (const kind of Object.keys(may)) {
      checkUse([...path, 'where'], where, kind, definition, faults)
      if (!(kind in definition.records)) faults.say([...path, 'may', kind], 'is given by grants and home roles alone.')
    }
  }
}

function checkSize(name: string, size: number, faults: Faults): void {
  const path = ['row_sets', name]
  if (size === Number.POSITIVE_INFINITY) faults.say(path, `the row set "${name}" is made of itself, or of one that is.`)
  else if (size > mostConditions) faults.say(path, `the row set "${name}" is made of more than ${mostConditions} conditions.`)
}

const partnerSets = (definition: PortalDefinition): string[] => ['own', ...Object.keys(definition.partner_sets ?? {})]

function checkCustomerSets(definition: PortalDefinition, faults: Faults): void {
  if (Object.hasOwn(definition.partner_sets ?? {}, 'own'))
    faults.say(['partner_sets', 'own'], '"own" is one\'s own partner and cannot name another set.')
  for (const [name, set] of Object.entries(definition.customer_sets ?? {})) {
    const path = ['customer_sets', name]
    const relations = (['associated', 'preferred', 'subordinate'] as const).filter((relation) => set[relation] !== undefined)
    if (relations.length === 0) faults.say(path, 'must say how its customers are related: associated, preferred or subordinate.')
    for (const relation of relations) faults.known([...path, relation], set[relation] as string, partnerSets(definition), 'partner set')
  }
}

/** That a row set exists, can say something about the kind, and gives no money by a mere relation. */
export function checkUse(path: readonly string[], name: string, kind: string, definition: PortalDefinition, faults: Faults): void {
  const known = Object.keys(definition.row_sets ?? {})
  faults.known(path, name, known, 'row set')
  if (!known.includes(name) || !(kind in definition.records) || (conditionsIn(definition).get(name) ?? 0) > mostConditions) return
  const expression = rowSet(definition, name, kind)
  if (expression.is === 'never') faults.say(path, `the row set "${name}" says nothing about ${kind}: it would never hold.`)
  const byRelation = mentions(
    expression,
    (leaf) => leaf.is === 'assigned' || (leaf.is === 'related' && leaf.relations.includes('preferred')),
  )
  if (definition.records[kind]?.money && byRelation) faults.say(path, `${kind} is money, which is never given by a relation.`)
}

/** Every key means something for some kind, and every value is the name of what belongs there. */
function checkCondition(path: readonly string[], condition: Condition, definition: PortalDefinition, faults: Faults): void {
  if (typeof condition === 'string') faults.known(path, condition, Object.keys(definition.row_sets ?? {}), 'row set')
  else for (const [key, value] of Object.entries(condition)) checkKey([...path, key], key, value, definition, faults)
}

function checkKey(
  path: readonly string[],
  key: string,
  value: string | boolean | readonly Condition[],
  definition: PortalDefinition,
  faults: Faults,
): void {
  if (typeof value === 'boolean') faults.known(path, key, Object.keys(definition.switches ?? {}), 'switch')
  else if (typeof value === 'string' && (key === 'any' || key === 'all')) faults.say(path, `"${key}" holds a list.`)
  else if (typeof value === 'string') checkNamed(path, key, value, definition, faults)
  else if (key !== 'any' && key !== 'all') faults.say(path, 'only "any" and "all" hold a list.')
  else for (const [index, part] of value.entries()) checkCondition([...path, String(index)], part, definition, faults)
}

function checkNamed(path: readonly string[], key: string, value: string, definition: PortalDefinition, faults: Faults): void {
  const meanings = new Set(Object.keys(definition.records).map((kind) => meaningOf(definition, key, kind)))
  const values: Record<string, [readonly string[], string]> = {
    customer: [Object.keys(definition.customer_sets ?? {}), 'customer set'],
    person: [['me'], wordItself],
    partner: [partnerSets(definition), 'partner set'],
    reference: [Object.keys(definition.row_sets ?? {}), 'row set'],
    field: [['my_type'], wordItself],
  }
  const expected = [...meanings].filter((meaning) => meaning !== null).map((meaning) => values[meaning] as [readonly string[], string])
  if (expected.length === 0) {
    faults.say(path, `no kind names its people, partners, fields or reference "${key}".${spellingHint(key, keysOf(definition))}`)
  } else if (!expected.some(([names]) => names.includes(value))) {
    const [names, what] = expected[0] as [readonly string[], string]
    if (what === wordItself) faults.say(path, `expected "${names.join()}", not "${value}".`)
    else faults.known(path, value, names, what)
  }
}

/** Where nothing is named: the one word that can stand there. */
const wordItself = 'word'

/** Every key that a condition of this definition could have. */
const keysOf = ({ records, switches }: PortalDefinition): string[] => [
  'any',
  'all',
  'customer',
  ...Object.keys(switches ?? {}),
  ...Object.values(records).flatMap(({ people = [], partners = [], refers_to: reference = [], fields = {} }) => [
    ...people,
    ...partners,
    ...[reference].flat(),
    ...Object.keys(fields).filter((field) => fields[field] === 'list'),
  ]),
]
