// Places in a list, the part one has, the P mark and the words of events.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readDefinition } from '../../definition/read.ts'
import { cursorOf, placeOf } from './cursor-rules.ts'
import { eventWords } from './event-rules.ts'
import { allowing, isPartnerManaged, kindOf, type NamedPerson, partOf, pointOfContactOf, statesMeant } from './rules.ts'

const file = join(import.meta.dirname, '../../../portals/support-desk.yaml')
const law = readDefinition(readFileSync(file, 'utf8'), file)
const kind = kindOf(law, 'service_request')
const named = (personId: string, relation: NamedPerson['relation'], side: NamedPerson['side'] = 'partner'): NamedPerson => ({
  recordId: '1',
  personId,
  relation,
  name: personId,
  organizationId: side === null ? null : `${side}-1`,
  organizationName: side,
  side,
})

describe('a cursor', () => {
  test('comes back as the place it was made of', () => {
    fc.assert(
      fc.property(
        fc.boolean(),
        fc.date({ min: new Date(0), max: new Date('9999-01-01'), noInvalidDate: true }),
        fc.integer({ min: 1, max: 999_999_999_999_999 }),
        (exact, at, id) => {
          const place = { exact, updatedAt: at.toISOString().replace('Z', '123Z'), id: String(id) }
          expect(placeOf(cursorOf(place))).toEqual(place)
        },
      ),
    )
  })

  test('that nobody gave is refused, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 80 }), (text) => {
        expect(() => placeOf(text)).toThrowError(expect.objectContaining({ code: 'invalid-input' }))
      }),
    )
  })
})

test('the strongest part counts, and a stranger just sees', () => {
  const people = [named('a', 'requester'), named('a', 'additional_contact'), named('b', 'point_of_contact'), named('b', 'requester')]
  expect([partOf(people, 'a'), partOf(people, 'b'), partOf(people, 'c'), partOf(people, null)]).toEqual([
    'additional_contact',
    'point_of_contact',
    'can_see',
    'can_see',
  ])
})

test("OR-089 the P mark: a partner's person is contact, or a partner is assigned; who only opened it is no contact", () => {
  expect(isPartnerManaged([named('a', 'point_of_contact')], 0)).toBe(true)
  expect(isPartnerManaged([named('a', 'additional_contact')], 0)).toBe(true)
  expect(isPartnerManaged([], 1)).toBe(true)
  expect(isPartnerManaged([named('a', 'requester')], 0)).toBe(false)
  for (const side of ['customer', 'vendor', null] as const) expect(isPartnerManaged([named('a', 'point_of_contact', side)], 0)).toBe(false)
})

test('a point of contact whose membership ended is outside, without a firm', () => {
  expect(pointOfContactOf([named('a', 'point_of_contact', null)], 'customer-1')).toEqual({ name: 'a', organization: '', outside: true })
  expect(pointOfContactOf([named('a', 'point_of_contact', 'customer')], 'customer-1')).toMatchObject({ outside: false })
  expect(pointOfContactOf([named('a', 'requester')], 'customer-1')).toBeNull()
})

test('states are what the definition says, open and closed are made of them', () => {
  expect(statesMeant(kind, 'closed')).toEqual(['closed'])
  expect([...statesMeant(kind, 'open'), ...statesMeant(kind, 'closed')]).toEqual(kind.states.map(({ code }) => code))
  expect(statesMeant(kind, 'resolved')).toEqual(['resolved'])
  expect(() => statesMeant(kind, '__proto__')).toThrowError(/"state" is open, closed or one of/)
})

test('who may do what comes from the definition alone', () => {
  expect(allowing(law, 'service_request:open')).toEqual({
    gives: ['create', 'service_admin', 'full_admin'],
    homeRoles: ['contact', 'contact_manager', 'primary_contact'],
  })
  expect(allowing(law, 'service_request:explode')).toEqual({ gives: [], homeRoles: [] })
  for (const name of ['incident', 'toString', ''])
    expect(() => kindOf(law, name)).toThrowError(expect.objectContaining({ code: 'not-found' }))
})

test.each<[string, string | null, unknown, string]>([
  ['opened', 'Priya', { for: 'Acme' }, 'Priya opened it for Acme'],
  ['opened', 'Dana', {}, 'Dana opened it'],
  ['state', 'Dana', { to: 'waiting_for_vendor' }, 'Dana set it to With the vendor'],
  ['state', 'Dana', { to: 'gone' }, 'Dana set it to gone'],
  ['contact_added', 'Dana', { person: 'Priya', organization: 'Larkfield' }, 'Dana copied in Priya (Larkfield)'],
  ['assigned', 'Resolver 7', { assignment_group: 'Group 70', active: true }, 'Resolver 7 assigned: assignment group Group 70, active true'],
  ['reassigned', null, null, 'Reassigned'],
  ['constructor', null, { nested: { a: 1 }, list: [1] }, 'Constructor'],
])('the event %s of %s reads as a sentence', (what, by, detail, words) => {
  expect(eventWords(kind, what, by, detail)).toBe(words)
})
