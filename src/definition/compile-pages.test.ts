// The page table, compiled: one rule for each page, and the read rule of the kind that it shows.
import { expect, test } from 'vitest'
import { all, any, type RowExpression, unsuspended } from '../rows/expression.ts'
import { cellsOf, pageRules } from './compile-pages.ts'
import type { PortalDefinition } from './schema.ts'
import { small, smallWith } from './small.test-support.ts'

const type = (...among: string[]): RowExpression => ({ is: 'type', among })
const own: RowExpression = {
  is: 'access',
  gives: [],
  homeRoles: ['clerk', 'head'],
  narrow: { siteGives: [], siteRoles: [], recordGives: [] },
}
const bulk: RowExpression = { is: 'switch', name: 'bulk', on: true }
const lead: RowExpression = { is: 'assigned', relations: ['lead'], alike: false }

const rulesOf = (pages: NonNullable<PortalDefinition['pages']>) => [
  ...pageRules(
    smallWith((definition) => {
      definition.pages = pages
    }),
  ),
]

test('a page that shows no records opens for the types that it names', () => {
  expect(rulesOf({ start: { name: 'Start', dealer: 'all', customers: 'all' } })).toEqual([['page:start', type('dealer', 'customers')]])
  expect(rulesOf({ start: { name: 'Start', needs: 'bulk', dealer: 'all' } })).toEqual([['page:start', all(type('dealer'), bulk)]])
  expect(rulesOf({ start: { name: 'Start' } })).toEqual([['page:start', { is: 'never' }]])
})

test('on a page of records each cell says which rows; cells that say the same stand together', () => {
  const rows = any(all(type('customers'), unsuspended, own), all(type('dealer', 'carrier'), unsuspended, lead))
  expect(rulesOf({ orders: { name: 'Orders', shows: 'order', customers: 'own', dealer: 'led', carrier: 'led' } })).toEqual([
    ['page:orders', rows],
    ['order:read', rows],
  ])
})

test('"all" is every row that belongs to no suspended customer', () => {
  const rows = all(type('dealer'), bulk, unsuspended)
  expect(rulesOf({ orders: { name: 'Orders', shows: 'order', needs: 'bulk', dealer: 'all' } })).toEqual([
    ['page:orders', rows],
    ['order:read', rows],
  ])
})

test('a kind is read where one of its pages shows it', () => {
  const [orders, bulky] = [all(type('carrier'), unsuspended, lead), all(type('dealer'), bulk, unsuspended)]
  const pages = {
    orders: { name: 'Orders', shows: 'order', carrier: 'led' },
    start: { name: 'Start', dealer: 'all' },
    bulky: { name: 'Bulky', shows: 'order', needs: 'bulk', dealer: 'all' },
  }
  expect(rulesOf(pages)).toEqual([
    ['page:orders', orders],
    ['order:read', any(orders, bulky)],
    ['page:start', type('dealer')],
    ['page:bulky', bulky],
  ])
})

test('a portal without pages has no rules of pages', () => {
  const { pages: _pages, ...definition } = small()
  expect([...pageRules(definition)]).toEqual([])
})

test('the cells of a row are what is neither its name, nor what it shows or needs, nor left out', () => {
  expect(cellsOf({ name: 'Orders', shows: 'order', needs: 'bulk', customers: 'own', dealer: 'all' })).toEqual([
    ['customers', 'own'],
    ['dealer', 'all'],
  ])
  expect(cellsOf({ name: 'Orders', shows: undefined, dealer: undefined } as never)).toEqual([])
})
