// Which way through a list is taken: by how many customers somebody reaches, and by how much of everything is theirs.
import { expect, test } from 'vitest'
import { searchesByIndex, wayThrough } from './way-rules.ts'

test('who sees half of everything begins at the newest row, who serves a handful goes from customer to customer', () => {
  expect(wayThrough(26, { customers: 4_700, share: 0.45 }, 'plain')).toBe('newest first')
  expect(wayThrough(26, { customers: 8, share: 0.0008 }, 'plain')).toBe('customer by customer')
})

test('one customer with half of all records is one step, and many customers with few records are many', () => {
  expect(wayThrough(26, { customers: 1, share: 0.5 }, 'plain')).toBe('customer by customer')
  expect(wayThrough(26, { customers: 20_000, share: 0.01 }, 'plain')).toBe('newest first')
})

test('rows of others that must be probed make the customers cheaper', () => {
  const reached = { customers: 80, share: 0.02 }
  expect([wayThrough(26, reached, 'plain'), wayThrough(26, reached, 'probed')]).toEqual(['newest first', 'customer by customer'])
})

test('what nobody knows is gone through customer by customer', () => {
  expect(wayThrough(26, undefined, 'plain')).toBe('customer by customer')
  expect(wayThrough(26, { customers: 5, share: 0 }, 'plain')).toBe('customer by customer')
})

test('a text is looked for by its index where much is visible, or nobody knows how much', () => {
  expect(searchesByIndex([{ customers: 8, share: 0.0008 }])).toBe(false)
  expect([searchesByIndex([{ customers: 8, share: 0.0008 }, undefined]), searchesByIndex([{ customers: 400, share: 0.4 }])]).toEqual([
    true,
    true,
  ])
})
