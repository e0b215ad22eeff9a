// Days, zones and periods.
import { expect, test } from 'vitest'
import {
  addPeriod,
  endOfDay,
  isTimeZone,
  type LocalDate,
  lastDayOf,
  localDateOf,
  type Period,
  parseDate,
  parseInstant,
  startOfDay,
} from './instant.ts'

const date = (text: string) => text as LocalDate
const period = (text: string) => text as Period

test('a day ends at the next midnight of its zone, in winter and in summer', () => {
  expect(endOfDay(date('2026-11-30'), 'Europe/Madrid')).toBe('2026-11-30T23:00:00.000Z')
  expect(endOfDay(date('2026-07-01'), 'Europe/Madrid')).toBe('2026-07-01T22:00:00.000Z')
  expect(endOfDay(date('2026-11-30'), 'America/New_York')).toBe('2026-12-01T05:00:00.000Z')
  expect(endOfDay(date('2026-12-31'), 'Pacific/Kiritimati')).toBe('2026-12-31T10:00:00.000Z')
})

test('a day on which the clocks change is 23 or 25 hours long', () => {
  const hours = (day: string) =>
    (Date.parse(endOfDay(date(day), 'Europe/Madrid')) - Date.parse(startOfDay(date(day), 'Europe/Madrid'))) / 3_600_000
  expect([hours('2027-03-28'), hours('2026-10-25'), hours('2026-06-01')]).toEqual([23, 25, 24])
})

test('a day whose midnight is skipped starts at the first instant that exists', () => {
  expect(startOfDay(date('2026-09-06'), 'America/Santiago')).toBe('2026-09-06T04:00:00.000Z')
  expect(localDateOf(startOfDay(date('2026-09-06'), 'America/Santiago'), 'America/Santiago')).toBe('2026-09-06')
})

test('the last day of an access is the day whose end it is', () => {
  for (const zone of ['UTC', 'Europe/Madrid', 'America/Los_Angeles', 'Asia/Kathmandu']) {
    expect(lastDayOf(endOfDay(date('2027-05-21'), zone), zone)).toBe('2027-05-21')
  }
})

test('a period is cut to the last day of the month', () => {
  expect(addPeriod(date('2026-08-31'), period('6 months'))).toBe('2027-02-28')
  expect(addPeriod(date('2024-02-29'), period('1 year'))).toBe('2025-02-28')
  expect(addPeriod(date('2026-12-15'), period('30 days'))).toBe('2027-01-14')
  expect(addPeriod(date('2026-12-15'), period('2 weeks'))).toBe('2026-12-29')
})

test('days that do not exist, zones that are none and instants without an offset are refused', () => {
  expect([parseDate('9998-12-31'), parseDate('9998-12-32'), parseDate('9999-01-01')]).toEqual(['9998-12-31', undefined, undefined])
  expect([parseDate('2027-02-30'), parseDate('27-2-3'), parseDate('2027-02-28')]).toEqual([undefined, undefined, '2027-02-28'])
  expect([isTimeZone('Europe/Madrid'), isTimeZone('Mars/Olympus'), isTimeZone('+02:00'), isTimeZone('')]).toEqual([
    true,
    false,
    false,
    false,
  ])
  expect([parseInstant('2026-11-21T10:00:00'), parseInstant('2026-11-21T10:00:00+01:00')]).toEqual([undefined, '2026-11-21T09:00:00.000Z'])
})
