// The token of the following page: where the page ended, and a fingerprint of the search, so that it counts for no other.
import { createHash } from 'node:crypto'
import { refuseField } from '../../kernel/refusal.ts'
import type { Part } from './search.ts'

/** As many results as one answer has at most, and where no limit is given. */
const longestPage = 1000

interface Page {
  readonly token?: string | undefined
  readonly limit?: number | undefined
}

/** Whatever makes a search another one: which it is, who asks, the entities, the context. The order of an object's members does not count. */
const fingerprint = (search: unknown): string =>
  createHash('sha256')
    .update(JSON.stringify(sorted(search)))
    .digest('base64url')
    .slice(0, 22)

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return entries.map(([name, inner]) => [name, sorted(inner)])
}

/** The token with which the following page of this search is asked for. It holds the id of something that was found, and nothing that is secret. */
export function tokenOf(search: unknown, { limit }: Part, after: string | null): string {
  return Buffer.from(JSON.stringify([fingerprint(search), limit, after])).toString('base64url')
}

/**
 * The part of the results that is asked for. A token says all of it; a limit beside it must be the same one.
 * Refuses (400) a token that is none, or that another search gave.
 * @param isPlace whether a text can be a place where a page of this search ended
 */
export function partOf(search: unknown, { token = '', limit }: Page = {}, isPlace: (text: string) => boolean): Part {
  if (token === '') return { after: null, limit: Math.min(limit ?? longestPage, longestPage) }
  const [of, first, after] = readToken(token)
  if (of !== fingerprint(search) || !isLimit(first) || !(after === null || (typeof after === 'string' && isPlace(after))))
    return refuseField('page.token', 'This is not the next_token of an earlier page of the same search.')
  if (limit !== undefined && Math.min(limit, longestPage) !== first)
    return refuseField('page.limit', 'The limit must be that of the first page, or be left out.')
  return { after, limit: first }
}

function readToken(token: string): unknown[] {
  try {
    const value: unknown = JSON.parse(Buffer.from(token, 'base64url').toString('utf8'))
    return Array.isArray(value) ? value : []
  } catch {
    return []
  }
}

const isLimit = (value: unknown): value is number => Number.isInteger(value) && Number(value) >= 0 && Number(value) <= longestPage
