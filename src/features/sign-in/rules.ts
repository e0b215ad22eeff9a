// The rules of signing in: how long codes, challenges and sessions live, how often one may try, and when a session still counts.
// Source: OWASP ASVS 5.0 V6.5, V6.6, V6.7, V7.1 to V7.5 (level 2). There are no passwords.
import type { Instant } from '../../kernel/instant.ts'
import { addMilliseconds } from '../../kernel/instant.ts'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

/** A mailed code has eight digits: 26 bits, above the 20 that V6.5.4 asks for. */
export const codeDigits = 8
/** V6.5.5: ten minutes at most. */
export const codeLifetime = 10 * minute
/** Five wrong answers end a code; the sixth is refused even where it would be right. */
export const attemptsPerCode = 5
/** Letters to one address in an hour. With five attempts a code: 25 guesses an hour at one in a hundred million each. */
export const codesPerAddress = 5
export const codesPerAddressWindow = hour
/** Rows of codes are of no use after this and are deleted at the next request for a code. */
export const codesAreKept = day

/** A session ends after twelve hours without use and after thirty days in any case (V7.3.1, V7.3.2). */
export const sessionIdle = 12 * hour
export const sessionLongest = 30 * day
/** Use is noted at most this often, so that reading pages does not write rows; the idle time is that much shorter at worst. */
const sessionSeenEvery = hour
/** A person has at most this many sessions at once; beyond it the least recently used end (V7.1.2). */
export const sessionsPerPerson = 20
/** Adding a passkey changes how one signs in, so it needs a sign-in not older than this (V7.5.1). */
const freshSignIn = 30 * minute

export const userAgentLength = 300

export interface SessionTimes {
  lastSeenAt: Instant
  expiresAt: Instant
  endedAt: Instant | null
}

/** Whether a session counts at the instant: not ended, not past its longest life, used within the idle time. */
export function isLive(session: SessionTimes, now: Instant): boolean {
  return session.endedAt === null && session.expiresAt > now && addMilliseconds(session.lastSeenAt, sessionIdle) > now
}

export const shouldNoteUse = (session: SessionTimes, now: Instant): boolean => addMilliseconds(session.lastSeenAt, sessionSeenEvery) <= now

export const isFresh = (signedInAt: Instant, now: Instant): boolean => addMilliseconds(signedInAt, freshSignIn) >= now

/** The eight digits in what a person typed or pasted (spaces and dashes are ignored), or undefined. */
export function parseCode(text: string): string | undefined {
  const digits = text.replace(/[\s-]/g, '')
  return digits.length === codeDigits && /^[0-9]+$/.test(digits) ? digits : undefined
}

/** As a person reads it: 1234-5678. */
export const showCode = (digits: string): string => `${digits.slice(0, 4)}-${digits.slice(4)}`

/** What a browser says it is, cut to what the table keeps, without control characters. */
export function tidyUserAgent(text: string | undefined): string | null {
  const tidy = (text ?? '')
    .replace(/\p{Cc}/gu, ' ')
    .trim()
    .slice(0, userAgentLength)
  return tidy === '' ? null : tidy
}

/** `__Host-` binds the cookie to this very host, and browsers take it over https alone (V3.3.1, V3.3.3). */
export const sessionCookieName = (publicUrl: string): string => (isHttps(publicUrl) ? '__Host-latchkey_session' : 'latchkey_session')

export const isHttps = (publicUrl: string): boolean => new URL(publicUrl).protocol === 'https:'
