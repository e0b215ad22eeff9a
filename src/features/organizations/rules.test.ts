// Which addresses pass for a firm's own.
import { expect, test } from 'vitest'
import { type DomainVerdict, domainVerdict } from './rules.ts'

const cases: [string, string | null, DomainVerdict][] = [
  ['priya@larkfield.example', 'larkfield.example', 'match'],
  ['PRIYA@Larkfield.Example', 'larkfield.EXAMPLE', 'match'],
  ['priya@berlin.larkfield.example', 'larkfield.example', 'match'],
  ['priya@1arkfield.example', 'larkfield.example', 'look-alike'],
  ['tom@br1ghtfield.example', 'brightfield.example', 'look-alike'],
  ['tom@bright-field.example', 'brightfield.example', 'look-alike'],
  ['tom@brightfeild.example', 'brightfield.example', 'look-alike'],
  ['tom@brightfields.example', 'brightfield.example', 'look-alike'],
  ['tom@larkfield.other', 'larkfield.example', 'look-alike'],
  ['tom@larkfield.example.evil.test', 'larkfield.example', 'look-alike'],
  ['tom@evil-larkfield.example', 'larkfield.example', 'look-alike'],
  ['priya@mail.test', 'larkfield.example', 'other'],
  ['priya@larkfield.example', null, 'unknown'],
]

test.each(cases)('BX-14 the address %s of a firm whose domain is %s counts as %s', (email, domain, expected) => {
  expect(domainVerdict(email, domain)).toBe(expected)
})
