import { expect, test } from 'vitest'
import { parsePasskeyName, passkeyNameLength, relyingParty, requireRelyingParty } from './passkey-rules.ts'

test.each([
  ['https://desk.example/portal', { id: 'desk.example', origin: 'https://desk.example' }],
  ['http://localhost:3000', { id: 'localhost', origin: 'http://localhost:3000' }],
  ['http://desk.example', undefined],
  ['http://127.0.0.1:3000', undefined],
  ['https://[::1]', undefined],
])('passkeys at %s are bound to %j', (url, party) => {
  expect(relyingParty(url)).toEqual(party)
})

test('where browsers make no passkeys the refusal says what to use instead', () => {
  expect(() => requireRelyingParty('http://127.0.0.1:3000')).toThrow('Use a mailed code')
})

test.each([
  [' Laptop ', 'Laptop'],
  ['x'.repeat(passkeyNameLength), 'x'.repeat(passkeyNameLength)],
  ['x'.repeat(passkeyNameLength + 1), undefined],
  ['two\nlines', undefined],
  ['  ', undefined],
])('a passkey is called %j', (text, name) => {
  expect(parsePasskeyName(text)).toBe(name)
})
