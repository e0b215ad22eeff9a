// Named row sets, compiled for the records of a kind.
import { expect, test } from 'vitest'
import { all, any, never, type RowExpression } from '../rows/expression.ts'
import { meaningOf, rowSet } from './compile-row-sets.ts'
import type { Condition, PortalDefinition } from './schema.ts'
import { small, smallWith } from './small.test-support.ts'

const assigned = (relation: string, alike = false): RowExpression => ({ is: 'assigned', relations: [relation], alike })
const related = (relation: 'associated' | 'preferred' | 'subordinate', more: object = {}): RowExpression => ({
  is: 'related',
  relations: [relation],
  alike: false,
  through: 'record',
  unlessGranted: false,
  ...more,
})
const dealers: RowExpression = { is: 'type', among: ['dealer'] }
const reference: RowExpression = { is: 'unsuspended', through: 'reference' }
const bulk = (on: boolean): RowExpression => ({ is: 'switch', name: 'bulk', on })

const compiled = (condition: Condition, kind = 'order', change: (definition: PortalDefinition) => void = () => {}): RowExpression =>
  rowSet(
    smallWith((definition) => {
      definition.row_sets = { ...definition.row_sets, tried: condition }
      change(definition)
    }),
    'tried',
    kind,
  )

test.each<[Condition, RowExpression]>([
  ['led', assigned('lead')],
  ['nowhere', never],
  [{ lead: 'own' }, assigned('lead')],
  [{ lead: 'only_own' }, assigned('lead')],
  [{ lead: 'alike' }, assigned('lead', true)],
  [{ lead: 'unknown' }, never],
  [{ 'line.carrier': 'alike' }, assigned('line.carrier', true)],
  [{ 'step.carrier': 'own' }, assigned('step.carrier')],
  [{ buyer: 'me' }, { is: 'named', relations: ['buyer'] }],
  [{ shared_with: 'my_type' }, { is: 'addressed', field: 'shared_with' }],
  [{ bulk: true }, bulk(true)],
  [{ bulk: false }, bulk(false)],
  [{ lead: 'own', bulk: true }, all(assigned('lead'), bulk(true))],
  [{ any: ['led', { second: 'own' }] }, any(assigned('lead'), assigned('second'))],
  [{ all: ['led', { second: 'own' }] }, all(assigned('lead'), assigned('second'))],
  [{ any: ['led'], all: [{ second: 'own' }] }, all(assigned('lead'), assigned('second'))],
  [{ customer: 'preferring' }, related('preferred', { alike: true, unlessGranted: true })],
  [{ customer: 'own_customers' }, any(all(related('associated'), dealers), all(related('subordinate'), dealers))],
  [{ customer: 'unknown' }, never],
  // What kinds of other names know says nothing here.
  [{ writer: 'own' }, never],
  [{ any: [{ writer: 'own' }, 'led'] }, assigned('lead')],
  [{ all: [{ writer: 'own' }, 'led'] }, never],
  [{ status: 'my_type' }, never],
  [{ order: 'led' }, never],
])('on an order, %j is so', (condition, expression) => {
  expect(compiled(condition)).toEqual(expression)
})

test.each<[Condition, RowExpression]>([
  [{ order: 'led' }, all(reference, assigned('reference/lead'))],
  [
    { order: 'carried' },
    all(
      reference,
      any(assigned('reference/line.carrier', true), related('preferred', { alike: true, unlessGranted: true, through: 'reference' })),
    ),
  ],
  [{ order: 'in_bulk' }, all(reference, bulk(true), assigned('reference/lead'))],
  [
    { order: 'of_own_customers' },
    all(
      reference,
      any(all(related('associated', { through: 'reference' }), dealers), all(related('subordinate', { through: 'reference' }), dealers)),
    ),
  ],
  // People and lists of the other record are not known here.
  [{ order: 'mine' }, never],
  [{ order: 'shared' }, never],
  [{ order: 'nowhere' }, never],
])('on a note about an order, %j is asked of the order', (condition, expression) => {
  expect(compiled(condition, 'note')).toEqual(expression)
})

test('a value that belongs to another meaning of the key holds nowhere: "me" is no partner, one\'s partner is nobody on the record', () => {
  const wrong: Condition[] = [{ lead: 'me' }, { lead: 'constructor' }, { buyer: 'own' }, { shared_with: 'me' }, { buyer: 'my_type' }]
  expect(wrong.map((condition) => compiled(condition))).toEqual(wrong.map(() => never))
  const twice = (definition: PortalDefinition) => {
    Object.assign(definition.records['bill'] as object, { people: ['lead'] })
  }
  expect([compiled({ lead: 'me' }, 'bill', twice), compiled({ lead: 'me' }, 'order', twice)]).toEqual([
    { is: 'named', relations: ['lead'] },
    never,
  ])
  expect([compiled({ lead: 'own' }, 'bill', twice), compiled({ lead: 'own' }, 'order', twice)]).toEqual([never, assigned('lead')])
})

test('a reference of a reference is not followed', () => {
  const twice = (definition: PortalDefinition) => {
    definition.records['reply'] = { name: { one: 'reply', many: 'replies' }, refers_to: 'note', actions: { read: 'read it' } }
    definition.row_sets = { ...definition.row_sets, either: { any: ['of_led', { writer: 'own' }] } }
  }
  expect(compiled({ note: 'of_led' }, 'reply', twice)).toEqual(never)
  expect(compiled({ note: 'either' }, 'reply', twice)).toEqual(all(reference, assigned('reference/writer')))
})

test('I-A9 where there are types of partners only those that are customers have an associated one', () => {
  const typed = (types: PortalDefinition['partner_types']) =>
    compiled({ customer: 'own_customers' }, 'order', (definition) => {
      definition.partner_types = types
    })
  expect(
    typed({
      one: { name: 'One', is_customer: true },
      two: { name: 'Two', is_customer: false },
      three: { name: 'Three', is_customer: true },
    }),
  ).toEqual(
    any(
      all(related('associated'), { is: 'type', among: ['one', 'three'] }),
      all(related('subordinate'), { is: 'type', among: ['one', 'three'] }),
    ),
  )
  expect(typed({ two: { name: 'Two' } })).toEqual(never)
  expect(
    compiled({ customer: 'own_customers' }, 'order', (definition) => {
      delete definition.partner_types
    }),
  ).toEqual(any(related('associated'), related('subordinate')))
})

test('a portal without sets of any sort has none', () => {
  const bare = smallWith((definition) => {
    for (const key of ['row_sets', 'customer_sets', 'partner_sets'] as const) delete definition[key]
  })
  expect(rowSet(bare, 'led', 'order')).toEqual(never)
  bare.row_sets = { led: { lead: 'alike' }, own: { lead: 'own' }, theirs: { customer: 'own_customers' } }
  expect(['led', 'own', 'theirs'].map((name) => rowSet(bare, name, 'order'))).toEqual([never, assigned('lead'), never])
})

const meanings = (key: string) => ['order', 'line', 'step', 'note', 'bill', 'nothing'].map((kind) => meaningOf(small(), key, kind))

test.each([
  ['customer', ['customer', 'customer', 'customer', 'customer', 'customer', 'customer']],
  ['buyer', ['person', null, null, null, null, null]],
  ['lead', ['partner', null, null, null, null, null]],
  ['carrier', [null, 'partner', 'partner', null, null, null]],
  ['line.carrier', ['partner', null, null, null, null, null]],
  ['step.carrier', ['partner', 'partner', null, null, null, null]],
  ['line.lead', [null, null, null, null, null, null]],
  ['order.lead', [null, null, null, null, null, null]],
  ['nothing.lead', [null, null, null, null, null, null]],
  ['line', [null, null, null, null, null, null]],
  ['order', [null, null, null, 'reference', null, null]],
  ['shared_with', ['field', null, null, null, null, null]],
  ['status', [null, null, null, null, null, null]],
])('"%s" speaks of what each kind knows by that name', (key, expected) => {
  expect(meanings(key)).toEqual(expected)
})

test('parts are looked for three steps deep', () => {
  const definition = smallWith(({ records }) => {
    for (const [part, whole] of [
      ['second', 'first'],
      ['third', 'second'],
      ['fourth', 'third'],
      ['fifth', 'fourth'],
    ] as const)
      records[part] = { name: { one: part, many: part }, part_of: whole, partners: ['maker'], actions: { read: 'see it' } }
  })
  expect(['second', 'third', 'fourth', 'fifth'].map((part) => meaningOf(definition, `${part}.maker`, 'first'))).toEqual([
    'partner',
    'partner',
    'partner',
    null,
  ])
})
