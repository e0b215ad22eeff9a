// When a reminder is due: days of the customer's zone, the newest alone, and none on the day on which the access began.
import { expect, test } from 'vitest'
import { addDays, endOfDay, type Instant, type LocalDate, startOfDay } from '../../kernel/instant.ts'
import { daysBefore, dueReminder, inDays } from './rules.ts'

const zone = 'Pacific/Auckland'
const lastDay = '2027-05-21' as LocalDate
const until = endOfDay(lastDay, zone)
const since = '2026-01-01T00:00:00.000Z' as Instant
const at = (day: LocalDate, reminded: number | null = null, begun = since) =>
  dueReminder('access', { until, since: begun, zone, reminded }, startOfDay(day, zone))?.days ?? null

test('it is due from the first instant of its day in the zone, and not before', () => {
  for (const days of daysBefore.access) {
    const day = startOfDay(addDays(lastDay, -days), zone)
    const justBefore = new Date(Date.parse(day) - 1).toISOString() as Instant
    const before = dueReminder('access', { until, since, zone, reminded: null }, justBefore)
    expect([days, dueReminder('access', { until, since, zone, reminded: null }, day)?.days]).toEqual([days, days])
    expect(before?.days).not.toBe(days)
  }
})

test('every day of the last month has its newest reminder, and the days that are left', () => {
  const due = Array.from({ length: 33 }, (_, left) => {
    const one = dueReminder('access', { until, since, zone, reminded: null }, startOfDay(addDays(lastDay, -left), zone))
    return one && [one.days, one.left === left]
  })
  expect(due.slice(0, 2)).toEqual([
    [1, true],
    [1, true],
  ])
  expect(due.slice(2, 8).every((one) => one?.[0] === 7 && one[1])).toBe(true)
  expect(due.slice(8, 31).every((one) => one?.[0] === 30 && one[1])).toBe(true)
  expect(due.slice(31)).toEqual([null, null])
  expect(dueReminder('access', { until, since, zone, reminded: null }, until)).toBeNull()
})

test('what was sent is not sent again, nor an older one after it', () => {
  const weekBefore = addDays(lastDay, -7)
  expect([at(weekBefore), at(weekBefore, 30), at(weekBefore, 7), at(weekBefore, 1)]).toEqual([7, 7, null, null])
})

test('whoever was given access today is not reminded of its end today', () => {
  const tenBefore = addDays(lastDay, -10)
  const given = startOfDay(tenBefore, zone)
  expect([at(tenBefore, null, given), at(addDays(lastDay, -8), null, given), at(addDays(lastDay, -7), null, given)]).toEqual([
    null,
    null,
    7,
  ])
})

test('days in words', () => {
  expect([0, 1, 7].map(inDays)).toEqual(['today', 'in 1 day', 'in 7 days'])
})
