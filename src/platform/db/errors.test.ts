import { expect, test } from 'vitest'
import { DatabaseAway, DatabaseBusy, isAway, isRetryable, isUniqueViolation, typed } from './errors.ts'
import { openForTest } from './scratch.test-support.ts'

const withCode = (code: string, more: object = {}) => Object.assign(new Error(code), { code, ...more })

test('lost races may be run again, and nothing else', () => {
  expect(['40001', '40P01'].map((code) => isRetryable(withCode(code)))).toEqual([true, true])
  expect(['23505', '57P01', 'ECONNRESET'].map((code) => isRetryable(withCode(code)))).toEqual([false, false, false])
  expect(isRetryable(new Error('40001'))).toBe(false)
  expect(isRetryable(undefined)).toBe(false)
})

test('a refused or lost connection is away, and an error of SQL or of the file system is not', () => {
  const away: Error[] = ['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', '57P01', '57P03', '08006', '53300'].map((code) => withCode(code))
  away.push(new Error('Connection terminated unexpectedly'), new Error('timeout expired'), withCode('ENOENT', { syscall: 'connect' }))
  for (const error of away) expect(isAway(error), error.message).toBe(true)
  for (const error of [
    withCode('23505'),
    withCode('57014'),
    withCode('28P01'),
    withCode('3D000'),
    withCode('ENOENT', { syscall: 'open' }),
  ]) {
    expect(isAway(error), error.message).toBe(false)
  }
  expect(isAway(new Error('select failed: Connection terminated'))).toBe(false)
  expect(isAway('ECONNREFUSED')).toBe(false)
})

test('the typed form keeps its cause, and leaves other errors alone', () => {
  const lost = withCode('ECONNRESET')
  expect(typed(lost)).toBeInstanceOf(DatabaseAway)
  expect((typed(lost) as Error).cause).toBe(lost)
  expect(typed(new Error('timeout exceeded when trying to connect'))).toBeInstanceOf(DatabaseBusy)
  const other = withCode('23505')
  expect(typed(other)).toBe(other)
})

test('a unique violation is known by its constraint', async () => {
  const { pool } = await openForTest()
  await pool.query('create table once (n int constraint only_once unique)')
  const error = await pool.query('insert into once values (1), (1)').catch((violation: unknown) => violation)
  expect([isUniqueViolation(error), isUniqueViolation(error, 'only_once'), isUniqueViolation(error, 'another')]).toEqual([
    true,
    true,
    false,
  ])
  expect(isUniqueViolation(withCode('23503'))).toBe(false)
})
