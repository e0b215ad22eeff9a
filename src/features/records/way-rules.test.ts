// Which way through a list is taken: by how many customers somebody reaches, and by how much of everything is theirs.
import { expect, test } from 'vitest'
import { searchesByIndex, wayThrough } from './way-rules.ts'

test('who sees half of everything begins at the newest row, who serves a handful goes from customer to customer', () => {
  expect(wayThrough(26, { customers: 4_700, share: 0.45, records: 90_000 }, 'plain')).toBe('newest first')
  expect(wayThrough(26, { customers: 8, share: 0.0008, records: 160 }, 'plain')).toBe('customer by customer')
})

test('one customer with half of all records is one step, and many customers with few records are many', () => {
  expect(wayThrough(26, { customers: 1, share: 0.5, records: 100_000 }, 'plain')).toBe('customer by customer')
  expect(wayThrough(26, { customers: 20_000, share: 0.01, records: 20_000 }, 'plain')).toBe('newest first')
})

test('rows of others that must be probed make the customers cheaper', () => {
  const reached = { customers: 80, share: 0.02, records: 4_000 }
  expect([wayThrough(26, reached, 'plain'), wayThrough(26, reached, 'probed')]).toEqual(['newest first', 'customer by customer'])
})

test('what nobody knows is gone through customer by customer', () => {
  expect(wayThrough(26, undefined, 'plain')).toBe('customer by customer')
  expect(wayThrough(26, { customers: 5, share: 0, records: 0 }, 'plain')).toBe('customer by customer')
})

test('a text is looked for by its index where much is visible, or nobody knows how much', () => {
  expect(searchesByIndex([{ customers: 8, share: 0.0008, records: 160 }])).toBe(false)
  expect(searchesByIndex([{ customers: 8, share: 0.0008, records: 160 }, undefined])).toBe(true)
  expect(searchesByIndex([{ customers: 400, share: 0.4, records: 80_000 }])).toBe(true)
  expect(searchesByIndex([{ customers: 5, share: 0, records: 0 }])).toBe(false)
})

test('the same part of all records is looked through where that is few, and searched by the index where it is many', () => {
  expect(searchesByIndex([{ customers: 30, share: 0.03, records: 6_000 }])).toBe(false)
  expect(searchesByIndex([{ customers: 300, share: 0.03, records: 60_000 }])).toBe(true)
})

test('several sorts of access count together', () => {
  const sort = { customers: 30, share: 0.04, records: 8_000 }
  expect([searchesByIndex([sort]), searchesByIndex([sort, sort])]).toEqual([false, true])
})
