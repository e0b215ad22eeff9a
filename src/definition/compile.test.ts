// The law of a small definition, and of one that says as little as it can.
import { expect, test } from 'vitest'
import { always, conversationRelations, type RowExpression } from '../rows/expression.ts'
import { compile } from './compile.ts'
import { compileRules } from './compile-rules.ts'
import type { PortalDefinition } from './schema.ts'
import { small, smallWith } from './small.test-support.ts'

const open: RowExpression = { is: 'state', among: ['draft', 'sent'] }
const named: RowExpression = { is: 'named', relations: ['buyer', 'reader'] }

test('the law of the small definition', () => {
  const law = compile(small(), { source: 'as it was written', version: 7 })
  const { kinds, homeRoles, pages, rules, levels, rights, ...rest } = law
  expect(rest).toEqual({
    source: 'as it was written',
    version: 7,
    portal: 'small',
    names: { vendor: 'Meridia', customer: 'customer', partner: 'partner' },
    shape: 'ladder',
    partnerTypes: [
      { code: 'dealer', name: 'Dealer' },
      { code: 'carrier', name: 'Carrier' },
    ],
    switches: [{ code: 'bulk', name: 'Buys in bulk' }],
    grantees: ['organization', 'group', 'person', 'vendor_person'],
    precedence: ['person', 'group', 'organization'],
    term: { default: '6 months', longest: '2 years' },
    notices: new Map([['site', { code: 'site', name: 'Site', says: 'About the site.', whenOpened: null }]]),
    requests: { answeredBy: ['head'], lapseAfter: '30 days', secondFor: [] },
    invitations: null,
    accountRequests: null,
    colleagues: null,
  })
  expect([levels.map(({ code }) => code), rights.map(({ code }) => code)]).toEqual([['low', 'high'], ['bills']])
  expect([...pages]).toEqual([
    ['start', { page: 'start', name: 'Start', shows: null }],
    ['orders', { page: 'orders', name: 'Orders', shows: 'order' }],
    ['bulk_orders', { page: 'bulk_orders', name: 'Orders in bulk', shows: 'order' }],
    ['bills', { page: 'bills', name: 'Bills', shows: 'bill' }],
  ])
  expect([...rules]).toEqual(compileRules(small(), [...levels, ...rights], [...homeRoles.values()]))
  expect([...homeRoles]).toEqual([
    [
      'clerk',
      {
        role: 'clerk',
        side: 'customer',
        may: new Map<string, RowExpression>([
          ['order:read', named],
          ['order:write', open],
        ]),
        notices: [],
        scopes: [],
      },
    ],
    [
      'head',
      {
        role: 'head',
        side: 'customer',
        may: new Map<string, RowExpression>([
          ['order:read', always],
          ['order:write', open],
          ['bill:read', always],
          ['bill:pay', always],
          ['access:give', always],
        ]),
        notices: [],
        scopes: ['sites'],
      },
    ],
    ['agent', { role: 'agent', side: 'partner', may: new Map([['access_request:ask_for_self', always]]), notices: [], scopes: [] }],
    ['operator', { role: 'operator', side: 'vendor', may: new Map([['portal:operate', always]]), notices: [], scopes: [] }],
  ])
  expect([...kinds.keys()]).toEqual(['order', 'line', 'step', 'note', 'bill'])
})

test('what can be asked in the account’s name, as an action or as something reserved', () => {
  const asking = smallWith((definition) => {
    definition.account_requests = {
      opens: 'order',
      counts_as: 'head',
      asks: {
        move: { name: 'A move', says: 'Say where to.', action: 'ask_configuration_change' },
        entry: { name: 'Somebody’s entry', says: 'Say whose.', action: 'ask_access_for_others', for_person: true },
        prices: { name: 'Prices', says: 'They are agreed upon by letter.', reserved: 'prices' },
      },
    }
  })
  expect(compile(asking, { source: '', version: 0 }).accountRequests).toEqual({
    opens: 'order',
    countsAs: 'head',
    asks: [
      { code: 'move', name: 'A move', says: 'Say where to.', action: 'account:ask_configuration_change', forPerson: false },
      { code: 'entry', name: 'Somebody’s entry', says: 'Say whose.', action: 'account:ask_access_for_others', forPerson: true },
      { code: 'prices', name: 'Prices', says: 'They are agreed upon by letter.', action: null, forPerson: false },
    ],
  })
})

test('the kinds of the small definition', () => {
  const { kinds } = compile(small(), { source: '', version: 0 })
  expect(kinds.get('order')).toEqual({
    kind: 'order',
    names: { one: 'order', many: 'orders', number: 'O-' },
    states: [
      { code: 'draft', name: 'Draft', closed: false },
      { code: 'sent', name: 'Sent', closed: false },
      { code: 'done', name: 'Done', closed: true },
    ],
    opensAs: 'draft',
    closesAs: 'done',
    reopensAs: 'sent',
    actions: [
      { action: 'read', words: 'see it' },
      { action: 'write', words: 'change it' },
    ],
    people: ['buyer', 'reader'],
    partners: ['lead', 'second'],
    parents: [],
    refersTo: null,
    fields: new Map([
      ['status', 'text'],
      ['size', 'number'],
      ['urgent', 'boolean'],
      ['shared_with', 'list'],
    ]),
    money: false,
  })
  expect(kinds.get('bill')).toEqual({
    kind: 'bill',
    names: { one: 'bill', many: 'bills', number: '' },
    states: [{ code: 'current', name: 'Current', closed: false }],
    opensAs: 'current',
    closesAs: 'current',
    reopensAs: 'current',
    actions: [
      { action: 'read', words: 'see it' },
      { action: 'pay', words: 'pay it' },
    ],
    people: conversationRelations,
    partners: [],
    parents: [],
    refersTo: null,
    fields: new Map(),
    money: true,
  })
  expect(['line', 'step', 'note'].map((kind) => [kinds.get(kind)?.parents, kinds.get(kind)?.refersTo])).toEqual([
    [['order'], null],
    [['line', 'order'], null],
    [[], 'order'],
  ])
})

test('a definition that says as little as it can: nobody is given anything, and what is needed has a value all the same', () => {
  const least: PortalDefinition = {
    portal: 'least',
    names: { vendor: 'Meridia', customer: 'customer', partner: 'partner' },
    records: {},
    home: { customer: {}, partner: {}, vendor: {} },
  }
  const { rules, ...law } = compile(least, { source: '', version: 0 })
  expect(law).toEqual({
    source: '',
    version: 0,
    portal: 'least',
    names: least.names,
    kinds: new Map(),
    homeRoles: new Map(),
    shape: 'rights',
    levels: [],
    rights: [],
    partnerTypes: [],
    switches: [],
    pages: new Map(),
    grantees: [],
    precedence: ['person', 'group', 'organization'],
    term: { default: '6 months', longest: '2 years' },
    notices: new Map(),
    requests: { answeredBy: [], lapseAfter: '30 days', secondFor: [] },
    invitations: null,
    accountRequests: null,
    colleagues: null,
  })
  expect([...rules.keys()]).toEqual(['decision:ask', 'self:manage'])
})

test('a role whose duties fall back to another says to which, and no other role says so', () => {
  const { homeRoles } = compile(
    smallWith(({ home }) => {
      Object.assign(home.customer['clerk'] as object, { falls_back_to: 'head' })
    }),
    { source: '', version: 0 },
  )
  expect([homeRoles.get('clerk')?.fallsBackTo, homeRoles.get('head')?.fallsBackTo]).toEqual(['head', undefined])
})

test('an invitation waits as long as the definition says', () => {
  const { invitations } = compile(
    smallWith((definition) => {
      definition.invitations = { lapse_after: '14 days' }
    }),
    { source: '', version: 0 },
  )
  expect(invitations).toEqual({ lapseAfter: '14 days' })
})
