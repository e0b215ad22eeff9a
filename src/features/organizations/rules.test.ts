// Which addresses pass for a firm's own.
import { expect, test } from 'vitest'
import { type DomainVerdict, domainVerdict, firmImitated } from './rules.ts'

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

test('BX-14 an address that only looks like one of a firm that the customer knows names that firm; one that is of a known firm names none', () => {
  const firms = [
    { name: 'Acme Robotics', emailDomain: 'acme-robotics.example' },
    { name: 'Meridia', emailDomain: 'meridia.example' },
    { name: 'Brightline', emailDomain: 'brightline.example' },
    { name: 'Nameless', emailDomain: null },
  ]
  const imitated = (email: string) => firmImitated(email, firms)?.name ?? null
  expect([
    imitated('dana@acme-r0botics.example'),
    imitated('support@meridla.example'),
    imitated('ines@brightIine.example'),
    imitated('ines@mail.brightline.example'),
    imitated('ana@meridia.example'),
    imitated('priya@larkfield.example'),
  ]).toEqual(['Acme Robotics', 'Meridia', 'Brightline', null, null, null])
})
