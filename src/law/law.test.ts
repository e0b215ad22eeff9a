// What is read off a law: levels by name, what they allow, states, abilities and what is visible.
import { beforeEach, expect, test } from 'vitest'
import { compile } from '../definition/compile.ts'
import { smallWith } from '../definition/small.test-support.ts'
import { abilities, homeAbilities } from './abilities.ts'
import { nobody } from './actors.ts'
import { allowancesOf, closedStates, type KindLaw, type Law, levelAllows, levelAllowsOnAll, levelOf, openStates } from './law.ts'
import { facts, grant, lawOf } from './scene.test-support.ts'
import { visible } from './visible.ts'

let law: Law
beforeEach(() => {
  law = lawOf('standard')
})

test('a level is found by its code and by its other names', () => {
  expect([levelOf(law, 'look')?.code, levelOf(law, 'admin')?.code, levelOf(law, 'invoices'), levelOf(law, '')]).toEqual([
    'look',
    'service_admin',
    undefined,
    undefined,
  ])
})

test('levels and rights together are all that can be given', () => {
  expect(allowancesOf(law).map(({ code }) => code)).toEqual([
    'cc',
    'look',
    'update',
    'create',
    'service_admin',
    'full_admin',
    'invoices',
    'colleagues',
  ])
})

test('what a level allows somewhere, and what it allows everywhere', () => {
  const allowed = (level: string, action: Parameters<typeof levelAllows>[2]) => [
    levelAllows(law, level, action),
    levelAllowsOnAll(law, level, action),
  ]
  expect(allowed('cc', 'service_request:read')).toEqual([true, false])
  expect(allowed('cc', 'service_request:update')).toEqual([false, false])
  expect(allowed('look', 'service_request:read')).toEqual([true, true])
  expect(allowed('update', 'service_request:reply')).toEqual([true, true])
  expect(allowed('admin', 'account:ask_site_deletion')).toEqual([true, true])
  expect(allowed('emperor', 'service_request:read')).toEqual([false, false])
  expect(allowed('look', 'service_request:explode')).toEqual([false, false])
})

test('a level that allows it only with an attribute, or only where one is named while it is open, does not allow it everywhere', () => {
  const definition = smallWith(({ access }) => {
    Object.assign(access?.levels?.['low'] as object, {
      may: { order: ['read mine while open', { write: { when: { 'record.status': 'x' } } }] },
    })
  })
  const small = compile(definition, { source: '', version: 0 })
  expect(
    (['order:read', 'order:write'] as const).map((action) => [levelAllows(small, 'low', action), levelAllowsOnAll(small, 'low', action)]),
  ).toEqual([
    [true, false],
    [true, false],
  ])
})

test('states that are closed, and those that are not', () => {
  const kind = law.kinds.get('service_request') as KindLaw
  expect(closedStates(kind)).toEqual(['closed'])
  expect(openStates(kind)).toEqual(['new', 'active', 'waiting_for_customer', 'waiting_for_vendor', 'resolved'])
})

test('abilities have the names of the actions without their kind', () => {
  expect(
    abilities(
      law,
      ['service_request:read', 'service_request:be_point_of_contact', 'service_request:open'],
      facts({ grants: [grant('look')] }),
    ),
  ).toEqual({
    read: true,
    be_point_of_contact: false,
    open: false,
  })
})

test('what the roles allow at home, each once and in the order of the alphabet', () => {
  expect(homeAbilities(law, ['partner_administrator', 'consultant', 'nobody'])).toEqual([
    'access:read',
    'access:relinquish',
    'access_request:ask_for_organization',
    'access_request:ask_for_people',
    'access_request:ask_for_self',
    'access_request:read',
    'access_request:withdraw',
    'colleague:let_in',
    'group:fill',
    'group:read',
    'history:read',
    'people:add',
    'people:make_administrator',
    'people:manage',
    'people:read',
  ])
})

test('people see the rows where the rule holds; keys and nobody see none, and what has no rule nobody sees', () => {
  const person = { kind: 'person' } as Parameters<typeof visible>[1]
  const key = { kind: 'key' } as Parameters<typeof visible>[1]
  expect(visible(law, person, 'invoice:read')).toEqual({ is: 'where', expression: law.rules.get('invoice:read') })
  expect(visible(law, person, 'invoice:burn')).toEqual({ is: 'none' })
  expect(visible(law, key, 'invoice:read')).toEqual({ is: 'none' })
  expect(visible(law, nobody, 'invoice:read')).toEqual({ is: 'none' })
  expect(nobody).toEqual({ kind: 'nobody' })
})
