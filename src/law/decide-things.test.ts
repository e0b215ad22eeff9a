// Decisions on everything that is no record: who may know of it, which grant decides, and what is forbidden.
import { beforeEach, describe, expect, test } from 'vitest'
import type { OrganizationId, PersonId } from '../kernel/ids.ts'
import { decide } from './decide.ts'
import type { On } from './facts.ts'
import type { Action, Law } from './law.ts'
import { acme, consultant, dana, facts, grant, larkfield, lawOf, manager, personal, priya, type Scene } from './scene.test-support.ts'

let law: Law
beforeEach(() => {
  law = lawOf('support-desk')
})
const no = { allowed: false, seen: false, grant: null, forbidden: null }
const asked = (action: Action, scene: Scene) => decide(law, action, facts(scene))
const seen = (scene: Scene, action: Action = 'access:remove') => asked(action, scene).seen

const customer: On = { kind: 'customer', id: acme }
const portal: On = { kind: 'portal' }
const request: On = { kind: 'access_request', id: 'r' }
const ofGrant: On = { kind: 'grant', id: 'g' }
const otherwise: Scene = { subject: { ...manager, organizationId: 'beta' as OrganizationId } }

describe('who may know of a thing', () => {
  test('of a customer: its own people, and those whom it gave something', () => {
    expect(seen({ on: customer, subject: manager })).toBe(true)
    expect(seen({ on: customer, subject: { ...manager, roles: ['contact'] } })).toBe(true)
    expect(seen({ on: customer, subject: { ...manager, roles: [] } })).toBe(false)
    expect(seen({ on: customer, ...otherwise })).toBe(false)
    expect(seen({ on: customer })).toBe(false)
    expect(seen({ on: customer, grants: [grant('cc')] })).toBe(true)
  })

  test('of the portal: everybody', () => {
    expect(seen({ on: portal }, 'history:read')).toBe(true)
    expect(seen({ on: portal, subject: { ...manager, roles: [] } }, 'history:read')).toBe(true)
  })

  test('of an access request and of a grant: who may read them', () => {
    const agents = { thing: { owners: [acme, larkfield] } }
    const staff = { subject: { ...consultant, side: 'vendor' as const, roles: ['vendor_staff'] }, ...agents }
    for (const [on, action] of [
      [request, 'access_request:withdraw'],
      [ofGrant, 'access:change'],
    ] as const) {
      expect(seen({ on, subject: manager }, action)).toBe(true)
      expect(seen({ on, subject: { ...manager, roles: ['contact'] } }, action)).toBe(false)
      expect(seen({ on, ...agents }, action)).toBe(true)
      expect(seen({ on, ...otherwise }, action)).toBe(false)
      // The vendor's staff reads access of its own organization, and no requests.
      expect(seen({ on, ...staff }, action)).toBe(on === ofGrant)
    }
  })

  test('OR-008 OR-064 of what a colleague has by name, and asked for: they themselves, who administers the partner, and the customer', () => {
    const tom = 'tom' as PersonId
    const owners = [acme, larkfield]
    const toms = grant('look', { personId: tom })
    const seenBy = (subject: Scene['subject'], action: Action) => {
      const thing = action === 'access:change' ? { owners, grant: toms } : { owners, askedBy: tom }
      return seen({ on: action === 'access:change' ? ofGrant : request, subject: subject ?? null, thing }, action)
    }
    for (const action of ['access:change', 'access_request:answer'] as const) {
      expect(seenBy({ ...consultant, personId: tom }, action)).toBe(true)
      expect(seenBy({ ...consultant, roles: ['partner_administrator'] }, action)).toBe(true)
      expect(seenBy(manager, action)).toBe(true)
      expect(seenBy(consultant, action)).toBe(false)
    }
    const read = (thing: Scene['thing']) => asked('access:read', { on: ofGrant, thing: { owners, ...thing } }).allowed
    expect([read({ grant: toms }), read({ grant: grant('look') }), read({ grant: personal('look') })]).toEqual([false, true, true])
  })

  test('of a record: who may read it, and who may do what was asked', () => {
    expect(seen({ grants: [grant('look')] }, 'service_request:update')).toBe(true)
    expect(seen({ grants: [grant('cc')] }, 'service_request:update')).toBe(false)
    const opener = asked('service_request:open', { subject: { ...manager, roles: ['contact'] } })
    expect([opener.allowed, opener.seen]).toEqual([true, true])
  })
})

describe('what one may do somewhere', () => {
  const self: On = { kind: 'self' }
  test('is what the actor could do on some row, and everybody knows of themselves', () => {
    expect(asked('service_request:read', { on: self })).toEqual({ ...no, allowed: true, seen: true })
    expect(asked('service_request:explode', { on: self })).toEqual({ ...no, seen: true })
    law = lawOf('field-service')
    const employee = { ...consultant, partnerType: 'partner_employee' }
    expect(asked('page:balance', { on: self, subject: employee })).toEqual({ ...no, seen: true })
    expect(asked('page:incidents', { on: self, subject: employee })).toEqual({ ...no, allowed: true, seen: true })
  })

  test('is nothing for people of a suspended organization', () => {
    const suspended = { ...consultant, suspended: true }
    expect(asked('self:manage', { on: self, subject: suspended })).toEqual({ ...no, seen: true, forbidden: 'suspended' })
    expect(asked('service_request:read', { on: self, subject: suspended })).toEqual({ ...no, seen: true, forbidden: 'suspended' })
  })
})

test('no subject or no thing is a no that tells nothing', () => {
  expect(asked('self:manage', { subject: null })).toEqual(no)
  expect(decide(law, 'self:manage', { ...facts({ grants: [grant('full_admin')] }), thing: null })).toEqual(no)
})

describe('what is forbidden although nothing is missing', () => {
  test("BX-14 to answer a request of one's own, and nothing else about it", () => {
    const own: Scene = { on: request, subject: manager, thing: { askedBy: dana } }
    expect(asked('access_request:answer', own)).toEqual({ ...no, seen: true, forbidden: 'own_request' })
    expect(asked('access_request:read', own)).toEqual({ ...no, allowed: true, seen: true })
    expect(asked('access_request:answer', { ...own, thing: { askedBy: priya } }).forbidden).toBe(null)
    // Nobody asked, and a key answers: that is nobody's own request.
    const key = { ...manager, personId: null }
    expect(asked('access_request:answer', { on: request, subject: key }).forbidden).toBe(null)
  })

  test('anything at all for people of a suspended organization', () => {
    const suspended = { ...manager, suspended: true }
    expect(asked('access:read', { on: customer, subject: suspended })).toEqual({ ...no, forbidden: 'suspended' })
  })
})

describe('the grant by which it is allowed', () => {
  test('is none where it is not allowed, or where home roles or a relation allow it anyway', () => {
    expect(asked('service_request:update', { grants: [grant('look')] }).grant).toBe(null)
    const named = personal('look', { personId: dana, partnerId: acme })
    expect(asked('service_request:read', { subject: manager, grants: [named] })).toEqual({ ...no, allowed: true, seen: true })
    expect(asked('service_request:read', { subject: { ...manager, roles: [] }, grants: [named] }).grant).toBe(named)
    law = lawOf('standard')
    const assigned: Scene = { record: { partners: [{ relation: 'assigned', partnerId: larkfield }] }, grants: [grant('look')] }
    expect(asked('service_request:read', assigned)).toEqual({ ...no, allowed: true, seen: true })
  })

  test('is the one of several that allows it, and the first of several that do', () => {
    const [look, update, create] = ['look', 'update', 'create'].map((level) => personal(level)) as [never, never, never]
    expect(asked('service_request:update', { grants: [look, update, create] }).grant).toBe(update)
    expect(asked('service_request:read', { grants: [look, update] }).grant).toBe(look)
  })

  test('is none where only several together allow it', () => {
    const rule = law.rules.get('service_request:update')
    if (rule?.is !== 'all') throw new Error('a rule of several parts was expected')
    const both = new Map(law.rules)
    const needs = (level: string) =>
      ({ is: 'access', gives: [level], homeRoles: [], narrow: { siteGives: [], siteRoles: [], recordGives: [] } }) as const
    both.set('service_request:update', { is: 'all', of: [needs('look'), needs('cc')] })
    const decision = decide({ ...law, rules: both }, 'service_request:update', facts({ grants: [personal('look'), personal('cc')] }))
    expect([decision.allowed, decision.grant]).toEqual([true, null])
  })
})

test("another person's name in the grant gives nothing, whoever they are", () => {
  expect(asked('service_request:read', { grants: [personal('look', { personId: 'tom' as PersonId })] })).toEqual(no)
})
