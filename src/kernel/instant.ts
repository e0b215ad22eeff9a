// Instants (UTC, to the millisecond) and local dates, and the one way from one to the other: access ends with the end of a day somewhere.

/** An instant as ISO 8601 in UTC with milliseconds; two instants compare as text. */
export type Instant = string & { readonly __instant: true }
/** A calendar date, YYYY-MM-DD, in the years 1900 to 9999. */
export type LocalDate = string & { readonly __date: true }
/** A length of time as a portal definition writes it: '30 days', '6 months', '2 years'. */
export type Period = string & { readonly __period: true }

const dayLength = 86_400_000
/** The last date that is read: the end of a day is the start of the next, and years have four digits. */
const lastDate = '9998-12-31'
const dateShape = /^(19|[2-9][0-9])[0-9]{2}-[0-9]{2}-[0-9]{2}$/
const periodShape = /^([1-9][0-9]{0,3}) (day|week|month|year)s?$/

export const instantOf = (date: Date): Instant => date.toISOString() as Instant

/** The instant in a text that names one with its offset, or undefined. */
export function parseInstant(text: string): Instant | undefined {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/.test(text)) return undefined
  const at = new Date(text)
  return Number.isNaN(at.getTime()) ? undefined : instantOf(at)
}

/** The date in a text, or undefined where there is no such day (2027-02-30). */
export function parseDate(text: string): LocalDate | undefined {
  if (!dateShape.test(text)) return undefined
  const at = new Date(`${text}T00:00:00Z`)
  if (text > lastDate) return undefined
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text) ? (text as LocalDate) : undefined
}

/** The date a period later; the day is cut to the month's last (31 August + 6 months is the end of February). */
export function addPeriod(date: LocalDate, period: Period): LocalDate {
  const [, count, unit] = periodShape.exec(period) ?? []
  const many = Number(count)
  if (unit === 'day' || unit === 'week') return addDays(date, unit === 'week' ? many * 7 : many)
  const [year, month, day] = date.split('-').map(Number) as [number, number, number]
  const months = year * 12 + (month - 1) + (unit === 'year' ? many * 12 : many)
  const lastDay = new Date(Date.UTC(Math.floor(months / 12), (months % 12) + 1, 0)).getUTCDate()
  return new Date(Date.UTC(Math.floor(months / 12), months % 12, Math.min(day, lastDay))).toISOString().slice(0, 10) as LocalDate
}

export function addDays(date: LocalDate, days: number): LocalDate {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * dayLength).toISOString().slice(0, 10) as LocalDate
}

export function addMilliseconds(at: Instant, milliseconds: number): Instant {
  return instantOf(new Date(Date.parse(at) + milliseconds))
}

/** Whether the name is a time zone that this runtime knows (IANA names; offsets such as +02:00 are refused: they forget summer time). */
export function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z][A-Za-z0-9_+\-/]{0,63}$/.test(name)) return false
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}

/** The first instant of a day in a zone. Where midnight is skipped by summer time, the first instant that exists. */
export function startOfDay(date: LocalDate, zone: string): Instant {
  const midnight = Date.parse(`${date}T00:00:00Z`)
  // The offset at the answer is wanted, and the answer depends on it: two guesses settle it, a third covers a skipped midnight.
  let guess = midnight - offsetAt(midnight, zone)
  guess = midnight - offsetAt(guess, zone)
  if (localDateOf(instantOf(new Date(guess)), zone) < date) guess += offsetAt(guess + 3 * 3_600_000, zone) - offsetAt(guess, zone)
  return instantOf(new Date(guess))
}

/** The end of a day, exclusive: access "until 21 May" counts up to this instant and not at it (decision O-A12). */
export const endOfDay = (date: LocalDate, zone: string): Instant => startOfDay(addDays(date, 1), zone)

/** The date that people in the zone have at the instant. */
export function localDateOf(at: Instant, zone: string): LocalDate {
  const parts = partsIn(zone, Date.parse(at))
  return `${parts['year']}-${parts['month']}-${parts['day']}` as LocalDate
}

/** The last day of an access whose exclusive end is the instant. */
export const lastDayOf = (until: Instant, zone: string): LocalDate => localDateOf(addMilliseconds(until, -1), zone)

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sept', 'Oct', 'Nov', 'Dec']

/** 21 May 2027, in the same words as on the pages. */
export function dayInWords(date: LocalDate): string {
  const [year, month, day] = date.split('-').map(Number) as [number, number, number]
  return `${day} ${months[month - 1]} ${year}`
}

function offsetAt(milliseconds: number, zone: string): number {
  const p = partsIn(zone, milliseconds)
  const local = Date.parse(`${p['year']}-${p['month']}-${p['day']}T${p['hour']}:${p['minute']}:${p['second']}Z`)
  return local - Math.floor(milliseconds / 1000) * 1000
}

const formats = new Map<string, Intl.DateTimeFormat>()

function partsIn(zone: string, milliseconds: number): Record<string, string> {
  let format = formats.get(zone)
  if (!format) {
    const numeric = '2-digit'
    format = new Intl.DateTimeFormat('en-CA', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: numeric,
      day: numeric,
      hour: numeric,
      minute: numeric,
      second: numeric,
    })
    formats.set(zone, format)
  }
  return Object.fromEntries(format.formatToParts(new Date(milliseconds)).map((part) => [part.type, part.value]))
}
