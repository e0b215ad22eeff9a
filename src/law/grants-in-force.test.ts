// Which grants reach somebody, which of them decide, and what each gives on a record: groups, scopes, and sorts of grantee that a portal does not know.
import { beforeEach, describe, expect, test } from 'vitest'
import type { OrganizationId, PersonId, RecordId } from '../kernel/ids.ts'
import type { Instant } from '../kernel/instant.ts'
import type { GrantFact } from './facts.ts'
import { givenBy, isInForce, standing } from './grants-in-force.ts'
import type { Law } from './law.ts'
import { acme, consultant, facts, grant, lawOf, now, personal, type Scene } from './scene.test-support.ts'

let law: Law
beforeEach(() => {
  law = lawOf('standard')
})

const group = (level: string, more: Partial<GrantFact> = {}) => grant(level, { groupId: 'team', ...more })
const codes = ({ used, notUsed }: ReturnType<typeof standing>) => [used.map(({ level }) => level), notUsed.map(({ level }) => level)]
const stand = (scene: Scene) => codes(standing(facts(scene)))
const member = { ...consultant, groups: ['other', 'team'] }

describe('which grants decide', () => {
  test("a person's before a group's, a group's before everybody's, whatever the order they come in", () => {
    const [own, teams, everybodys] = [personal('cc'), group('look'), grant('full_admin')]
    for (const grants of [
      [own, teams, everybodys],
      [everybodys, teams, own],
      [teams, everybodys, own],
    ]) {
      const [used, notUsed] = stand({ subject: member, grants })
      expect([used, [...(notUsed ?? [])].sort()]).toEqual([['cc'], ['full_admin', 'look']])
    }
    expect(stand({ subject: member, grants: [everybodys, teams] })).toEqual([['look'], ['full_admin']])
    expect(stand({ subject: consultant, grants: [everybodys, teams] })).toEqual([['full_admin'], []])
    expect(stand({ subject: member, grants: [] })).toEqual([[], []])
  })

  test('several of one sort decide together, in the order they came in', () => {
    expect(stand({ subject: member, grants: [group('look'), grant('cc'), group('update'), grant('create')] })).toEqual([
      ['look', 'update'],
      ['cc', 'create'],
    ])
    const mixed = personal('cc', { groupId: 'team' })
    expect(stand({ subject: member, grants: [group('look'), mixed, personal('update')] })).toEqual([['cc', 'update'], ['look']])
  })

  test('none reach a suspended organization, nobody, or a suspended customer', () => {
    const grants = [personal('look')]
    expect(stand({ grants })).toEqual([['look'], []])
    expect(stand({ grants, subject: { ...consultant, suspended: true } })).toEqual([[], []])
    expect(stand({ grants, subject: null })).toEqual([[], []])
    expect(stand({ grants, customer: { suspended: true } })).toEqual([[], []])
    expect(stand({ grants, customer: null })).toEqual([['look'], []])
    expect(codes(standing({ ...facts({ grants }), thing: null }))).toEqual([['look'], []])
  })

  test('a grant reaches the people of the organization that it was given to, and never a key', () => {
    const grants = [grant('look')]
    expect(stand({ grants: [grant('look', { partnerId: 'bright' as OrganizationId })] })).toEqual([[], []])
    expect(stand({ grants, subject: { ...consultant, personId: null } })).toEqual([[], []])
    expect(stand({ grants: [personal('look')], subject: { ...consultant, personId: 'tom' as PersonId } })).toEqual([[], []])
  })

  test.each(['customer', 'vendor'] as const)('people of a %s are reached by name alone', (side) => {
    const subject = { ...member, side }
    expect(stand({ subject, grants: [grant('look'), group('look')] })).toEqual([[], []])
    expect(stand({ subject, grants: [personal('look')] })).toEqual([['look'], []])
  })

  test('what is not in force does not replace what is', () => {
    expect(stand({ grants: [personal('cc', { confirmedAt: null }), grant('look')] })).toEqual([['look'], []])
  })
})

describe('in force is a grant', () => {
  const at = (text: string) => text as Instant
  const [before, later] = [at('2026-11-21T09:59:59.999Z'), at('2026-11-21T10:00:00.001Z')]
  test.each<[string, Partial<GrantFact>, boolean]>([
    ['as it stands', {}, true],
    ['from its start', { from: now }, true],
    ['and not before', { from: later }, false],
    ['until before its end', { until: later }, true],
    ['and not at it', { until: now }, false],
    ['from when it is confirmed', { confirmedAt: now }, true],
    ['and not before', { confirmedAt: later }, false],
    ['and not without', { confirmedAt: null }, false],
    ['until before somebody ends it', { endedAt: later }, true],
    ['and not from then on', { endedAt: now }, false],
    ['nor after', { endedAt: before }, false],
  ])('%s', (_what, more, expected) => {
    expect(isInForce(grant('look', more), now)).toBe(expected)
  })
})

describe('what a grant gives', () => {
  const sites = (...siteNos: number[]) => ({ scope: { kind: 'sites', siteNos } }) as const
  const records = (kind: string, id: string) => ({ scope: { kind: 'records', records: [{ kind, id: id as RecordId }] } }) as const
  const given = (given: GrantFact, scene: Scene = {}) => givenBy(law, given, facts(scene))

  test('its level and its rights, on every record of the customer and at the customer as a whole', () => {
    const both = grant('look', { rights: ['invoices'] })
    expect(given(both)).toEqual(['look', 'invoices'])
    expect(given(both, { on: { kind: 'customer', id: acme } })).toEqual(['look', 'invoices'])
    expect(given(grant('x', { level: null, rights: ['invoices'] }))).toEqual(['invoices'])
    expect(given(grant('x', { level: null }))).toEqual([])
  })

  test('at named sites, on the records of those sites', () => {
    expect(given(grant('look', sites(4, 7)), { record: { siteNo: 7 } })).toEqual(['look'])
    expect(given(grant('look', sites(4)), { record: { siteNo: 7 } })).toEqual([])
    expect(given(grant('look', sites(4)), { record: { siteNo: null } })).toEqual([])
    expect(given(grant('look', sites()), { record: { siteNo: 4 } })).toEqual([])
    expect(given(grant('look', sites(4)), { on: { kind: 'customer', id: acme } })).toEqual([])
  })

  test('for named records, on those', () => {
    expect(given(grant('look', records('service_request', '1')))).toEqual(['look'])
    expect(given(grant('look', records('service_request', '2')))).toEqual([])
    expect(given(grant('look', records('invoice', '1')))).toEqual([])
    expect(given(grant('look', records('service_request', '1')), { on: { kind: 'customer', id: acme } })).toEqual([])
  })

  test('narrowly only what may be given so narrowly', () => {
    law = lawOf('telephony-account')
    const roles = { groupId: 'team', level: null, rights: ['decision_maker', 'phone_manager', 'emperor'] }
    expect(given(grant('x', roles))).toEqual(['decision_maker', 'phone_manager', 'emperor'])
    expect(given(grant('x', { ...roles, ...sites(4) }), { record: { siteNo: 4 } })).toEqual(['phone_manager'])
    expect(given(grant('x', { ...roles, ...records('service_request', '1') }))).toEqual([])
    const narrow = { ...law, levels: [{ ...law.rights[1], code: 'high', rank: 0 } as never] }
    expect(givenBy(narrow, group('high', sites(4)), facts({ record: { siteNo: 4 } }))).toEqual(['high'])
  })

  test('nothing where the portal does not know the sort of grantee', () => {
    const known = (grantees: Law['grantees'], one: GrantFact, side: 'partner' | 'vendor' = 'partner') =>
      givenBy({ ...law, grantees }, one, facts({ subject: { ...consultant, side } })).length > 0
    const [own, teams, everybodys] = [personal('look'), group('look'), grant('look')]
    expect([known(['person'], own), known(['person'], teams), known(['person'], everybodys)]).toEqual([true, false, false])
    expect([known(['group'], own), known(['group'], teams), known(['group'], everybodys)]).toEqual([false, true, false])
    expect([known(['organization'], own), known(['organization'], teams), known(['organization'], everybodys)]).toEqual([
      false,
      false,
      true,
    ])
    expect([known(['person'], own, 'vendor'), known(['vendor_person'], own, 'vendor'), known(['vendor_person'], own)]).toEqual([
      false,
      true,
      false,
    ])
    expect(givenBy({ ...law, grantees: ['person'] }, own, { ...facts({}), subject: null })).toEqual(['look'])
  })
})
