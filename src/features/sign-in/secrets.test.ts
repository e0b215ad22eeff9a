import { expect, test } from 'vitest'
import { codeMatches, hashCode, hashToken, newCode, newToken } from './secrets.ts'

test('a code is eight digits, leading noughts included', () => {
  const codes = Array.from({ length: 2000 }, newCode)
  expect(codes.every((code) => /^[0-9]{8}$/.test(code))).toBe(true)
  expect(codes.some((code) => code.startsWith('0'))).toBe(true)
  expect(new Set(codes).size).toBeGreaterThan(1990)
})

test('a code is kept as a salted hash that only the code opens', async () => {
  const [one, other] = [await hashCode('01234567'), await hashCode('01234567')]
  expect(one).not.toBe(other)
  expect(one).not.toContain('01234567')
  expect(await codeMatches('01234567', one)).toBe(true)
  expect(await codeMatches('01234567', other)).toBe(true)
  expect(await codeMatches('01234568', one)).toBe(false)
})

test.each([undefined, '', 'scrypt', 'scrypt..', 'scrypt.AAAA.'])('no code matches the hash %j', async (kept) => {
  expect(await codeMatches('01234567', kept)).toBe(false)
})

test('a token has 256 bits and is kept as its hash', () => {
  const token = newToken()
  expect(Buffer.from(token, 'base64url')).toHaveLength(32)
  expect(newToken()).not.toBe(token)
  expect(hashToken(token)).not.toContain(token)
  expect(hashToken(token)).toBe(hashToken(token))
})
