// The place where a page of records ended, as a short text that tells the reader nothing and is checked when it comes back.
import { refuseField } from '../../kernel/refusal.ts'

/** The last row of a page, in the order of the list: an exact number first, then newest first, then the higher id. */
export interface PlaceInList {
  /** Whether the row's number is exactly what was searched for. */
  readonly exact: boolean
  /** When the row changed, to the microsecond, as the database says it: 2026-11-21T10:00:00.000000Z. */
  readonly updatedAt: string
  readonly id: string
}

const shape = /^([01])(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{6}Z)([1-9]\d{0,14})$/

export const cursorOf = (place: PlaceInList): string =>
  btoa(`${place.exact ? 1 : 0}${place.updatedAt}${place.id}`)
    .replace(/\+/g, '-')
    .replace(/\//g, '_')
    .replace(/=+$/, '')

/** Reads a cursor that an earlier page gave. Refuses anything else (400, field `after`). */
export function placeOf(cursor: string): PlaceInList {
  const parts = shape.exec(decoded(cursor))
  const updatedAt = parts?.[2] ?? ''
  if (!parts || !isInstant(updatedAt)) refuseField('after', 'This is not the "next" of an earlier page.')
  return { exact: parts[1] === '1', updatedAt, id: parts[3] ?? '' }
}

/** Whether there is such an instant: 30 February is none, and the database knows no year 0. */
function isInstant(text: string): boolean {
  const at = Date.parse(text)
  return !Number.isNaN(at) && text >= '0001' && new Date(at).toISOString().startsWith(text.slice(0, 19))
}

function decoded(cursor: string): string {
  try {
    return atob(cursor.replace(/-/g, '+').replace(/_/g, '/'))
  } catch {
    return ''
  }
}
