import { expect, test } from 'vitest'
import type { HomeRoleLaw, Law } from '../../law/law.ts'
import { dutyOf } from './duty-rules.ts'

const role = (name: string, fallsBackTo?: string): [string, HomeRoleLaw] => [
  name,
  { role: name, side: 'customer', may: new Map(), notices: [], scopes: ['sites'], ...(fallsBackTo ? { fallsBackTo } : {}) },
]
const law = { homeRoles: new Map([role('decider'), role('phones', 'decider'), role('technical', 'phones')]) } as unknown as Law
const person = (name: string, roles: string[], siteRoles: { role: string; siteNo: number }[] = []) => ({ name, roles, siteRoles })
const dan = person('Dan', ['decider'])
const pam = person('Pam', [], [{ role: 'phones', siteNo: 1 }])
const phil = person('Phil', ['phones'])
const tom = person('Tom', ['technical'])
const tess = person('Tess', [], [{ role: 'technical', siteNo: 1 }])

test.each([
  ['who has it at the site', [dan, phil, pam, tom, tess], 1, 'technical', ['Tess']],
  ['who has it for the account', [dan, phil, pam, tom, tess], 2, 'technical', ['Tom']],
  ["the next role's holder at the site", [dan, phil, pam], 1, 'phones', ['Pam']],
  ["the next role's holder for the account", [dan, phil, pam], 2, 'phones', ['Phil']],
  ['the last of the way', [dan, pam], 2, 'decider', ['Dan']],
  ['for the account, whoever has it only at a site does not count', [dan, tess], null, 'decider', ['Dan']],
  ['nobody', [tess], null, null, []],
])('MI-037 the duties of a technical contact are with: %s', (_, people, siteNo, by, names) => {
  const duty = dutyOf(law, people, 'technical', siteNo)
  expect([duty.by, duty.people.map(({ name }) => name)]).toEqual([by, names])
})
