// What a level, right or role may do, as conditions on rows.
import { expect, test } from 'vitest'
import { all, always, any, conversationRelations, type RowExpression } from '../rows/expression.ts'
import { joined, ownPermissions, type Permissions, permissionsOf, verbsOf } from './compile-permissions.ts'
import type { Permission } from './schema.ts'
import { small, smallWith } from './small.test-support.ts'

const named: RowExpression = { is: 'named', relations: ['buyer', 'reader'] }
const open: RowExpression = { is: 'state', among: ['draft', 'sent'] }
const attribute = (of: 'record' | 'person' | 'action', name: string, value: string | number | boolean, equal: boolean): RowExpression => ({
  is: 'attribute',
  of,
  name,
  value,
  equal,
})
const ofOrder = (...permissions: Permission[]) => [...ownPermissions({ order: permissions }, small())]

test.each<[Permission, RowExpression]>([
  ['read', always],
  ['read mine', named],
  ['read while open', open],
  ['read mine while open', all(named, open)],
  [{ read: {} }, always],
  [{ 'read mine': { when: { 'record.size': 4 } } }, all(named, attribute('record', 'size', 4, true))],
  [{ 'read while open': { unless: { 'person.role': 'guest' } } }, all(open, attribute('person', 'role', 'guest', false))],
  [
    { read: { when: { 'action.soft': true, 'record.status': 'x' }, unless: { 'record.urgent': false } } },
    all(attribute('action', 'soft', true, true), attribute('record', 'status', 'x', true), attribute('record', 'urgent', false, false)),
  ],
])('%j is allowed where the row is so', (permission, condition) => {
  expect(ofOrder(permission)).toEqual([['order:read', condition]])
})

test('an action whose name holds the words "mine" and "open" is limited by neither', () => {
  expect(ofOrder('mine', 'mine_gold', 'while_open', 'read_mine', 'open')).toEqual(
    ['mine', 'mine_gold', 'while_open', 'read_mine', 'open'].map((verb) => [`order:${verb}`, always]),
  )
})

test('several actions in one permission, and one action in several', () => {
  expect(ofOrder({ read: {}, 'write mine': {} }, 'read mine')).toEqual([
    ['order:read', always],
    ['order:write', named],
  ])
  expect(ofOrder('read mine', 'read while open')).toEqual([['order:read', any(named, open)]])
})

test('a kind that names no people has the three of conversations, and one without states is always open', () => {
  expect([...ownPermissions({ note: ['read mine'], bill: ['pay while open'], people: ['manage mine'] }, small())]).toEqual([
    ['note:read', { is: 'named', relations: conversationRelations }],
    ['bill:pay', { is: 'state', among: ['current'] }],
    ['people:manage', { is: 'named', relations: conversationRelations }],
  ])
  expect([...ownPermissions({ people: ['manage while open'] }, small())]).toEqual([['people:manage', { is: 'state', among: ['current'] }]])
  expect([...ownPermissions(undefined, small())]).toEqual([])
})

test('verbs are the first words', () => {
  expect([verbsOf('read mine'), verbsOf('read'), verbsOf({ 'read mine': {}, write: {} })]).toEqual([['read'], ['read'], ['read', 'write']])
})

test('what includes another has all of it, and all of what that one includes', () => {
  const roles = {
    first: { may: { order: ['read mine' as const] } },
    second: { includes: 'first', may: { order: ['write'] } },
    third: { includes: 'second', may: { order: ['read while open'], bill: ['pay'] } },
    fourth: { includes: 'third' },
  }
  const thirds: [string, RowExpression][] = [
    ['order:read', any(named, open)],
    ['order:write', always],
    ['bill:pay', always],
  ]
  expect([...permissionsOf('third', roles, small())]).toEqual(thirds)
  expect([...permissionsOf('fourth', roles, small())]).toEqual(thirds)
  expect([...permissionsOf('first', roles, small())]).toEqual([['order:read', named]])
  expect([...permissionsOf('nobody', roles, small())]).toEqual([])
})

test('joined is what either allows, and changes neither', () => {
  const one: Permissions = new Map([['order:read', named]])
  const two: Permissions = new Map<`${string}:${string}`, RowExpression>([
    ['order:read', open],
    ['bill:pay', always],
  ])
  expect([...joined(one, two)]).toEqual([
    ['order:read', any(named, open)],
    ['bill:pay', always],
  ])
  expect([...one]).toEqual([['order:read', named]])
  expect([...joined()]).toEqual([])
})

test('a state that is said not to be closed is open', () => {
  const definition = smallWith(({ records }) => {
    Object.assign(records['order'] as object, { states: { done: { name: 'Done', closed: true }, open: { name: 'Open', closed: false } } })
  })
  expect([...ownPermissions({ order: ['read while open'] }, definition)]).toEqual([['order:read', { is: 'state', among: ['open'] }]])
})
