// Days and moments as people read them, and the little arithmetic that a form needs. The server decides what a day means.
import i18next from 'i18next'

const oneDay = 86_400_000

/** The day it is in a time zone, as YYYY-MM-DD. */
export function today(zone: string, now = new Date()): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(now)
}

/** A day some '30 days', '6 months' or '2 years' later; the last day of a month where the day does not exist in it. */
export function dayAfter(day: string, period: string): string {
  const [count = 0, unit = 'days'] = [Number.parseInt(period, 10), period.replace(/^\d+\s*/, '')]
  const date = new Date(`${day}T00:00:00Z`)
  if (unit.startsWith('day')) return dayOf(new Date(date.getTime() + count * oneDay))
  const months = unit.startsWith('year') ? count * 12 : count
  const first = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months, 1))
  const longest = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate()
  first.setUTCDate(Math.min(date.getUTCDate(), longest))
  return dayOf(first)
}

export function isDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(`${text}T00:00:00Z`))
}

export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / oneDay)
}

/** '21 May 2027'. */
export function dayText(day: string): string {
  if (!isDay(day)) return day
  return new Intl.DateTimeFormat(locale(), { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' }).format(
    new Date(`${day}T00:00:00Z`),
  )
}

/** '21 May 2027' of a moment, in the reader's own time zone or another. */
export function dayOfMoment(instant: string, zone?: string): string {
  return dayText(today(zone ?? ownZone(), new Date(instant)))
}

/** The last day of something that ends when the next one begins. */
export function lastDayOf(until: string, zone?: string): string {
  return dayOfMoment(new Date(Date.parse(until) - 1).toISOString(), zone)
}

/** '21 May 2027, 14:02'. */
export function momentText(instant: string): string {
  return `${dayOfMoment(instant)}, ${timeText(instant)}`
}

/** '14:02'. */
export function timeText(instant: string): string {
  return new Intl.DateTimeFormat(locale(), { hour: '2-digit', minute: '2-digit' }).format(new Date(instant))
}

/** '4 min ago', '2 hr ago', '5 days ago'; a date when it is longer than a month. */
export function agoText(instant: string, now = Date.now()): string {
  const minutes = Math.max(0, Math.round((now - Date.parse(instant)) / 60_000))
  const format = new Intl.RelativeTimeFormat(locale(), { numeric: 'auto', style: 'short' })
  if (minutes < 60) return minutes < 1 ? format.format(0, 'second') : format.format(-minutes, 'minute')
  if (minutes < 60 * 24) return format.format(-Math.round(minutes / 60), 'hour')
  const days = Math.round(minutes / 60 / 24)
  return days <= 31 ? format.format(-days, 'day') : dayOfMoment(instant)
}

export function numberText(number: number): string {
  return new Intl.NumberFormat(locale()).format(number)
}

export function sizeText(bytes: number): string {
  const format = (value: number, unit: string, unitDisplay: 'short' | 'long' = 'short') =>
    new Intl.NumberFormat(locale(), { style: 'unit', unit, unitDisplay, maximumFractionDigits: 1 }).format(value)
  if (bytes < 1000) return format(bytes, 'byte', 'long')
  return bytes < 1_000_000 ? format(bytes / 1000, 'kilobyte') : format(bytes / 1_000_000, 'megabyte')
}

function ownZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone
}

function dayOf(date: Date): string {
  return date.toISOString().slice(0, 10)
}

function locale(): string {
  const chosen = i18next.language || 'en'
  return chosen === 'en' ? 'en-GB' : chosen
}
