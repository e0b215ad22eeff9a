// What a grant can give: a ladder, roles, or rights and an Administrator.
import { expect, test } from 'vitest'
import { always, type RowExpression } from '../rows/expression.ts'
import { compileLevels, compileRights } from './compile-allowances.ts'
import { accessOf, small, smallWith } from './small.test-support.ts'

const open: RowExpression = { is: 'state', among: ['draft', 'sent'] }
const plain = (code: string, name: string) => ({ code, name, says: `${name}.`, aliases: [], may: new Map(), notices: [], scopes: [] })
const said = (name: string) => ({ name, says: `${name}.` })

test('the levels and rights of the small definition', () => {
  expect(compileLevels(small())).toEqual([
    {
      code: 'low',
      name: 'Low',
      says: 'Reads.',
      aliases: [],
      rank: 0,
      may: new Map([['order:read', always]]),
      notices: [],
      scopes: ['sites'],
    },
    {
      code: 'high',
      name: 'High',
      says: 'Writes.',
      aliases: ['top'],
      rank: 1,
      may: new Map<string, RowExpression>([
        ['order:read', always],
        ['order:write', open],
      ]),
      notices: ['site'],
      scopes: ['sites'],
    },
  ])
  expect(compileRights(small())).toEqual([
    {
      code: 'bills',
      name: 'Bills',
      says: 'Sees bills.',
      aliases: [],
      may: new Map([['bill:read', always]]),
      notices: [],
      scopes: ['records'],
    },
  ])
})

test('levels stand lowest first, however they stand in the file, with the notices of the lower ones', () => {
  const definition = smallWith((one) => {
    one.access = accessOf('ladder', {
      levels: {
        third: { ...said('Third'), includes: 'second', notices: ['all', 'site'] },
        first: { ...said('First'), notices: ['bill', 'site'] },
        second: { ...said('Second'), includes: 'first' },
        other: { ...said('Other'), notices: ['own'] },
      },
    })
  })
  expect(compileLevels(definition).map(({ code, rank, notices }) => [code, rank, notices])).toEqual([
    ['first', 0, ['bill', 'site']],
    ['other', 0, ['own']],
    ['second', 1, ['bill', 'site']],
    ['third', 2, ['bill', 'site', 'all']],
  ])
})

test('roles are given as rights are, narrowly only where it is said', () => {
  const definition = smallWith((one) => {
    const { scope: _scope, ...access } = accessOf('roles', {
      roles: {
        boss: { ...said('Boss'), aliases: ['chief'], notices: ['site'] },
        hand: { ...said('Hand'), scope: ['all', 'sites', 'records'] },
      },
      rights: { more: { ...said('More'), scope: ['all'] } },
    })
    one.access = access
  })
  expect(compileLevels(definition)).toEqual([])
  expect(compileRights(definition)).toEqual([
    { ...plain('boss', 'Boss'), aliases: ['chief'], notices: ['site'] },
    { ...plain('hand', 'Hand'), scopes: ['sites', 'records'] },
    plain('more', 'More'),
  ])
})

test("CD-019 the Administrator has every right, and what is the Administrator's alone", () => {
  const definition = smallWith((one) => {
    one.access = accessOf('rights', {
      administrator: { ...said('Administrator'), may: { order: ['write'] }, notices: ['site'] },
      rights: {
        orders: { ...said('Orders'), may: { order: ['read mine', 'write while open'] } },
        bills: { ...said('Bills'), may: { bill: ['read'] } },
      },
      levels: { low: said('Low') },
    })
  })
  expect(compileLevels(definition)).toEqual([
    {
      ...plain('administrator', 'Administrator'),
      rank: 0,
      may: new Map<string, RowExpression>([
        ['order:read', { is: 'named', relations: ['buyer', 'reader'] }],
        ['order:write', always],
        ['bill:read', always],
      ]),
      notices: ['site'],
      scopes: ['sites'],
    },
  ])
  const without = smallWith((one) => {
    one.access = accessOf('rights', { administrator: said('Administrator') })
  })
  expect(compileLevels(without)).toEqual([{ ...plain('administrator', 'Administrator'), rank: 0, scopes: ['sites'] }])
})

test('where nobody is given access there are neither levels nor rights', () => {
  const { access: _access, ...definition } = small()
  expect([compileLevels(definition), compileRights(definition)]).toEqual([[], []])
})
