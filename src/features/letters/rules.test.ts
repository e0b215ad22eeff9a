// When letters are tried again and given up, and who may look into the mailbox.
import { expect, test } from 'vitest'
import type { Instant } from '../../kernel/instant.ts'
import {
  isSecret,
  mailboxIsOpen,
  mayResend,
  nextTry,
  showsWords,
  stateAfter,
  triesWhenRejected,
  triesWhenUnreachable,
  whyNot,
} from './rules.ts'

const now = '2026-11-21T10:00:00.000Z' as Instant
const minutesUntil = (at: Instant) => (Date.parse(at) - Date.parse(now)) / 60_000

test('the pause doubles from half a minute to four hours, give or take a fifth', () => {
  expect([1, 2, 3, 9, 10, 11, 25].map((attempts) => minutesUntil(nextTry(now, attempts, 0.5)))).toEqual([0.5, 1, 2, 128, 240, 240, 240])
  expect([0, 1].map((random) => minutesUntil(nextTry(now, 2, random)))).toEqual([0.8, 1.2])
})

test('a letter that the server refuses is given up sooner than one that meets no server', () => {
  const rejected = { kind: 'rejected', why: '550' } as const
  const unreachable = { kind: 'unreachable', why: 'ECONNREFUSED' } as const
  expect(stateAfter({ kind: 'sent' }, 99)).toBe('sent')
  expect([stateAfter(rejected, triesWhenRejected - 1), stateAfter(rejected, triesWhenRejected)]).toEqual(['waiting', 'dead'])
  expect([stateAfter(unreachable, triesWhenRejected), stateAfter(unreachable, triesWhenUnreachable)]).toEqual(['waiting', 'dead'])
})

test('the tries at a server that is away last about three days', () => {
  const hours = Array.from({ length: triesWhenUnreachable - 1 }, (_, index) => minutesUntil(nextTry(now, index + 1, 0.5)) / 60).reduce(
    (a, b) => a + b,
  )
  expect(hours).toBeGreaterThan(60)
  expect(hours).toBeLessThan(84)
})

test('a letter is dropped when its recipient has left, may no longer see it, or its code has ended', () => {
  const due = { letter: 'grant-given', createdAt: now, attempts: 1, address: 'dana@acme.example', mayStill: true, isDeclined: false }
  expect(whyNot(due, now)).toBeUndefined()
  expect(whyNot({ ...due, address: null }, now)?.state).toBe('dropped')
  expect(whyNot({ ...due, mayStill: false }, now)?.state).toBe('dropped')
  expect(whyNot({ ...due, isDeclined: true }, now)?.why).toMatch(/chose not to/)
  const later = '2026-11-21T10:10:00.000Z' as Instant
  expect(whyNot(due, later)).toBeUndefined()
  expect(whyNot({ ...due, letter: 'sign-in-code' }, later)?.why).toMatch(/code/)
  expect(whyNot({ ...due, attempts: triesWhenUnreachable + 1 }, now)?.state).toBe('dead')
})

test('the mailbox is open only in a demo that sends no mail, to whoever sits at the machine', () => {
  for (const demo of [true, false])
    for (const sendsMail of [true, false])
      for (const here of [true, false]) expect(mailboxIsOpen({ demo, sendsMail }, here)).toBe(demo && !sendsMail && here)
})

test('a code is never shown once mail is sent', () => {
  expect([isSecret('sign-in-code'), isSecret('grant-given')]).toEqual([true, false])
  expect([
    showsWords('sign-in-code', { sendsMail: true }),
    showsWords('sign-in-code', { sendsMail: false }),
    showsWords('grant-given', { sendsMail: true }),
  ]).toEqual([false, true, true])
})

test('what was sent or dropped is not sent again', () => {
  expect(['waiting', 'sent', 'held', 'dropped', 'dead'].filter((state) => mayResend(state as 'sent'))).toEqual(['held', 'dead'])
})
