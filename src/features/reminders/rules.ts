// When somebody is reminded of an end that comes: days counted in a zone, the newest reminder that is due and no older one.
import { addDays, type Instant, type LocalDate, lastDayOf, localDateOf } from '../../kernel/instant.ts'

/** So many days before an access ends, and before a request for access lapses; the nearest first. */
export const daysBefore = { access: [1, 7, 30], access_request: [3] } as const

/** Stands beside the reminders for what was told when the end had come. */
export const hasEnded = 0

export type Kind = keyof typeof daysBefore

/** What has an end. `since`: from when it counted; nobody is reminded of what was told to them that day. */
export interface Ending {
  readonly until: Instant
  readonly since: Instant
  readonly zone: string
  /** The fewest days before the end for which it was reminded of already, or null. */
  readonly reminded: number | null
}

export interface Due {
  /** Which reminder it is. */
  readonly days: number
  /** How many days are left today; fewer than `days` where nobody reminded in time. */
  readonly left: number
  readonly lastDay: LocalDate
}

/**
 * The reminder that is due, or null. Of several that nobody sent only the newest is: whoever was not reminded for weeks is told once, of the days
 * that are left.
 */
export function dueReminder(kind: Kind, { until, since, zone, reminded }: Ending, now: Instant): Due | null {
  if (until <= now) return null
  const lastDay = lastDayOf(until, zone)
  const today = localDateOf(now, zone)
  const begun = localDateOf(since, zone)
  const newest = daysBefore[kind].find((days) => {
    const day = addDays(lastDay, -days)
    return day <= today && day > begun
  })
  if (newest === undefined || (reminded !== null && reminded <= newest)) return null
  return { days: newest, left: daysBetween(today, lastDay), lastDay }
}

const daysBetween = (from: LocalDate, to: LocalDate): number => Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000)

/** today · in 1 day · in 7 days. */
export const inDays = (left: number): string => (left === 0 ? 'today' : left === 1 ? 'in 1 day' : `in ${left} days`)
