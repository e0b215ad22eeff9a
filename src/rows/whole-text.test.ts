// Where every record of a customer is read, as SQL: never more than the sources in which all rows of a customer stand together.
import { expect, test } from 'vitest'
import type { RowExpression } from './expression.ts'
import { sourcesOf } from './sources.ts'
import { wholeText } from './whole-text.ts'

const access = (...gives: string[]): RowExpression => ({
  is: 'access',
  gives,
  homeRoles: [],
  narrow: { siteGives: [], siteRoles: [], recordGives: [] },
})
const customersText = (give: string) => `holds_number((select access_customers(array['${give}']::text[], array[]::text[])), c.customer_no)`
const named: RowExpression = { is: 'named', relations: ['buyer'] }
const open: RowExpression = { is: 'state', among: ['open'] }
const dealer: RowExpression = { is: 'type', among: ['dealer'] }
const textOf = (rule: RowExpression): string => wholeText(sourcesOf(rule), 'order', 'c')

test('a rule that looks at single rows allows no count without looking at them', () => {
  expect(textOf(named)).toBe('false')
  expect(textOf({ is: 'all', of: [access('look'), open] })).toBe('false')
  expect(textOf({ is: 'never' })).toBe('false')
})

test('of several ways only those that look at nothing but the customer count, each with all of its conditions', () => {
  expect(textOf({ is: 'any', of: [named, access('look'), { is: 'all', of: [access('update'), dealer] }, open] })).toBe(
    `(${customersText('look')} or ${customersText('update')} and (select app_type()) in ('dealer'))`,
  )
})

test('a rule without conditions allows every count', () => {
  expect(textOf({ is: 'any', of: [{ is: 'always' }, access('look')] })).toBe(`(true or ${customersText('look')})`)
})
