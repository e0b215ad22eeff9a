// Every way in which row sets, partner sets, customer sets and what is seen without a grant can disagree, and what is said of it.
import { expect, test } from 'vitest'
import { inconsistencies } from './check.ts'
import { conditionsIn, mostConditions } from './made-of.ts'
import type { Condition, PortalDefinition } from './schema.ts'
import { small, smallWith } from './small.test-support.ts'

type Sets = Record<string, Condition>
const faultsOf = (definition: PortalDefinition) => inconsistencies(definition).map(({ path, sentence }) => [path.join('.'), sentence])
const withSets = (sets: Sets): PortalDefinition =>
  smallWith((definition) => {
    definition.row_sets = { ...definition.row_sets, ...sets }
  })

const noKey = (key: string, hint = '') => `no kind names its people, partners, fields or reference "${key}".${hint}`

test.each<[string, Sets, [string, string][]]>([
  [
    'unknown names, alone and in lists',
    { one: 'ledd', two: { any: ['led', 'nothing_like_it', { all: ['carryed'] }] } },
    [
      ['row_sets.one', '"ledd" is no row set of this definition. Did you mean "led"?'],
      ['row_sets.two.any.1', '"nothing_like_it" is no row set of this definition.'],
      ['row_sets.two.any.2.all.0', '"carryed" is no row set of this definition. Did you mean "carried"?'],
    ],
  ],
  [
    'a word where a list stands',
    { one: { any: 'led' }, two: { all: 'own' } },
    [
      ['row_sets.one.any', '"any" holds a list.'],
      ['row_sets.two.all', '"all" holds a list.'],
    ],
  ],
  ['a list under another word', { one: { lead: ['led'] } }, [['row_sets.one.lead', 'only "any" and "all" hold a list.']]],
  [
    'an unknown switch',
    { one: { bulc: true }, two: { lead: false } },
    [
      ['row_sets.one.bulc', '"bulc" is no switch of this definition. Did you mean "bulk"?'],
      ['row_sets.two.lead', '"lead" is no switch of this definition.'],
    ],
  ],
  [
    'what no kind names, with the spelling of what some kind does',
    {
      partner: { leed: 'own' },
      person: { redaer: 'me' },
      field: { shared_wit: 'my_type' },
      reference: { odrer: 'led' },
      customer: { custmer: 'own_customers' },
      switched: { bulck: 'own' },
      word: { alll: 'own' },
      either: { anny: 'own' },
      none: { elsewhere: 'own' },
      text: { status: 'own' },
      part: { 'note.writer': 'own' },
      whole: { 'order.lead': 'own' },
      unknown: { 'lien.carrier': 'own' },
      other: { 'line.lead': 'own' },
    },
    [
      ['row_sets.partner.leed', noKey('leed', ' Did you mean "lead"?')],
      ['row_sets.person.redaer', noKey('redaer', ' Did you mean "reader"?')],
      ['row_sets.field.shared_wit', noKey('shared_wit', ' Did you mean "shared_with"?')],
      ['row_sets.reference.odrer', noKey('odrer', ' Did you mean "order"?')],
      ['row_sets.customer.custmer', noKey('custmer', ' Did you mean "customer"?')],
      ['row_sets.switched.bulck', noKey('bulck', ' Did you mean "bulk"?')],
      ['row_sets.word.alll', noKey('alll', ' Did you mean "all"?')],
      ['row_sets.either.anny', noKey('anny', ' Did you mean "any"?')],
      ['row_sets.none.elsewhere', noKey('elsewhere')],
      ['row_sets.text.status', noKey('status')],
      ['row_sets.part.note.writer', noKey('note.writer')],
      ['row_sets.whole.order.lead', noKey('order.lead')],
      ['row_sets.unknown.lien.carrier', noKey('lien.carrier')],
      ['row_sets.other.line.lead', noKey('line.lead')],
    ],
  ],
  [
    'a value of another sort',
    {
      customer: { customer: 'alike' },
      person: { buyer: 'own' },
      partner: { lead: 'me' },
      part: { 'line.carrier': 'onw' },
      reference: { order: 'leds' },
      field: { shared_with: 'me' },
    },
    [
      ['row_sets.customer.customer', '"alike" is no customer set of this definition.'],
      ['row_sets.person.buyer', 'expected "me", not "own".'],
      ['row_sets.partner.lead', '"me" is no partner set of this definition.'],
      ['row_sets.part.line.carrier', '"onw" is no partner set of this definition. Did you mean "own"?'],
      ['row_sets.reference.order', '"leds" is no row set of this definition. Did you mean "led"?'],
      ['row_sets.field.shared_with', 'expected "my_type", not "me".'],
    ],
  ],
  [
    'circles',
    { one: 'two', two: { any: [{ lead: 'own' }, 'one'] }, three: { all: ['led', { order: 'two' }] }, four: 'led' },
    ['one', 'two', 'three'].map((name) => [`row_sets.${name}`, `the row set "${name}" is made of itself, or of one that is.`]),
  ],
  ["a partner set of one's own name", { one: { lead: 'only_own' }, two: { second: 'alike' } }, []],
])('%s', (_what, sets, faults) => {
  expect(faultsOf(withSets(sets))).toEqual(faults)
})

test('one name may be a partner on one kind and people on another, and then takes the value of either', () => {
  const twice = smallWith(({ records, row_sets: sets }) => {
    Object.assign(records['bill'] as object, { people: ['lead'] })
    Object.assign(sets as object, { one: { lead: 'me' }, two: { lead: 'own' }, three: { lead: 'you' } })
  })
  expect(faultsOf(twice)).toEqual([['row_sets.three.lead', '"you" is no partner set of this definition.']])
})

test('"own" is one\'s own partner and no other set: a definition cannot make it wider', () => {
  const wider = smallWith(({ partner_sets: sets }) => {
    Object.assign(sets as object, { own: ['own', 'same_type_and_reference'] })
  })
  expect(faultsOf(wider)).toEqual([['partner_sets.own', '"own" is one\'s own partner and cannot name another set.']])
})

test('what is called as a part of any object is called is no partner set and no customer set either', () => {
  const named = withSets({ one: { lead: 'constructor' }, two: { customer: 'constructor' } })
  named.without_grant = [{ where: 'one', may: { order: ['read'] } }]
  expect(faultsOf(named)).toEqual([
    ['row_sets.one.lead', '"constructor" is no partner set of this definition.'],
    ['row_sets.two.customer', '"constructor" is no customer set of this definition.'],
    ['without_grant.0.where', 'the row set "one" says nothing about order: it would never hold.'],
  ])
})

test('what is called as a part of any object is called is no row set and no kind', () => {
  expect(faultsOf(withSets({ one: 'constructor', two: { order: 'toString' } }))).toEqual([
    ['row_sets.one', '"constructor" is no row set of this definition.'],
    ['row_sets.two.order', '"toString" is no row set of this definition.'],
  ])
})

const doubling = (times: number): Sets =>
  Object.fromEntries(Array.from({ length: times }, (_, index) => [`d${index + 1}`, { any: [`d${index}`, { all: [`d${index}`] }] }]))

test('a row set of the most conditions is read, and one of more is not', () => {
  const many = (count: number): Condition => ({ any: Array.from({ length: count }, () => ({ lead: 'own' })) })
  expect(faultsOf(withSets({ one: many(mostConditions) }))).toEqual([])
  const fault = (name: string): [string, string] => [`row_sets.${name}`, `the row set "${name}" is made of more than 500 conditions.`]
  expect(faultsOf(withSets({ one: many(mostConditions + 1) }))).toEqual([fault('one')])
  expect(faultsOf(withSets({ one: { any: [many(300), many(201)] } }))).toEqual([fault('one')])
  expect(faultsOf(withSets({ d0: { lead: 'own' }, ...doubling(9) }))).toEqual([fault('d9')])
})

test('how many conditions a row set is made of, through what it names', () => {
  const sizes = conditionsIn(
    withSets({
      nothing: 'no_such_set',
      two: { all: ['led', 'led'] },
      referring: { order: 'two' },
      // A partner set or customer set of the name of a row set is another thing.
      led_too: { lead: 'two', customer: 'two' },
      switched: { bulk: true },
      itself: { any: ['itself'] },
      around: { all: ['led', 'itself'] },
    }),
  )
  const of = (name: string) => sizes.get(name)
  expect(['nothing', 'led', 'two', 'referring', 'led_too', 'switched'].map(of)).toEqual([0, 1, 2, 3, 2, 1])
  expect(['carried', 'in_bulk', 'itself', 'around', 'no_such_set'].map(of)).toEqual([
    2,
    2,
    Number.POSITIVE_INFINITY,
    Number.POSITIVE_INFINITY,
    undefined,
  ])
})

test('no row set at all is made of nothing', () => {
  const { row_sets: _sets, without_grant: _without, pages: _pages, ...rest } = small()
  expect(conditionsIn(rest)).toEqual(new Map())
  expect(faultsOf(rest)).toEqual([])
})

test.each<[string, (definition: PortalDefinition) => void, [string, string][]]>([
  [
    'customer sets that say nothing, or unknown partner sets',
    (definition) => {
      definition.customer_sets = {
        ...definition.customer_sets,
        empty: { unless: 'granted' },
        wrong: { associated: 'me', preferred: 'alikes', subordinate: 'own_customers' },
      }
    },
    [
      ['customer_sets.empty', 'must say how its customers are related: associated, preferred or subordinate.'],
      ['customer_sets.wrong.associated', '"me" is no partner set of this definition.'],
      ['customer_sets.wrong.preferred', '"alikes" is no partner set of this definition. Did you mean "alike"?'],
      ['customer_sets.wrong.subordinate', '"own_customers" is no partner set of this definition.'],
    ],
  ],
  [
    'without a grant: unknown row set, kind and action',
    (definition) => {
      definition.without_grant = [
        { where: 'led', may: { order: ['read'] } },
        { where: 'lead', may: { order: ['reed'], ordr: ['read'] } },
      ]
    },
    [
      ['without_grant.1.may.order.0', '"reed" is no action on order of this definition. Did you mean "read"?'],
      ['without_grant.1.may.ordr', '"ordr" is no kind of this definition. Did you mean "order"?'],
      ['without_grant.1.where', '"lead" is no row set of this definition. Did you mean "led"?'],
      ['without_grant.1.may.ordr', 'is given by grants and home roles alone.'],
    ],
  ],
  [
    'without a grant: what is no record',
    (definition) => {
      definition.without_grant = [{ where: 'led', may: { people: ['manage'] } }]
    },
    [['without_grant.0.may.people', 'is given by grants and home roles alone.']],
  ],
  [
    'without a grant: a row set that never holds, and money by a relation',
    (definition) => {
      Object.assign(definition.records['bill'] as object, { partners: ['payer'] })
      Object.assign(definition.row_sets as object, { paid: { payer: 'own' }, preferring: { customer: 'preferring' } })
      definition.without_grant = [
        { where: 'mine', may: { note: ['read'] } },
        { where: 'paid', may: { bill: ['read'] } },
        { where: 'preferring', may: { bill: ['read'] } },
        { where: 'of_own_customers', may: { bill: ['read'] } },
      ]
    },
    [
      ['without_grant.0.where', 'the row set "mine" says nothing about note: it would never hold.'],
      ['without_grant.1.where', 'bill is money, which is never given by a relation.'],
      ['without_grant.2.where', 'bill is money, which is never given by a relation.'],
    ],
  ],
  [
    'a row set of too many conditions is not written out where it is used',
    (definition) => {
      Object.assign(definition.row_sets as object, { d0: { lead: 'own' }, ...doubling(30) })
      definition.without_grant = [{ where: 'd30', may: { note: ['read'] } }]
    },
    Array.from({ length: 22 }, (_, index): [string, string] => [
      `row_sets.d${index + 9}`,
      `the row set "d${index + 9}" is made of more than 500 conditions.`,
    ]),
  ],
  [
    'a row set of the most conditions is looked at where it is used',
    (definition) => {
      Object.assign(definition.row_sets as object, { many: { any: Array.from({ length: mostConditions }, () => ({ lead: 'own' })) } })
      definition.without_grant = [{ where: 'many', may: { note: ['read'] } }]
    },
    [['without_grant.0.where', 'the row set "many" says nothing about note: it would never hold.']],
  ],
])('%s', (_what, change, faults) => {
  expect(faultsOf(smallWith(change))).toEqual(faults)
})
