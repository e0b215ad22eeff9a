import { expect, test } from 'vitest'
import type { Instant } from '../../kernel/instant.ts'
import { isFresh, isLive, parseCode, sessionCookieName, shouldNoteUse, showCode, tidyUserAgent, userAgentLength } from './rules.ts'

const at = (text: string) => `2026-11-${text}.000Z` as Instant
const session = { lastSeenAt: at('10T08:00:00'), expiresAt: at('30T08:00:00'), endedAt: null }

test.each([
  ['just seen', session, at('10T08:00:01'), true],
  ['a moment before twelve idle hours', session, at('10T19:59:59'), true],
  ['at twelve idle hours', session, at('10T20:00:00'), false],
  ['seen lately but past its longest life', { ...session, lastSeenAt: at('30T07:59:00') }, at('30T08:00:00'), false],
  ['ended', { ...session, endedAt: at('10T08:00:00') }, at('10T08:00:01'), false],
])('a session %s is live: %s', (_words, times, now, live) => {
  expect(isLive(times, now)).toBe(live)
})

test('the use of a session is noted once in an hour', () => {
  expect(shouldNoteUse(session, at('10T08:59:59'))).toBe(false)
  expect(shouldNoteUse(session, at('10T09:00:00'))).toBe(true)
})

test('a sign-in is fresh for thirty minutes', () => {
  expect(isFresh(at('10T08:00:00'), at('10T08:30:00'))).toBe(true)
  expect(isFresh(at('10T08:00:00'), at('10T08:30:01'))).toBe(false)
})

test.each([
  ['12345678', '12345678'],
  ['1234-5678', '12345678'],
  [' 1234 5678\n', '12345678'],
  ['1234567', undefined],
  ['123456789', undefined],
  ['1234567a', undefined],
  ['१२३४५६७८', undefined],
  ['', undefined],
])('the code in %j is %j', (text, code) => {
  expect(parseCode(text)).toBe(code)
})

test('a code is shown in two halves', () => {
  expect(showCode('01234567')).toBe('0123-4567')
})

test('what a browser says it is loses control characters and is cut', () => {
  expect(tidyUserAgent('Lynx\u0000\r\n2')).toBe('Lynx   2')
  expect(tidyUserAgent('x'.repeat(1000))).toHaveLength(userAgentLength)
  expect(tidyUserAgent('')).toBeNull()
  expect(tidyUserAgent(undefined)).toBeNull()
})

test('the cookie is bound to the host where the portal is reached over https', () => {
  expect(sessionCookieName('https://desk.example')).toBe('__Host-latchkey_session')
  expect(sessionCookieName('http://localhost:3000')).toBe('latchkey_session')
})
