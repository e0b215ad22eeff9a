// What the schema of a definition lets through, at each of its limits.
import { expect, test } from 'vitest'
import { definitionSchema } from './schema.ts'
import { small } from './small.test-support.ts'

/** The small definition as plain values, in which anything can be put anywhere. */
type Loose = Record<string, never>
const isRead = (change: (definition: Loose) => void): boolean => {
  const definition = structuredClone(small()) as unknown as Loose
  change(definition)
  return definitionSchema.safeParse(definition).success
}
/** Puts a value at a path such as "records.order.opens_as". */
const put = (path: string, value: unknown) => (definition: Loose) => {
  const keys = path.split('.')
  const last = keys.pop() as string
  const holder = keys.reduce((at, key) => at[key] as never, definition) as Record<string, unknown>
  holder[last] = value
}
const accepts = (path: string, value: unknown): boolean => isRead(put(path, value))

/** What is let through and what is not, at each of the places. */
function limits(paths: readonly string[], good: readonly unknown[], bad: readonly unknown[]): void {
  for (const path of paths) {
    for (const value of good) expect(accepts(path, value), `${path}: ${JSON.stringify(value)} is let through`).toBe(true)
    for (const value of bad) expect(accepts(path, value), `${path}: ${JSON.stringify(value)} is not let through`).toBe(false)
  }
}

const long = (length: number) => 'x'.repeat(length)
const list = (length: number, one: unknown = 'x') => Array.from({ length }, () => one)

test('the small definition is let through as it is, and unknown keys are not', () => {
  expect(definitionSchema.parse(small())).toEqual(small())
  const holders = [
    '',
    'names.',
    'records.order.',
    'records.order.name.',
    'records.order.states.done.',
    'home.',
    'home.customer.head.',
    'access.',
  ]
  const more = ['access.levels.high.', 'access.rights.bills.', 'access.term.', 'requests.', 'partner_types.dealer.', 'switches.bulk.']
  for (const holder of [...holders, ...more, 'customer_sets.preferring.', 'without_grant.0.'])
    expect(accepts(`${holder}surprise`, 'x'), holder).toBe(false)
  expect(accepts('home.customer.clerk.may', { order: [{ read: { whenever: {} } }] })).toBe(false)
  expect(accepts('access.administrator', { name: 'x', says: 'x', scope: ['all'] })).toBe(false)
})

const needed = [
  'portal',
  'names',
  'names.vendor',
  'names.customer',
  'names.partner',
  'records',
  'home',
  'home.customer',
  'home.partner',
  'home.vendor',
]
const neededWithin = [
  ...['name', 'name.one', 'name.many', 'actions', 'states.draft.name'].map((key) => `records.order.${key}`),
  ...['shape', 'reserved', 'grantees', 'precedence', 'term', 'term.default', 'term.longest', 'levels.low.name', 'levels.low.says'].map(
    (key) => `access.${key}`,
  ),
  ...['requests.answered_by', 'requests.lapse_after', 'partner_types.dealer.name', 'switches.bulk.name', 'pages.start.name'],
  ...['without_grant.0.where', 'without_grant.0.may', 'access.rights.bills.name', 'access.rights.bills.says'],
]
test.each([...needed, ...neededWithin])('"%s" is needed', (path) => {
  expect(accepts(path, undefined)).toBe(false)
})

const optional = [
  ...['access', 'requests', 'partner_types', 'switches', 'partner_sets', 'customer_sets', 'row_sets', 'without_grant', 'pages'],
  ...['name.number', 'states', 'opens_as', 'closes_as', 'reopens_as', 'people', 'partners', 'fields'].map((key) => `records.order.${key}`),
  ...['records.step.part_of', 'records.note.refers_to', 'records.bill.money', 'records.order.states.done.closed'],
  ...[
    'home.customer.head.includes',
    'home.customer.head.may',
    'home.customer.head.scope',
    'access.levels',
    'access.rights',
    'access.scope',
  ],
  ...['includes', 'aliases', 'may', 'notices'].map((key) => `access.levels.high.${key}`),
  ...[
    'access.rights.bills.may',
    'access.rights.bills.scope',
    'partner_types.dealer.is_customer',
    'pages.orders.shows',
    'pages.bulk_orders.needs',
  ],
  ...[
    'customer_sets.own_customers.associated',
    'customer_sets.own_customers.subordinate',
    'customer_sets.preferring.preferred',
    'customer_sets.preferring.unless',
  ],
]
test.each(optional)('"%s" can be left out', (path) => {
  expect(accepts(path, undefined)).toBe(true)
})

test('names', () => {
  const bad = ['', 'X', 'aB', '1a', '_a', 'a-b', 'a b', ' a', 'a ', 'a\n', 'é', long(65), 1, true, null]
  limits(
    ['records.order.opens_as', 'access.levels.high.includes', 'pages.orders.carrier', 'pages.orders.shows'],
    ['a', 'a1_', 'z_9', long(64)],
    bad,
  )
  for (const name of ['X', '1a', 'a b', long(65)]) {
    expect(accepts('switches', { [name]: { name: 'x' } }), name).toBe(false)
    expect(accepts('records.order.actions', { [name]: 'x' }), name).toBe(false)
  }
  limits(['portal'], ['a', 'a-1', 'z-z', long(64)], ['', 'A', '1', '-a', 'a_b', 'aB', 'x a', ' a', 'a\n', long(65)])
})

test('words', () => {
  const places = ['names.vendor', 'records.order.actions.read', 'access.levels.low.says', 'pages.start.name', 'switches.bulk.name']
  limits(
    places,
    ['x', long(200), 'Ω “so”', 'a  b', '\u05d0 b', '👩\u200d🔧'],
    ['', ' ', '\t', 'a\nb', 'a\n', 'a\u0000', '\u0085', '\ud800', 'a\u202eb', '\u2066', long(201), 1, null],
  )
  limits(['switches.bulk.says', 'partner_types.dealer.says'], [undefined, 'x'], ['', 1])
  limits(['records.order.name.number'], ['', 'A', 'az-09AZ-', 'SR-'], ['ABCDEFGHI', 'a b', 'a_b', '#1', 'a#', '#a', 1])
})

test('lengths of time', () => {
  const good = [
    '1 day',
    '9 days',
    '10 week',
    '30 weeks',
    '6 month',
    '12 months',
    '1200 months',
    '1 year',
    '100 years',
    '5200 weeks',
    '9999 days',
  ]
  const bad = [
    '',
    '0 days',
    '01 day',
    '10000 days',
    '1  day',
    '1day',
    'a 1 day',
    ' 1 day',
    '1 day ',
    '1 days!',
    '1 dayss',
    '1 hour',
    '101 years',
    '1201 months',
    '5201 weeks',
    '9999 years',
    '-1 day',
    '1.5 years',
    1,
  ]
  limits(['access.term.default', 'access.term.longest', 'requests.lapse_after'], good, bad)
})

test('lists of names', () => {
  limits(['records.order.people', 'access.reserved', 'access.levels.high.notices'], [[], ['a'], list(200)], [list(201), ['A'], 'a', [1]])
  limits(['requests.answered_by'], [['a'], list(200)], [[], list(201), ['A'], 'a'])
  limits(['records.step.part_of'], ['a', [], ['a'], list(200)], [list(201), ['A'], 'A', 1])
})

test('words of which only some are known', () => {
  const scopes = [['all'], ['sites'], ['records'], ['all', 'sites', 'records']]
  limits(['access.scope', 'home.customer.head.scope', 'access.rights.bills.scope'], scopes, [[], ['some'], [''], 'all'])
  limits(['access.colleagues'], [undefined, 'forbid', 'tell', 'ask'], ['', 'allow', true])
  limits(['access.shape'], ['ladder', 'roles', 'rights'], ['', 'tree'])
  limits(['access.grantees'], [['organization', 'group', 'person', 'vendor_person'], ['group']], [[], ['team'], ['']])
  const precedences = [['person'], ['person', 'group', 'organization']]
  limits(['access.precedence'], precedences, [[], ['team'], [''], ['vendor_person'], ['person', 'group', 'organization', 'group']])
  limits(['records.order.fields.status'], ['text', 'number', 'boolean', 'list'], ['', 'date'])
  limits(['partner_sets.alike'], [['own'], ['same_type_and_reference']], [[], ['other'], [''], 'own'])
  limits(['customer_sets.preferring.unless'], ['granted'], ['', 'given', true])
  limits(['records.bill.money', 'records.order.states.done.closed', 'partner_types.dealer.is_customer'], [true, false], ['yes', 1])
})

test('permissions', () => {
  const good = ['read', 'read mine', 'read while open', 'read mine while open', `${long(64)} mine`, 'a1_']
  const bad = [
    '',
    'Read',
    '1read',
    'read often',
    'read while open mine',
    'read  mine',
    'read mine ',
    ' read',
    '1 read',
    long(65),
    'read mine mine',
    1,
    null,
  ]
  const put = (one: unknown) => ({ order: [one] })
  limits(
    ['home.customer.clerk.may', 'access.levels.low.may', 'without_grant.0.may'],
    [...good.map(put), { order: list(200, 'read') }, {}],
    [...bad.map(put), { order: list(201, 'read') }, { Order: ['read'] }, { order: 'read' }],
  )
  const is = { 'record.a': 'x' }
  const conditions = ['when', 'unless'].flatMap((word) => [{ read: { [word]: is } }, { 'read mine': { [word]: is } }])
  // Nothing in it would limit nothing.
  const empty = [{}, { read: {} }, { read: { when: {} } }, { read: { unless: {} } }, { read: { when: is, unless: {} } }]
  const wrong = [{ 'read often': { when: is } }, { read: { when: [] } }, { read: 'mine' }]
  limits(['home.customer.clerk.may'], [...conditions, { read: { when: is, unless: is } }].map(put), [...empty, ...wrong].map(put))
})

test('conditions on attributes', () => {
  const put = (attribute: string, value: unknown = 'x') => ({ order: [{ read: { when: { [attribute]: value } } }] })
  const good = ['record.a', 'person.role', 'action.soft', `record.a${long(63)}`, 'record.a_9']
  const bad = [
    '',
    'record',
    'record.',
    'customer.a',
    'record.A',
    'record.1',
    'record.a.b',
    'the record.a',
    'record.a b',
    `record.a${long(64)}`,
    'records.a',
  ]
  limits(
    ['home.customer.clerk.may'],
    good.map((one) => put(one)),
    bad.map((one) => put(one)),
  )
  limits(
    ['home.customer.clerk.may'],
    ['', ' ', long(200), 'é “so” 🙂', 0, 1.5, true, false].map((value) => put('record.a', value)),
    [long(201), 'a\nb', 'a\u0000', '\u0085', '\ud800', '\u202e', null, [], {}].map((value) => put('record.a', value)),
  )
})

test('conditions on rows', () => {
  const deep = { any: ['led', { all: [{ lead: 'own' }, { any: ['led'] }] }] }
  const good = [
    'led',
    { lead: 'own' },
    { 'line.carrier': 'own' },
    { bulk: true },
    { bulk: false },
    deep,
    { any: list(50) },
    { lead: long(64) },
  ]
  const bad = [
    'Led',
    '',
    1,
    null,
    ['led'],
    {},
    { any: [{}] },
    { any: [] },
    { any: list(51) },
    { lead: long(65) },
    { lead: 1 },
    { lead: null },
    { any: [1] },
    { any: [{ all: [[]] }] },
  ]
  const keys = ['Lead', '', '1', 'a b', 'a.', '.a', 'a.b.c', 'a.B', 'a.1', ' a', 'a.b ', long(65), `a.${long(65)}`].map((key) => ({
    [key]: 'own',
  }))
  const goodKeys = ['a', 'a1_', long(64), `${long(64)}.${long(64)}`, 'a.b1_'].map((key) => ({ [key]: 'own' }))
  limits(['row_sets.led'], [...good, ...goodKeys], [...bad, ...keys])
})

test('no more than 50 ways without a grant', () => {
  const one = { where: 'led', may: { order: ['read'] } }
  limits(['without_grant'], [[], list(50, one)], [list(51, one), one])
})
