import { expect, test } from 'vitest'
import { agoText, dayAfter, daysBetween, isDay, lastDayOf, today } from './dates.ts'

test('today is the day it is in the customer’s zone, not in the reader’s', () => {
  const lateEvening = new Date('2026-11-21T23:30:00Z')
  expect(today('UTC', lateEvening)).toBe('2026-11-21')
  expect(today('Europe/Madrid', lateEvening)).toBe('2026-11-22')
  expect(today('America/New_York', lateEvening)).toBe('2026-11-21')
})

test('a period later is the same day of the month, or its last where there is none', () => {
  expect(dayAfter('2026-11-21', '30 days')).toBe('2026-12-21')
  expect(dayAfter('2026-11-21', '6 months')).toBe('2027-05-21')
  expect(dayAfter('2026-08-31', '6 months')).toBe('2027-02-28')
  expect(dayAfter('2024-02-29', '12 months')).toBe('2025-02-28')
  expect(dayAfter('2026-11-21', '2 years')).toBe('2028-11-21')
  expect(dayAfter('2026-12-31', '3 months')).toBe('2027-03-31')
})

test('what was typed into a date field counts as a day only when it is one', () => {
  expect(isDay('2027-05-21')).toBe(true)
  for (const text of ['', '2027-13-01', '2027-5-1', 'tomorrow']) expect(isDay(text)).toBe(false)
})

test('days between two days are counted across the change to summer time', () => {
  expect(daysBetween('2027-03-27', '2027-03-29')).toBe(2)
  expect(daysBetween('2026-11-21', '2026-11-21')).toBe(0)
})

test('the last day of what ends when the next day begins is the day before', () => {
  expect(lastDayOf('2027-05-21T22:00:00.000Z', 'Europe/Madrid')).toBe('21 May 2027')
  expect(lastDayOf('2027-05-22T00:00:00.000Z', 'UTC')).toBe('21 May 2027')
})

test('how long ago something was is said in the largest fitting unit, and as a day beyond a month', () => {
  const now = Date.parse('2026-11-21T12:00:00Z')
  expect(agoText('2026-11-21T11:56:00Z', now)).toBe('4 min ago')
  expect(agoText('2026-11-21T09:00:00Z', now)).toBe('3 hr ago')
  expect(agoText('2026-11-16T12:00:00Z', now)).toBe('5 days ago')
  expect(agoText('2026-01-14T12:00:00Z', now)).toBe('14 Jan 2026')
  expect(agoText('2026-11-21T12:00:30Z', now)).toBe('now')
})
