// The key under which the reach of a sort of access is kept.
import { expect, test } from 'vitest'
import { sortKey } from './reach.ts'

test('sorts of access are told apart by their codes, and the key is the one that the database writes', () => {
  expect([sortKey(['*']), sortKey(['look', 'update'])]).toEqual(['*', 'look,update'])
  expect(sortKey(['look', 'update'])).not.toBe(sortKey(['lookupdate']))
})
