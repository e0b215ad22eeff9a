// What home roles may say, and how the checks of a definition say a fault.
import { expect, test } from 'vitest'
import { inconsistencies } from './check.ts'
import { faultsIn, ownKinds } from './faults-in.ts'
import type { Permission, PortalDefinition } from './schema.ts'
import { smallWith } from './small.test-support.ts'

const faultsOf = (definition: PortalDefinition) => inconsistencies(definition).map(({ path, sentence }) => [path.join('.'), sentence])
const withRoles = (home: Partial<PortalDefinition['home']>): PortalDefinition =>
  smallWith((definition) => {
    definition.home = { ...definition.home, ...home }
  })

test.each<[string, Partial<PortalDefinition['home']>, [string, string][]]>([
  [
    'unknown roles, kinds and actions on every side',
    {
      partner: { agent: { includes: 'agnet', may: { ordr: ['read'], order: ['read', 'wriet'] } } },
      vendor: { operator: { may: { portal: ['operat'], people: ['mange', 'manage'] } } },
    },
    [
      ['home.partner.agent.includes', '"agnet" is no role of this definition. Did you mean "agent"?'],
      ['home.partner.agent.may.ordr', '"ordr" is no kind of this definition. Did you mean "order"?'],
      ['home.partner.agent.may.order.1', '"wriet" is no action on order of this definition. Did you mean "write"?'],
      ['home.vendor.operator.may.portal.0', '"operat" is no action on portal of this definition. Did you mean "operate"?'],
      ['home.vendor.operator.may.people.0', '"mange" is no action on people of this definition. Did you mean "manage"?'],
    ],
  ],
  [
    'a role that falls back to one of another side, or to itself in two steps',
    {
      customer: { head: {}, billing: { falls_back_to: 'agent' }, phones: { falls_back_to: 'sites' }, sites: { falls_back_to: 'phones' } },
      partner: { agent: {} },
    },
    [
      ['home.customer.billing.falls_back_to', '"agent" is no role of this definition.'],
      ['home.customer.phones.falls_back_to', 'the duties of "phones" come back to "phones".'],
      ['home.customer.sites.falls_back_to', 'the duties of "sites" come back to "sites".'],
    ],
  ],
  [
    'a role of another side is not included',
    { partner: { agent: { includes: 'head' } } },
    [['home.partner.agent.includes', '"head" is no role of this definition.']],
  ],
  [
    'roles that include each other, and one that leads into their circle',
    { vendor: { operator: {}, one: { includes: 'two' }, two: { includes: 'three' }, three: { includes: 'two' } } },
    ['one', 'two', 'three'].map((role) => [`home.vendor.${role}.includes`, `the role "${role}" includes itself.`]),
  ],
  [
    'a role on two sides, and one on all three',
    { partner: { agent: {}, head: {}, operator: {} }, vendor: { operator: {}, agent: {} } },
    ['head', 'agent', 'operator'].map((role) => ['home', `the role "${role}" stands on two sides.`]),
  ],
])('%s', (_what, home, faults) => {
  expect(faultsOf(withRoles(home))).toEqual(faults)
})

test.each<[Permission, string[]]>([
  [{ read: { when: { 'record.status': 'open', 'record.size': 4, 'record.urgent': true } } }, []],
  [{ read: { when: { 'person.anything': 1, 'action.soft': true }, unless: { 'person.role': 'x' } } }, []],
  [{ read: {}, write: { unless: {} } }, []],
  [
    { red: {}, wriet: {} },
    [
      '"red" is no action on order of this definition. Did you mean "read"?',
      '"wriet" is no action on order of this definition. Did you mean "write"?',
    ],
  ],
  [{ read: { when: { 'record.constructor': 'open' } } }, ['"constructor" is no field of order of this definition.']],
  [{ read: { when: { 'record.stats': 'open' } } }, ['"stats" is no field of order of this definition. Did you mean "status"?']],
  [{ read: { unless: { 'record.other': 'open' } } }, ['"other" is no field of order of this definition.']],
  [{ read: { when: { 'record.status': 4 } } }, ['"status" is a text and cannot be compared with a number.']],
  [{ read: { when: { 'record.status': true } } }, ['"status" is a text and cannot be compared with a boolean.']],
  [{ read: { unless: { 'record.size': '4' } } }, ['"size" is a number and cannot be compared with a text.']],
  [{ read: { when: { 'record.urgent': 'yes' } } }, ['"urgent" is a boolean and cannot be compared with a text.']],
  [{ read: { when: { 'record.shared_with': 'x' } } }, ['"shared_with" is a list and cannot be compared with a text.']],
])('the conditions of %j', (permission, faults) => {
  const definition = withRoles({ customer: { clerk: {}, head: { may: { order: ['read', permission] } } } })
  expect(faultsOf(definition)).toEqual(faults.map((sentence) => ['home.customer.head.may.order.1', sentence]))
})

test('a kind without fields knows no attributes of records', () => {
  const definition = withRoles({ customer: { clerk: {}, head: { may: { bill: [{ read: { when: { 'record.status': 'x' } } }] } } } })
  expect(faultsOf(definition)).toEqual([['home.customer.head.may.bill.0', '"status" is no field of bill of this definition.']])
})

test.each(Object.entries(ownKinds))('the product knows what is done to %s', (kind, actions) => {
  const may = { portal: ['operate'] }
  expect(faultsOf(withRoles({ vendor: { operator: { may: { ...may, [kind]: [...actions] } } } }))).toEqual([])
  expect(faultsOf(withRoles({ vendor: { operator: { may: { ...may, [kind]: ['explode'] } } } }))).toHaveLength(1)
})

test('"mine" and "while open" are said of records alone; conditions of what is asked can stand anywhere', () => {
  const operates = (permission: Permission) => faultsOf(withRoles({ vendor: { operator: { may: { portal: [permission] } } } }))
  const fault = ['home.vendor.operator.may.portal.0', '"mine" and "while open" are said of records, and portal is none.']
  for (const permission of ['operate mine', 'operate while open', { 'operate mine': { when: { 'person.role': 'x' } } }])
    expect([permission, operates(permission)]).toEqual([permission, [fault]])
  expect([operates('operate'), operates({ operate: { when: { 'person.role': 'x' } } })]).toEqual([[], []])
})

test('CD-009 a role of the vendor that answers links runs the portal too, itself or by a role that it includes', () => {
  const operator = { may: { portal: ['operate'] } }
  const answers = { link: ['answer'] }
  expect(faultsOf(withRoles({ vendor: { operator, linker: { includes: 'operator', may: answers } } }))).toEqual([])
  expect(faultsOf(withRoles({ vendor: { operator, linker: { may: { link: ['ask'] } } } }))).toEqual([])
  const fault = '"answer" needs "portal: [operate]": nobody else of the vendor sees who asks.'
  expect(faultsOf(withRoles({ vendor: { operator, staff: {}, linker: { includes: 'staff', may: answers } } }))).toEqual([
    ['home.vendor.linker.may.link', fault],
  ])
  // What includes itself is a fault of its own, and comes to an end.
  expect(faultsOf(withRoles({ vendor: { one: { includes: 'two' }, two: { includes: 'one', may: answers } } }))).toContainEqual([
    'home.vendor.two.may.link',
    fault,
  ])
  expect(faultsOf(withRoles({ customer: { clerk: {}, head: { may: answers } } }))).toEqual([])
})

test('the actions of what is no record are these', () => {
  expect(ownKinds).toEqual({
    access: ['read', 'give', 'change', 'remove', 'relinquish'],
    access_request: ['read', 'ask_for_self', 'ask_for_people', 'ask_for_organization', 'withdraw', 'answer'],
    account: ['ask_configuration_change', 'ask_site_deletion', 'ask_access_for_others'],
    group: ['read', 'fill'],
    colleague: ['let_in'],
    link: ['ask', 'answer'],
    invitation: ['read', 'send', 'offer', 'answer'],
    people: ['read', 'add', 'manage', 'make_administrator'],
    explanation: ['ask'],
    history: ['read'],
    letters: ['read'],
    notices: ['send'],
    portal: ['operate'],
  })
})

test('a fault is said once for each place and each sentence', () => {
  const faults = faultsIn()
  faults.say(['a', 'b'], 'is wrong.')
  faults.say(['a', 'b'], 'is wrong.')
  faults.say(['a', 'c'], 'is wrong.')
  faults.say(['a', 'b'], 'is very wrong.')
  faults.known(['a', 'b'], 'left', ['left'], 'side')
  faults.known(['a', 'b'], 'lift', ['left'], 'side')
  expect(faults.found).toEqual([
    { path: ['a', 'b'], sentence: 'is wrong.' },
    { path: ['a', 'c'], sentence: 'is wrong.' },
    { path: ['a', 'b'], sentence: 'is very wrong.' },
    { path: ['a', 'b'], sentence: '"lift" is no side of this definition. Did you mean "left"?' },
  ])
})

test('faults come in the order of the file', () => {
  const definition = smallWith((one) => {
    Object.assign(one.records['order'] as object, { opens_as: 'x' })
    Object.assign(one.home.vendor, { operator: { includes: 'x' } })
    Object.assign(one.requests as object, { answered_by: ['x'] })
    Object.assign(one.row_sets as object, { one: 'nowhere' })
    Object.assign(one.pages as object, { one: { name: 'One', shows: 'nothing' } })
  })
  expect(faultsOf(definition).map(([path]) => path)).toEqual([
    'records.order.opens_as',
    'home.vendor.operator.includes',
    'requests.answered_by.0',
    'row_sets.one',
    'pages.one.shows',
  ])
})
