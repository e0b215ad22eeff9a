// What relations say in an explanation: types of users, switches, partners named on a record, and related customers.
import { beforeEach, expect, test } from 'vitest'
import type { OrganizationId } from '../kernel/ids.ts'
import type { CustomerRelation } from '../rows/expression.ts'
import type { Facts, Question } from './facts.ts'
import type { Action, Law } from './law.ts'
import { relationSentences } from './relation-sentences.ts'
import { acme, consultant, facts, larkfield, lawOf, manager, personal, type Scene } from './scene.test-support.ts'

let law: Law
beforeEach(() => {
  law = lawOf('field-service')
})
const bright = 'bright' as OrganizationId
const of = (kind: string, record: Scene['record'] = {}): Pick<Scene, 'on' | 'record'> => ({
  on: { kind: 'record', recordKind: kind, id: '1' },
  record: { kind, number: 'R-1', ...record },
})
const vendor = { ...consultant, roles: ['partner_user'], partnerType: 'partner_vendor' }
const said = (scene: Scene, action?: Action) => {
  const given = facts({ subject: vendor, ...scene })
  const on = given.thing?.on
  return relationSentences(law, action ?? (`${on?.kind === 'record' ? on.recordKind : ''}:read` as Action), given as Question)
}
const texts = (scene: Scene, action?: Action) => said(scene, action).map(({ text }) => text)
const related = (relation: CustomerRelation, partnerId = larkfield, through: 'record' | 'reference' = 'record') => ({
  related: [{ relation, through, partnerId }],
})

test('the type of user is said by its name, where it allows something', () => {
  expect(texts(of('article'))).toEqual(['Priya Raman uses the portal as Partner-vendor.'])
  expect(texts({ ...of('article'), subject: { ...manager, roles: ['portal_user'] } })).toEqual(['Dana Lee uses the portal as customer.'])
  expect(texts({ ...of('article'), subject: { ...vendor, partnerType: 'stranger' } })).toEqual([])
  expect(texts({ ...of('balance'), subject: { ...vendor, partnerType: 'partner_employee' } })).toEqual([])
})

test('switches that are on are said by their names', () => {
  const switched = { ...vendor, partnerType: 'partner_employee', switches: ['can_create_users', 'other'] }
  expect(texts({ ...of('account'), subject: switched }, 'page:customers')).toEqual([
    'Priya Raman uses the portal as Partner-employee.',
    '“Can create users” is on for Priya Raman.',
  ])
})

test('IN-015 the relations in which a record names the partner', () => {
  const partners = [
    { relation: 'ssr', partnerId: larkfield },
    { relation: 'reference/service_order_line.lead_partner', partnerId: larkfield },
    { relation: 'ssr', partnerId: bright },
  ]
  expect(said(of('incident', { partners }))).toEqual([
    { text: 'Priya Raman uses the portal as Partner-vendor.' },
    {
      text: 'Larkfield is named on R-1 as ssr and what it refers to, service order line lead partner.',
      about: { kind: 'record', id: '1' },
    },
  ])
})

test('IN-006 a partner of the same type and reference is not called by its name', () => {
  expect(texts(of('interaction', { partners: [{ relation: 'partner', partnerId: bright }] }))).toEqual([
    'Priya Raman uses the portal as Partner-vendor.',
    'A partner of the same type and reference as Larkfield is named on R-1 as partner.',
  ])
})

test('IN-008 IN-009 how the customer is related to the partner', () => {
  const type = 'Priya Raman uses the portal as Partner-vendor.'
  expect(texts({ ...of('unit'), thing: related('preferred') })).toEqual([type, 'Acme prefers Larkfield.'])
  expect(texts({ ...of('unit'), thing: related('preferred', bright) })).toEqual([
    type,
    'Acme prefers a partner of the same type and reference as Larkfield.',
  ])
  expect(texts({ ...of('incident'), thing: related('preferred', larkfield, 'reference') })).toEqual([
    type,
    'The customer of the record it refers to prefers Larkfield.',
  ])
  const owner = { ...vendor, partnerType: 'partner_customer' }
  const own = 'Priya Raman uses the portal as Partner-customer.'
  expect(texts({ ...of('balance'), subject: owner, thing: related('associated') })).toEqual([own, 'Acme is the customer of Larkfield.'])
  expect(texts({ ...of('balance'), subject: owner, thing: related('subordinate') })).toEqual([
    own,
    'Acme is subordinate to the customer of Larkfield.',
  ])
  expect(texts({ ...of('unit'), customer: null, thing: related('preferred') })).toEqual([type, 'The customer prefers Larkfield.'])
})

test('nothing is said where grants and home roles are what allows it, or nothing does', () => {
  expect(texts({ ...of('unit'), subject: { ...manager, roles: ['portal_user'] } })).toEqual([])
  expect(texts(of('unit'))).toEqual([])
  expect(texts({ ...of('unit'), thing: related('preferred') }, 'unit:explode')).toEqual([])
  law = lawOf('standard')
  const request = of('service_request', { partners: [{ relation: 'assigned', partnerId: larkfield }] })
  expect(texts({ ...request, subject: consultant })).toEqual(['Larkfield is named on R-1 as assigned.'])
  expect(texts({ ...request, subject: consultant }, 'service_request:update')).toEqual([])
  expect(texts({ ...of('service_request'), subject: consultant, grants: [personal('look')] })).toEqual([])
})

test('a customer that prefers the partner says nothing where a grant decides', () => {
  law = lawOf('standard')
  const scene: Scene = { ...of('service_request'), subject: consultant, thing: related('preferred') }
  expect(texts(scene)).toEqual(['Acme prefers Larkfield.'])
  expect(texts({ ...scene, grants: [personal('cc')] })).toEqual([])
})

test('a page without records is there by the type of user alone', () => {
  const nowhere: Facts = facts({ subject: vendor, on: { kind: 'self' }, customer: null, thing: { owners: [acme] } })
  expect(relationSentences(law, 'page:home', nowhere as Question)).toEqual([{ text: 'Priya Raman uses the portal as Partner-vendor.' }])
})
