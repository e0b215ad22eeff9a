// Every way in which the page table can disagree with the rest of a definition, and what is said of it.
import { expect, test } from 'vitest'
import { inconsistencies } from './check.ts'
import type { PortalDefinition } from './schema.ts'
import { smallWith } from './small.test-support.ts'

type Page = NonNullable<PortalDefinition['pages']>[string]

const faultsOf = (definition: PortalDefinition) => inconsistencies(definition).map(({ path, sentence }) => [path.join('.'), sentence])
const withPages = (pages: Record<string, Page>): PortalDefinition =>
  smallWith((definition) => {
    definition.pages = pages
  })

test.each<[string, Page, [string, string][]]>([
  [
    'an unknown kind, switch and type of user',
    { name: 'Orders', shows: 'ordr', needs: 'bulc', deeler: 'led', customer: 'own' },
    [
      ['shows', '"ordr" is no record kind of this definition. Did you mean "order"?'],
      ['needs', '"bulc" is no switch of this definition. Did you mean "bulk"?'],
      ['deeler', '"deeler" is no type of user of this definition. Did you mean "dealer"?'],
      ['customer', '"customer" is no type of user of this definition. Did you mean "customers"?'],
      ['customer', '"own" is for "customers": their own organization\'s records.'],
    ],
  ],
  [
    'rows on a page that shows no records',
    { name: 'Start', customers: 'all', dealer: 'own', carrier: 'led' },
    [
      ['dealer', 'this page shows no records: "all" opens it.'],
      ['carrier', 'this page shows no records: "all" opens it.'],
    ],
  ],
  [
    '"own" for partners',
    { name: 'Orders', shows: 'order', customers: 'own', dealer: 'own' },
    [['dealer', '"own" is for "customers": their own organization\'s records.']],
  ],
  [
    'an unknown row set, and one that says nothing about the kind',
    { name: 'Notes', shows: 'note', customers: 'mine', dealer: 'everything', carrier: 'shared' },
    [
      ['customers', 'the row set "mine" says nothing about note: it would never hold.'],
      ['dealer', '"everything" is no row set of this definition.'],
      ['carrier', 'the row set "shared" says nothing about note: it would never hold.'],
    ],
  ],
  [
    'all of what is money',
    { name: 'Bills', shows: 'bill', customers: 'all', dealer: 'all', carrier: 'of_own_customers' },
    [
      ['customers', 'bill is money: nobody sees all of it.'],
      ['dealer', 'bill is money: nobody sees all of it.'],
    ],
  ],
  ['all of what is no money', { name: 'Orders', shows: 'order', needs: 'bulk', customers: 'all', dealer: 'all' }, []],
])('%s', (_what, page, faults) => {
  expect(faultsOf(withPages({ tried: page }))).toEqual(faults.map(([key, sentence]) => [`pages.tried.${key}`, sentence]))
})

test('no portal needs pages, row sets, switches or types of partners', () => {
  const definition = smallWith((one) => {
    for (const key of ['pages', 'row_sets', 'switches', 'partner_types', 'partner_sets', 'customer_sets', 'without_grant'] as const)
      delete one[key]
  })
  expect(faultsOf(definition)).toEqual([])
})

test('a portal without types of partners has pages for customers alone', () => {
  const definition = smallWith((one) => {
    delete one.partner_types
    one.pages = { orders: { name: 'Orders', shows: 'order', needs: 'bulk', customers: 'own', dealer: 'led' } }
    delete one.switches
    delete one.row_sets
    delete one.without_grant
  })
  expect(faultsOf(definition)).toEqual([
    ['pages.orders.needs', '"bulk" is no switch of this definition.'],
    ['pages.orders.dealer', '"dealer" is no type of user of this definition.'],
    ['pages.orders.dealer', '"led" is no row set of this definition.'],
  ])
})

test('words of the page table and of the product name no row set and no type of partner', () => {
  const definition = smallWith((one) => {
    one.row_sets = { ...one.row_sets, all: 'led', own: 'led' }
    one.partner_types = {
      ...one.partner_types,
      customers: { name: 'Customers' },
      portal: { name: 'Portal' },
      self: { name: 'Self' },
      needs: { name: 'N' },
    }
  })
  expect(faultsOf(definition)).toEqual([
    ['partner_types.customers', '"customers" means the people of customers.'],
    ['row_sets.all', '"all" is a word of the page table and cannot name a row set.'],
    ['row_sets.own', '"own" is a word of the page table and cannot name a row set.'],
    ['partner_types.portal', '"portal" is a word of the product itself.'],
    ['partner_types.self', '"self" is a word of the product itself.'],
    ['partner_types.needs', '"needs" is a word of the page table and cannot name a type.'],
  ])
})
