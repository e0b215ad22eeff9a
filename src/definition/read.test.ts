// A portal definition is read whole or refused with every fault named: line, key, what was expected.
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { levelAllows, levelAllowsOnAll, levelOf } from '../law/law.ts'
import { BrokenDefinition } from './fault.ts'
import { longestDefinition, readDefinition } from './read.ts'

const source = readFileSync(new URL('../../portals/support-desk.yaml', import.meta.url), 'utf8')
const lineOf = (text: string, part: string) => text.split('\n').findIndex((line) => line.includes(part)) + 1

/** The faults of the support desk's definition with one text replaced. */
function faultsWith(before: string, after: string): string[] {
  if (!source.includes(before)) throw new Error(`${before} does not stand in the definition`)
  const changed = source.replace(before, after)
  try {
    readDefinition(changed, 'portal.yaml')
  } catch (error) {
    if (error instanceof BrokenDefinition) return error.message.split('\n')
    throw error
  }
  return []
}

test('OR-015 the support desk offers six levels, each including the lower ones', () => {
  const law = readDefinition(source, 'support-desk.yaml')
  expect(law.levels.map(({ code }) => code)).toEqual(['cc', 'look', 'update', 'create', 'service_admin', 'full_admin'])
  for (const [index, level] of law.levels.entries()) {
    for (const lower of law.levels.slice(0, index)) for (const action of lower.may.keys()) expect(level.may.has(action)).toBe(true)
  }
})

test('OR-040 the old name Admin means the level Service Admin', () => {
  const law = readDefinition(source, 'support-desk.yaml')
  expect(levelOf(law, 'admin')?.code).toBe('service_admin')
  expect(levelOf(law, 'Admin')).toBeUndefined()
})

test('OR-041 OR-042 OR-043 full administrators have all of service administrators and manage people; service administrators do not', () => {
  const law = readDefinition(source, 'support-desk.yaml')
  const [service, full] = [levelOf(law, 'service_admin'), levelOf(law, 'full_admin')]
  expect([...(service?.may.keys() ?? [])].every((action) => full?.may.has(action))).toBe(true)
  expect([levelAllows(law, 'full_admin', 'people:manage'), levelAllows(law, 'service_admin', 'people:manage')]).toEqual([true, false])
})

test('OR-044 no level manages updates, and a definition that lets one is refused', () => {
  const law = readDefinition(source, 'support-desk.yaml')
  for (const level of law.levels) for (const action of level.may.keys()) expect(action).not.toMatch(/^(updates|access|access_request):/)
  const faults = faultsWith('may: { people: [add, manage] }\n  # Never', 'may: { access: [give] }\n  # Never')
  expect(faults).toEqual([expect.stringMatching(/access\.levels\.full_admin\.may\.access: "access" is reserved/)])
})

test('a level that allows an action only where one is named does not allow it on all', () => {
  const law = readDefinition(source, 'support-desk.yaml')
  expect([levelAllowsOnAll(law, 'cc', 'service_request:read'), levelAllowsOnAll(law, 'look', 'service_request:read')]).toEqual([
    false,
    true,
  ])
})

test('a fault names its line, its key and what was expected', () => {
  const [fault] = faultsWith('opens_as: new', 'opens_as: nwe')
  expect(fault).toBe(
    `portal.yaml:${lineOf(source, 'opens_as: new')}: records.service_request.opens_as: "nwe" is no state of this definition. Did you mean "new"?`,
  )
})

test.each([
  ['a key that nobody knows', 'precedence:', 'precedense:', /precedense: is not a key that can stand here\. Did you mean "precedence"\?/],
  ['a missing key', '  lapse_after: 30 days\n', '', /requests\.lapse_after: is missing: expected string/],
  ['a wrong type', 'precedence: [person, organization]', 'precedence: person', /access\.precedence: expected array/],
  [
    'an order in which lists would not answer as checks do',
    'precedence: [person, organization]',
    'precedence: [organization, person]',
    /access\.precedence: must name the most specific first: person, organization\./,
  ],
  [
    'an unknown kind',
    'may: { people: [add, manage] }\n  # Never',
    'may: { peple: [manage] }\n  # Never',
    /"peple" is no kind of this definition\. Did you mean "people"\?/,
  ],
  [
    'an unknown action',
    'may: { service_request: [open, reopen] }',
    'may: { service_request: [opne] }',
    /"opne" is no action on service_request/,
  ],
  ['an unknown level', 'includes: look', 'includes: lok', /"lok" is no level of this definition\. Did you mean "look"\?/],
  ['a level that includes itself', 'includes: cc', 'includes: full_admin', /the level "look" includes itself/],
  ['an unknown role', 'answered_by: [contact_manager', 'answered_by: [contact_manger', /"contact_manger" is no role of a customer/],
  [
    'a broken permission',
    '[read mine, reply mine while open] }\n    look',
    '[read often] }\n    look',
    /expected an action, with "mine" or "while open"/,
  ],
  ['a broken period', 'longest: 2 years', 'longest: ever', /expected a length of time such as/],
  ['a default longer than the longest', 'default: 6 months', 'default: 3 years', /access\.term\.default: is longer than the longest term/],
  ['a name that is no name', 'cc:\n', 'C C:\n', /expected a name/],
  ['a name of two levels', 'aliases: [admin]', 'aliases: [look]', /"look" names two of what can be given/],
  ['a closed state to open into', 'opens_as: new', 'opens_as: closed', /must lead to a state that is not closed/],
  ['a word of the product as a kind', 'records:\n  service_request:', 'records:\n  portal:', /"portal" is a word of the product itself/],
  ['a key that stands twice', 'portal: support-desk', 'portal: support-desk\nportal: other', /portal\.yaml:\d+: portal: stands twice/],
  ['broken YAML', 'names: {', 'names: [{', /the file: /],
  ['an alias', 'portal: support-desk', 'a: &a [x]\nportal: *a', /portal\.yaml:\d+: portal: uses an alias/],
])('a definition with %s is refused', (_what, before, after, expected) => {
  expect(faultsWith(before, after).join('\n')).toMatch(expected)
})

test('a definition that is not a map, is empty, or is 10 MB long is refused and not read', () => {
  for (const text of ['', '[]', 'null', '42', '"portal"', 'x'.repeat(longestDefinition + 1)]) {
    expect(() => readDefinition(text, 'portal.yaml')).toThrow(BrokenDefinition)
  }
})

test('every fault is told at once', () => {
  const changed = source.replace('opens_as: new', 'opens_as: nwe').replace('includes: look', 'includes: lok')
  expect(() => readDefinition(changed, 'portal.yaml')).toThrow(/nwe[\s\S]*lok/)
})
