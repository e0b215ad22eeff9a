// The law's answers as tables: who, with which grants, in which state, at which instant.
import { beforeEach, describe, expect, test } from 'vitest'
import type { OrganizationId, PersonId } from '../kernel/ids.ts'
import type { Instant } from '../kernel/instant.ts'
import type { Relation } from '../rows/expression.ts'
import { abilities, homeAbilities } from './abilities.ts'
import { decide } from './decide.ts'
import { explain } from './explain.ts'
import type { Facts, GrantFact, SubjectFact } from './facts.ts'
import type { Action, Law } from './law.ts'
import { acme, consultant, dana, facts, grant, lawOf, manager, now, personal, type Scene } from './scene.test-support.ts'

let law: Law
let levels: string[]
beforeEach(() => {
  law = lawOf('support-desk')
  levels = law.levels.map(({ code }) => code)
})
const may = (action: Action, scene: Scene) => decide(law, action, facts(scene)).allowed
const levelsThat = (action: Action, scene: Scene = {}) => levels.filter((level) => may(action, { ...scene, grants: [grant(level)] }))
describe('levels', () => {
  test('OR-017 OR-020 copied-in-only reads the requests it was added to and no other', () => {
    const grants = [grant('cc')]
    expect(may('service_request:read', { grants, relations: ['additional_contact'] })).toBe(true)
    expect(may('service_request:read', { grants })).toBe(false)
    expect(decide(law, 'service_request:read', facts({ grants })).seen).toBe(false)
  })

  test('OR-021 OR-027 OR-029 from Look on every request is read, past ones too', () => {
    expect(levelsThat('service_request:read')).toEqual(levels.slice(1))
    expect(levelsThat('service_request:read', { state: 'closed' })).toEqual(levels.slice(1))
  })

  test('OR-023 OR-027 from Update on requests are changed; a Look partner cannot', () => {
    for (const action of ['reply', 'update', 'close', 'add_contact', 'be_point_of_contact'] as const) {
      expect(levelsThat(`service_request:${action}`)).toEqual(levels.slice(2))
    }
  })

  test('OR-031 a closed request is not edited', () => {
    for (const action of ['reply', 'update', 'close'] as const)
      expect(levelsThat(`service_request:${action}`, { state: 'closed' })).toEqual([])
  })

  test("OR-019 OR-022 OR-028 OR-033 only from Create on requests are opened in the customer's name", () => {
    expect(levelsThat('service_request:open', { on: { kind: 'customer', id: acme } })).toEqual(levels.slice(3))
  })

  test('OR-037 OR-038 OR-039 only from Service Admin on account changes are asked for', () => {
    for (const action of ['ask_configuration_change', 'ask_site_deletion', 'ask_access_for_others'] as const) {
      expect(levelsThat(`account:${action}`, { on: { kind: 'customer', id: acme } })).toEqual(levels.slice(4))
    }
  })

  test("OR-042 OR-043 only Full Admin manages the customer's contacts", () => {
    expect(levelsThat('people:manage', { on: { kind: 'customer', id: acme } })).toEqual(['full_admin'])
  })

  test('OR-004 OR-044 no level hands on access, answers for the customer or manages updates', () => {
    for (const action of ['access:give', 'access:change', 'access:remove', 'access_request:answer', 'updates:manage'] as const) {
      expect(levelsThat(action, { on: { kind: 'customer', id: acme } })).toEqual([])
    }
  })

  test('OR-088 an additional contact of any level replies on that one request and does nothing else there', () => {
    expect(levelsThat('service_request:reply', { relations: ['additional_contact'] })).toEqual(levels)
    expect(levelsThat('service_request:update', { relations: ['additional_contact'] })).toEqual(levels.slice(2))
  })
})

describe('precedence and time', () => {
  test("OR-011 OR-012 OR-013 a person's own grant is considered before the organization's", () => {
    const grants = [grant('look'), personal('full_admin')]
    expect(may('service_request:update', { grants })).toBe(true)
    expect(may('service_request:update', { grants, subject: { ...consultant, personId: 'tom' as PersonId } })).toBe(false)
    expect(may('service_request:read', { grants, subject: { ...consultant, personId: 'tom' as PersonId } })).toBe(true)
  })

  test('OR-014 a lower personal grant holds the person lower, whatever the order of the grants', () => {
    for (const grants of [
      [grant('update'), personal('cc')],
      [personal('cc'), grant('update')],
    ]) {
      expect(may('service_request:update', { grants })).toBe(false)
      expect(may('service_request:read', { grants })).toBe(false)
      expect(may('service_request:read', { grants, relations: ['point_of_contact'] })).toBe(true)
    }
  })

  test('OR-009 OR-055 a grant counts from its start until just before its end, and not after it was ended or before it was confirmed', () => {
    const read = (more: Partial<GrantFact>, at: string) => may('service_request:read', { grants: [grant('look', more)], at: at as Instant })
    expect([read({}, '2026-12-31T23:59:59.999Z'), read({}, '2027-01-01T00:00:00.000Z'), read({}, '2025-12-31T23:59:59.999Z')]).toEqual([
      true,
      false,
      false,
    ])
    expect(read({ endedAt: now }, now)).toBe(false)
    expect(read({ endedAt: '2026-11-21T10:00:00.001Z' as Instant }, now)).toBe(true)
    expect(read({ confirmedAt: null }, now)).toBe(false)
  })

  test("a personal grant that has ended gives way to the organization's", () => {
    expect(may('service_request:update', { grants: [grant('update'), personal('cc', { endedAt: now })] })).toBe(true)
  })

  test('a grant reaches nobody else: another organization, somebody who moved on, a suspended partner, the vendor as a whole', () => {
    const grants = [grant('full_admin'), personal('full_admin')]
    const read = (subject: Partial<SubjectFact>) => may('service_request:read', { grants, subject: { ...consultant, ...subject } })
    expect(read({ organizationId: 'other' as OrganizationId })).toBe(false)
    expect(read({ suspended: true })).toBe(false)
    expect(may('service_request:read', { grants: [grant('look')], subject: { ...consultant, side: 'vendor' } })).toBe(false)
  })

  test('OR-046 a person of the vendor has what the customer gave that person', () => {
    expect(
      may('service_request:update', { grants: [personal('update')], subject: { ...consultant, side: 'vendor', roles: ['vendor_staff'] } }),
    ).toBe(true)
    expect(may('service_request:read', { subject: { ...consultant, side: 'vendor', roles: ['vendor_staff', 'operator'] } })).toBe(false)
  })
})

describe("one's own organization", () => {
  test('OR-001 OR-002 OR-004 only contact managers and primary contacts give and remove access, in their own organization', () => {
    const give = (subject: SubjectFact) => may('access:give', { subject, on: { kind: 'customer', id: acme } })
    expect([give(manager), give({ ...manager, roles: ['primary_contact'] }), give({ ...manager, roles: ['contact'] })]).toEqual([
      true,
      true,
      false,
    ])
    expect(give({ ...manager, organizationId: 'beta' as OrganizationId })).toBe(false)
    expect(give({ ...consultant, roles: ['contact_manager'] })).toBe(false)
  })

  test('a contact reads the requests it is named on, a contact manager all', () => {
    const read = (roles: string[], relations: Relation[]) => may('service_request:read', { subject: { ...manager, roles }, relations })
    expect([read(['contact'], []), read(['contact'], ['requester']), read(['contact_manager'], [])]).toEqual([false, true, true])
  })

  test('BX-14 nobody answers a request of their own, and the answer says that it is forbidden', () => {
    const base = facts({ subject: manager, on: { kind: 'access_request', id: 'r' } })
    const own: Facts = { ...base, thing: base.thing && { ...base.thing, askedBy: dana } }
    expect(decide(law, 'access_request:answer', base).allowed).toBe(true)
    const decision = decide(law, 'access_request:answer', own)
    expect([decision.allowed, decision.forbidden]).toEqual([false, 'own_request'])
    expect(explain(law, 'access_request:answer', own, decision).sentences.at(-1)?.text).toMatch(/^It is forbidden/)
  })

  test('menus come from the home roles', () => {
    expect(homeAbilities(law, ['contact_manager'])).toContain('access:give')
    expect(homeAbilities(law, ['consultant'])).not.toContain('access:give')
    expect(homeAbilities(law, ['no_such_role'])).toEqual([])
  })
})

describe('in doubt the answer is no', () => {
  test('no subject, no thing, an unknown action, an unknown level', () => {
    const full = [grant('full_admin')]
    expect(may('service_request:read', { subject: null, grants: full })).toBe(false)
    expect(decide(law, 'service_request:read', { ...facts({ grants: full }), thing: null }).allowed).toBe(false)
    expect(may('service_request:explode', { grants: full })).toBe(false)
    expect(may('toString:constructor', { grants: full })).toBe(false)
    expect(may('service_request:read', { grants: [grant('emperor')] })).toBe(false)
  })

  test('abilities are the same answers as the decisions', () => {
    const scene = facts({ grants: [grant('update')] })
    const actions: Action[] = ['service_request:read', 'service_request:reply', 'service_request:open']
    expect(abilities(law, actions, scene)).toEqual({ read: true, reply: true, open: false })
  })
})

test("an operator's key runs the portal before any vendor is recorded", () => {
  const key: SubjectFact = { ...consultant, personId: null, organizationId: null, side: 'vendor', roles: ['operator'] }
  const portal = facts({ subject: key, on: { kind: 'portal' } })
  expect(decide(law, 'portal:operate', portal).allowed).toBe(true)
  expect(decide(law, 'portal:operate', { ...portal, subject: { ...key, roles: ['vendor_staff'] } }).allowed).toBe(false)
})
