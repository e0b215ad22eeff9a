// How row expressions are put together out of parts, taken apart and looked through.
import { expect, test } from 'vitest'
import { all, always, any, mapLeaves, mentions, never, type RowExpression, unsuspended } from './expression.ts'

const named = (...relations: string[]): RowExpression => ({ is: 'named', relations })
const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((relation) => named(relation)) as [RowExpression, RowExpression, RowExpression, RowExpression]
const both = (...of: RowExpression[]): RowExpression => ({ is: 'all', of })
const either = (...of: RowExpression[]): RowExpression => ({ is: 'any', of })

test.each<[string, RowExpression, RowExpression]>([
  ['one part is itself', all(a), a],
  ['one part of any is itself', any(a), a],
  ['two stand in their order', all(b, a), both(b, a)],
  ['two of any stand in their order', any(b, a), either(b, a)],
  ['all of all is flat', all(all(a, b), c), both(a, b, c)],
  ['any of any is flat', any(any(a, b), c), either(a, b, c)],
  ['any in all stays', all(any(a, b), c), both(either(a, b), c)],
  ['all in any stays', any(all(a, b), c), either(both(a, b), c)],
  ['always adds nothing to all', all(a, always, b), both(a, b)],
  ['all of always is always', all(always, always), always],
  ['never in all is never', all(a, never, always), never],
  ['never adds nothing to any', any(a, never, b), either(a, b)],
  ['always in any is always', any(a, never, always), always],
  ['twice is once', all(a, b, a, all(b)), both(a, b)],
  ['twice in any is once', any(a, b, a, any(b)), either(a, b)],
  ['a narrower part goes', any(all(a, b), all(a, b, c), d), either(both(a, b), d)],
  ['in either order', any(all(a, c, b), d, all(b, a)), either(d, both(b, a))],
  ['what only shares a part stays', any(all(a, b), all(a, c)), either(both(a, b), both(a, c))],
  ['of two that say the same in another order the first stays', any(d, all(a, b), c, all(b, a)), either(d, both(a, b), c)],
])('%s', (_what, made, expected) => {
  expect(made).toEqual(expected)
})

test('leaves are replaced, and what becomes empty falls away', () => {
  const without = (gone: RowExpression, by: RowExpression) => (leaf: RowExpression) => (leaf === gone ? by : leaf)
  expect(mapLeaves(both(a, either(b, c)), without(b, never))).toEqual(both(a, c))
  expect(mapLeaves(either(a, both(b, c)), without(b, never))).toEqual(a)
  expect(mapLeaves(both(a, either(b, c)), without(a, always))).toEqual(either(b, c))
  expect(mapLeaves(either(a, both(b, c)), without(a, always))).toEqual(always)
  expect(mapLeaves(a, without(a, d))).toEqual(d)
})

test('a leaf is found wherever it stands', () => {
  const isC = (leaf: RowExpression) => leaf === c
  expect([mentions(c, isC), mentions(a, isC)]).toEqual([true, false])
  expect([mentions(both(a, either(b, c)), isC), mentions(either(a, both(c)), isC)]).toEqual([true, true])
  expect([mentions(both(a, either(b, d)), isC), mentions(either(), isC)]).toEqual([false, false])
  // Only leaves are looked at.
  expect(mentions(both(a), (leaf) => leaf.is === 'all')).toBe(false)
  expect(mentions(either(a), (leaf) => leaf.is === 'any')).toBe(false)
})

test('the plain ones', () => {
  expect([always, never, unsuspended]).toEqual([{ is: 'always' }, { is: 'never' }, { is: 'unsuspended', through: 'record' }])
})
