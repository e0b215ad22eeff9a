// Instants as tables write them: a format of day, month, year and time, read in a time zone.
import { type Instant, instantOf, isTimeZone, parseInstant } from '../../kernel/instant.ts'

type Part = 'year' | 'month' | 'day' | 'hour' | 'minute' | 'second'
const parts: Record<string, { part: Part; pattern: string }> = {
  YYYY: { part: 'year', pattern: '([12][0-9]{3})' },
  MM: { part: 'month', pattern: '([0-9]{2})' },
  M: { part: 'month', pattern: '([0-9]{1,2})' },
  DD: { part: 'day', pattern: '([0-9]{2})' },
  D: { part: 'day', pattern: '([0-9]{1,2})' },
  HH: { part: 'hour', pattern: '([0-9]{2})' },
  H: { part: 'hour', pattern: '([0-9]{1,2})' },
  mm: { part: 'minute', pattern: '([0-9]{2})' },
  ss: { part: 'second', pattern: '([0-9]{2})' },
}

/** A reader for one format; without a format, ISO 8601 with an offset, or in the zone. Undefined: no such instant. */
export function instantReader(format: string | undefined, zone: string): (text: string) => Instant | undefined {
  if (!isTimeZone(zone)) throw new RangeError(`no such time zone: ${zone}`)
  if (format === undefined) {
    const local = instantReader('YYYY-MM-DDTHH:mm:ss', zone)
    return (text) => (/(Z|[+-][0-9]{2}:[0-9]{2})$/.test(text) ? parseInstant(text) : local(text.replace(' ', 'T')))
  }
  const order: Part[] = []
  const pattern = format.replaceAll(/YYYY|MM|M|DD|D|HH|H|mm|ss|[^A-Za-z0-9]|[A-Za-z0-9]/g, (token) => {
    const known = parts[token]
    if (!known) return token.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')
    order.push(known.part)
    return known.pattern
  })
  const shape = new RegExp(`^${pattern}$`)
  return (text) => {
    const found = shape.exec(text)
    if (!found) return undefined
    const values = new Map(order.map((part, place) => [part, Number(found[place + 1])]))
    return wallInstant(wallTime(values), zone)
  }
}

/** Wall time as if it were UTC, or undefined where the calendar or the clock knows no such moment. */
function wallTime(values: ReadonlyMap<Part, number>): number | undefined {
  const [year, month, day] = [values.get('year') ?? 0, values.get('month') ?? 1, values.get('day') ?? 1]
  const [hour, minute, second] = [values.get('hour') ?? 0, values.get('minute') ?? 0, values.get('second') ?? 0]
  if (hour > 23 || minute > 59 || second > 59) return undefined
  const at = new Date(Date.UTC(year, month - 1, day, hour, minute, second))
  return at.getUTCMonth() === month - 1 && at.getUTCDate() === day ? at.getTime() : undefined
}

function wallInstant(wall: number | undefined, zone: string): Instant | undefined {
  if (wall === undefined) return undefined
  if (zone === 'UTC') return instantOf(new Date(wall))
  // The offset at the answer is wanted and the answer depends on it: two guesses settle it, and a skipped hour never fits.
  let guess = wall - offsetAt(wall, zone)
  guess = wall - offsetAt(guess, zone)
  return guess + offsetAt(guess, zone) === wall ? instantOf(new Date(guess)) : undefined
}

const formats = new Map<string, Intl.DateTimeFormat>()

function offsetAt(milliseconds: number, zone: string): number {
  const format = formats.get(zone) ?? new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'longOffset' })
  formats.set(zone, format)
  const offset = format.formatToParts(milliseconds).find((part) => part.type === 'timeZoneName')?.value ?? 'GMT'
  const [, sign, hours, minutes, seconds] = /^GMT([+-])(\d{2}):(\d{2})(?::(\d{2}))?$/.exec(offset) ?? []
  if (!sign) return 0
  return (sign === '-' ? -1 : 1) * (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds ?? 0)) * 1000
}
