// Each sort of fault in the text of a definition, with its line, its key and its sentence.
import { expect, test } from 'vitest'
import { stringify } from 'yaml'
import { BrokenDefinition, type Fault } from './fault.ts'
import { checkedDefinition, longestDefinition, readDefinition } from './read.ts'
import { small } from './small.test-support.ts'

const text = stringify(small())

function faultsOf(source: string): readonly Fault[] {
  try {
    readDefinition(source, 'portal.yaml')
    return []
  } catch (error) {
    if (error instanceof BrokenDefinition) return error.faults
    throw error
  }
}

/** The line of what stands in the text, from 1. */
const lineOf = (source: string, part: string): number => source.slice(0, source.indexOf(part)).split('\n').length

const expected = {
  action: 'expected an action, with "mine" or "while open" behind it where it is limited, such as "read mine".',
  conditional:
    'expected: an action such as "read mine", or one with conditions such as { write: { unless: { record.status: archived } } }.',
  name: 'expected a name: lower-case letters, digits and underscores, starting with a letter.',
  portal: 'expected a name: lower-case letters, digits and dashes.',
  period: 'expected a length of time such as "30 days", "6 months" or "2 years".',
  number: 'expected letters, digits and dashes.',
  rows: 'expected: the name of a row set, or what the row must be, such as { lead_partner: own } or { any: [one_row_set, another] }.',
  group: 'expected a group of keys.',
}
const noKey = (hint = '') => `is not a key that can stand here.${hint && ` Did you mean "${hint}"?`}`

interface Mistake {
  readonly before: string
  readonly after: string
  /** Key, text of the line, sentence. */
  readonly faults: readonly (readonly [key: string, at: string, sentence: string])[]
}

const mistakes: Mistake[] = [
  { before: 'portal: small\n', after: '', faults: [['portal', 'names:', 'is missing: expected string.']] },
  { before: 'portal: small', after: 'portal: [1]', faults: [['portal', 'portal: [1]', 'expected string.']] },
  { before: 'portal: small', after: 'portal: Small', faults: [['portal', 'portal: Small', expected.portal]] },
  { before: 'opens_as: draft', after: 'opens_as:', faults: [['records.order.opens_as', 'opens_as:', 'expected string.']] },
  { before: 'opens_as: draft', after: 'opens_as: A', faults: [['records.order.opens_as', 'opens_as: A', expected.name]] },
  { before: 'number: O-', after: 'number: "#"', faults: [['records.order.name.number', 'number: "#"', expected.number]] },
  { before: 'lapse_after: 30 days', after: 'lapse_after: soon', faults: [['requests.lapse_after', 'lapse_after: soon', expected.period]] },
  {
    before: 'is_customer: true',
    after: 'is_customer: "so"',
    faults: [['partner_types.dealer.is_customer', 'is_customer', 'expected boolean.']],
  },
  {
    before: 'vendor: Meridia',
    after: 'vendr: Meridia',
    faults: [
      ['names.vendor', 'names:', 'is missing: expected string.'],
      ['names.vendr', 'vendr:', noKey('vendor')],
    ],
  },
  { before: 'shape: ladder', after: 'shape: tree', faults: [['access.shape', 'shape: tree', 'expected "ladder" or "roles" or "rights".']] },
  {
    before: '    unless: granted',
    after: '    unless: given',
    faults: [['customer_sets.preferring.unless', 'unless: given', 'expected "granted".']],
  },
  { before: 'names:\n', after: 'nams: x\nnames:\n', faults: [['nams', 'nams:', noKey('names')]] },
  {
    before: 'opens_as: draft',
    after: 'opens_as: draft\n    open_as: draft',
    faults: [['records.order.open_as', '    open_as', noKey('opens_as')]],
  },
  { before: '        closed: true', after: '        closd: true', faults: [['records.order.states.done.closd', 'closd', noKey('closed')]] },
  { before: '      scope:\n', after: '      scop:\n', faults: [['home.customer.head.scop', 'scop:', noKey('scope')]] },
  { before: '      includes: low', after: '      includs: low', faults: [['access.levels.high.includs', 'includs', noKey('includes')]] },
  {
    before: '  - where: led',
    after: '  - wher: led',
    faults: [
      ['without_grant.0.where', '- wher: led', 'is missing: expected string.'],
      ['without_grant.0.wher', '- wher: led', noKey('where')],
    ],
  },
  {
    before: '- read mine',
    after: '- { read: { wen: { action.soft: true } } }',
    faults: [['home.customer.clerk.may.order.0.read.wen', 'wen:', noKey('when')]],
  },
  { before: '- read mine', after: '- read often', faults: [['home.customer.clerk.may.order.0', 'read often', expected.action]] },
  { before: '- read mine', after: '- 4', faults: [['home.customer.clerk.may.order.0', '- 4', expected.conditional]] },
  {
    before: '- read mine',
    after: '- { read: { when: { status: 4 } } }',
    faults: [['home.customer.clerk.may.order.0', '- { read', expected.conditional]],
  },
  {
    before: '- read mine',
    after: '- { read: {} }',
    faults: [['home.customer.clerk.may.order.0.read', '- { read', 'expected "when" or "unless".']],
  },
  {
    before: '- read mine',
    after: '- {}',
    faults: [['home.customer.clerk.may.order.0', '- {}', 'expected an action with its conditions.']],
  },
  {
    before: '- read mine',
    after: '- { read: { when: {} } }',
    faults: [
      ['home.customer.clerk.may.order.0.read.when', '- { read', 'expected what an attribute must be, such as record.status: archived.'],
    ],
  },
  {
    before: '    lead: own',
    after: '    {}',
    faults: [['row_sets.led', '  led:', 'expected at least one thing that the row must be.']],
  },
  {
    before: 'lapse_after: 30 days',
    after: 'lapse_after: 101 years',
    faults: [['requests.lapse_after', 'lapse_after', 'expected a length of time of at most 100 years.']],
  },
  {
    before: 'vendor: Meridia',
    after: 'vendor: "Meri\\ndia"',
    faults: [['names.vendor', 'vendor: "', 'expected a line of words, without line breaks and hidden characters.']],
  },
  {
    before: 'vendor: Meridia',
    after: 'vendor: ""',
    faults: [['names.vendor', 'vendor: ""', 'expected at least one letter.']],
  },
  {
    before: 'vendor: Meridia',
    after: `vendor: ${'M'.repeat(201)}`,
    faults: [['names.vendor', 'vendor: MM', 'expected at most 200 letters.']],
  },
  {
    before: '  answered_by:\n    - head\n',
    after: `  answered_by: [${Array.from({ length: 201 }, () => 'head').join()}]\n`,
    faults: [['requests.answered_by', 'answered_by', 'expected at most 200 entries.']],
  },
  {
    before: '  answered_by:\n    - head\n',
    after: '  answered_by: []\n',
    faults: [['requests.answered_by', 'answered_by', 'expected at least one entry.']],
  },
  {
    before: '  led:\n',
    after: '  Led:\n',
    faults: [['row_sets.Led', '  Led:', expected.name]],
  },
  { before: '    lead: own', after: '    lead: [1]', faults: [['row_sets.led', '  led:', expected.rows]] },
  {
    before: 'reserved:\n',
    after: 'reserved: none\n  reservd:\n',
    faults: [
      ['access.reserved', 'reserved: none', 'expected array.'],
      ['access.reservd', 'reservd:', noKey('reserved')],
    ],
  },
  { before: 'records:\n', after: 'record: {}\nrecords:\n', faults: [['record', 'record: {}', noKey('records')]] },
  {
    before: 'vendor:\n    operator:\n',
    after: 'vendor: none\n  vendors:\n    operator:\n',
    faults: [
      ['home.vendor', 'vendor: none', expected.group],
      ['home.vendors', 'vendors:', noKey('vendor')],
    ],
  },
  { before: 'portal: small', after: 'portal: small\n<<: { x: y }', faults: [['<<', '<<', noKey()]] },
  {
    before: 'portal: small',
    after: 'portal: small\nportal: small',
    faults: [['portal', 'portal: small\nnames', 'stands twice: a key can stand once in a group.']],
  },
  {
    before: 'includes: low',
    after: 'includes: lowe',
    faults: [['access.levels.high.includes', 'includes: lowe', '"lowe" is no level of this definition. Did you mean "low"?']],
  },
  { before: '    opens_as: draft\n', after: '', faults: [['records.order', '  order:', 'must say "opens_as", because it has states.']] },
  {
    before: '- read mine',
    after: '- read mine\n          - reed',
    faults: [['home.customer.clerk.may.order.1', '- reed', '"reed" is no action on order of this definition. Did you mean "read"?']],
  },
]

test.each(mistakes)('$before as $after', ({ before, after, faults }) => {
  expect(text).toContain(before)
  const changed = text.replace(before, after)
  expect(faultsOf(changed)).toEqual(faults.map(([key, at, sentence]) => ({ line: lineOf(changed, at), key, sentence })))
})

test('a fault in what stands in no line of its own is told with the line above it', () => {
  const flat = text.replace(
    /^ {2}bill:\n(?: {4}.*\n)*/m,
    '  bill: { name: { one: bill, many: bills }, actions: { raed: see it, pay: pay it } }\n',
  )
  const line = lineOf(flat, '  bill: {')
  expect(faultsOf(flat)).toContainEqual({ line, key: 'records.bill.actions', sentence: 'must name the action "read".' })
})

test.each([
  ['', 1, expected.group],
  ['[]', 1, expected.group],
  ['null', 1, expected.group],
  ['42', 1, expected.group],
  ['"portal"', 1, expected.group],
  ['# only a remark', 1, expected.group],
  [' '.repeat(longestDefinition), 1, expected.group],
  [' '.repeat(longestDefinition + 1), 0, 'is longer than 200000 characters.'],
  ['a: {', 1, 'Flow map in block collection must be sufficiently indented and end with a }.'],
  ['x: 1\n\ta: b', 2, 'Tabs are not allowed as indentation.'],
  ['---\na: b\n---\na: b', 3, 'holds more than one document.'],
  ['%ODD yes\n---\na: b', 1, 'Unknown directive %ODD.'],
])('the text %j is no definition', (source, line, sentence) => {
  expect(faultsOf(source)[0]).toEqual({ line, key: '', sentence })
})

test('lists and groups may stand 30 deep in each other, and no deeper', () => {
  const nested = (depth: number) => faultsOf(`${'['.repeat(depth)}x${']'.repeat(depth)}`)
  const mapped = (depth: number) => faultsOf(`${'{ a: '.repeat(depth)}x${' }'.repeat(depth)}`)
  const tooDeep = [{ line: expect.any(Number), key: '', sentence: 'is nested more than 30 deep.' }]
  expect([nested(30)[0]?.sentence, mapped(30)[0]?.sentence]).toEqual([expected.group, 'is missing: expected string.'])
  expect([nested(31), mapped(31)]).toEqual([tooDeep, tooDeep])
  expect([nested(3000), mapped(3000)]).toEqual([tooDeep, tooDeep])
})

test('a definition without a fault is had as it was written, and as a law with its text and version', () => {
  expect(checkedDefinition(text, 'portal.yaml')).toEqual(small())
  const law = readDefinition(text, 'portal.yaml', 7)
  expect([law.source, law.version, readDefinition(text, 'portal.yaml').version]).toEqual([text, 7, 0])
})
