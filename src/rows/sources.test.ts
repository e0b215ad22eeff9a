// The places where the rows of a rule are found: together they find all of its rows and no others, and each begins with what names the fewest.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Narrow, RowExpression } from './expression.ts'
import { bareView, holds, type RowView } from './holds.ts'
import { conditionsOf, isWhole, type Source, sourcesOf } from './sources.ts'

const nowhere: Narrow = { siteGives: [], siteRoles: [], recordGives: [] }
const access = (more: { gives?: string[]; homeRoles?: string[] } & Partial<Narrow>): RowExpression => {
  const { gives = [], homeRoles = [], ...narrow } = more
  return { is: 'access', gives, homeRoles, narrow: { ...nowhere, ...narrow } }
}
const related = (through: 'record' | 'reference'): RowExpression => ({
  is: 'related',
  relations: ['preferred'],
  alike: false,
  through,
  unlessGranted: false,
})
const attribute = (of: 'record' | 'person'): RowExpression => ({ is: 'attribute', of, name: 'status', value: 'open', equal: true })
const all = (...of: RowExpression[]): RowExpression => ({ is: 'all', of })
const any = (...of: RowExpression[]): RowExpression => ({ is: 'any', of })
const never: RowExpression = { is: 'never' }
const always: RowExpression = { is: 'always' }

const look = access({ gives: ['look'] })
const named: RowExpression = { is: 'named', relations: ['buyer'] }
const open: RowExpression = { is: 'state', among: ['open'] }
const dealer: RowExpression = { is: 'type', among: ['dealer'] }
const bulk: RowExpression = { is: 'switch', name: 'bulk', on: true }
const assigned: RowExpression = { is: 'assigned', relations: ['lead'], alike: false }
const standing: RowExpression = { is: 'unsuspended', through: 'record' }
const referenceStanding: RowExpression = { is: 'unsuspended', through: 'reference' }
const addressed: RowExpression = { is: 'addressed', field: 'sent_to' }

describe('what a source begins with, and what else must hold there', () => {
  const forRecord = access({ recordGives: ['look'] })
  const atSite = access({ siteGives: ['look'] })
  const asRoleAtSite = access({ siteRoles: ['head'] })
  test.each<[string, RowExpression, Source]>([
    ['whole customers', look, { from: 'owners', column: 'customer_no', leaf: look as never, rest: [] }],
    [
      "one's own organization",
      access({ homeRoles: ['head'] }),
      { from: 'owners', column: 'customer_no', leaf: access({ homeRoles: ['head'] }) as never, rest: [] },
    ],
    ['what is given at sites', atSite, { from: 'owners', column: 'site_no', leaf: atSite as never, rest: [] }],
    ['roles at sites', asRoleAtSite, { from: 'owners', column: 'site_no', leaf: asRoleAtSite as never, rest: [] }],
    ['what is given for records', forRecord, { from: 'ids', leaf: forRecord as never, rest: [] }],
    ['being named', named, { from: 'ids', leaf: named as never, rest: [] }],
    ['the partner of the record', assigned, { from: 'assignments', leaf: assigned as never, rest: [] }],
    ['related customers', related('record'), { from: 'owners', column: 'customer_no', leaf: related('record') as never, rest: [] }],
    [
      'related customers of what it refers to',
      related('reference'),
      { from: 'owners', column: 'reference_customer_no', leaf: related('reference') as never, rest: [] },
    ],
    ['anything', always, { from: 'rows', rest: [] }],
    ['a state', open, { from: 'rows', rest: [open] }],
    [
      'single rows before all others',
      all(look, assigned, open, named),
      { from: 'ids', leaf: named as never, rest: [look, assigned, open] },
    ],
    ['single records before customers', all(look, forRecord), { from: 'ids', leaf: forRecord as never, rest: [look] }],
    [
      'what names the partner before customers',
      all(look, open, assigned),
      { from: 'assignments', leaf: assigned as never, rest: [look, open] },
    ],
    [
      'customers before the rest',
      all(dealer, open, look),
      { from: 'owners', column: 'customer_no', leaf: look as never, rest: [dealer, open] },
    ],
    ['nothing that names rows', all(dealer, open), { from: 'rows', rest: [dealer, open] }],
  ])('%s', (_what, rule, expected) => {
    expect(sourcesOf(rule)).toEqual([expected])
  })
})

test('access falls into whole customers, sites and single records, each without what the others give', () => {
  const rule = access({ gives: ['look', 'update'], homeRoles: ['head'], siteGives: ['look'], siteRoles: ['head'], recordGives: ['update'] })
  expect(sourcesOf(all(rule, open)).map((source) => conditionsOf(source))).toEqual([
    [access({ gives: ['look', 'update'], homeRoles: ['head'] }), open],
    [access({ siteGives: ['look'], siteRoles: ['head'] }), open],
    [access({ recordGives: ['update'] }), open],
  ])
})

test('nothing is looked for where nobody could find anything', () => {
  expect([never, any(), access({}), all(look, never), any(never, access({}))].map(sourcesOf)).toEqual([[], [], [], [], []])
})

test('a rule of more than forty parts is looked for among all rows, as it stands', () => {
  const either = (many: number) => any(...Array.from({ length: many }, (_, index) => access({ gives: [`level_${index}`] })))
  expect(sourcesOf(either(40)).map(({ from }) => from)).toEqual(Array.from({ length: 40 }, () => 'owners'))
  expect(sourcesOf(either(41))).toEqual([{ from: 'rows', rest: [either(41)] }])
})

describe('whether all rows of a customer stand or fall together', () => {
  const whole = (rule: RowExpression): boolean[] => sourcesOf(rule).map(isWhole)
  test.each<[string, RowExpression]>([
    ['access to customers', look],
    ['related customers', related('record')],
    ['the type of user', all(look, dealer)],
    ['a switch', all(look, bulk)],
    ['an attribute of the person', all(look, attribute('person'))],
    ['a suspension of the customer', all(look, standing)],
    ['access to it in two ways', all(look, related('record'))],
    ['any customer', dealer],
  ])('yes: %s', (_what, rule) => {
    expect(whole(rule)).toEqual([true])
  })
  test.each<[string, RowExpression]>([
    ['single rows', named],
    ['single records', access({ recordGives: ['look'] })],
    ['rows that name the partner', assigned],
    ['sites', access({ siteGives: ['look'] })],
    ['customers of what it refers to', related('reference')],
    ['a state', all(look, open)],
    ['an attribute of the record', all(look, attribute('record'))],
    ['a suspension of the customer of what it refers to', all(look, referenceStanding)],
    ['a list on the record', all(look, addressed)],
    ['a related customer of what it refers to, too', all(look, related('reference'))],
    ['a state of any row', open],
  ])('no: %s', (_what, rule) => {
    expect(whole(rule)).toEqual([false])
  })
  test('each source is told apart', () => {
    expect(whole(any(look, named, all(dealer, open), related('record')))).toEqual([true, false, false, true])
  })
})

/** A row as somebody meets it who may have been given something for its customer, at its site or for itself. */
interface Met extends RowView {
  readonly atSite: readonly string[]
  readonly rolesAtSite: readonly string[]
  readonly forRecord: readonly string[]
}

const meet = (wanted: readonly string[], found: readonly string[]): boolean => wanted.some((one) => found.includes(one))

/** The plain reading of a rule: what is given narrowly counts where the rule says that it may. */
function reads(rule: RowExpression, met: Met): boolean {
  if (rule.is === 'all') return rule.of.every((part) => reads(part, met))
  if (rule.is === 'any') return rule.of.some((part) => reads(part, met))
  if (rule.is !== 'access') return holds(rule, met)
  const { siteGives, siteRoles, recordGives } = rule.narrow
  return holds(rule, met) || meet(siteGives, met.atSite) || meet(siteRoles, met.rolesAtSite) || meet(recordGives, met.forRecord)
}

const some = (...names: string[]) => fc.subarray(names)
const leaves: fc.Arbitrary<RowExpression> = fc.oneof(
  fc
    .record({
      gives: some('look', 'update'),
      homeRoles: some('head'),
      siteGives: some('look'),
      siteRoles: some('head'),
      recordGives: some('update'),
    })
    .map(access),
  fc.constantFrom(
    always,
    never,
    named,
    open,
    dealer,
    bulk,
    assigned,
    standing,
    related('record'),
    related('reference'),
    attribute('person'),
  ),
)
const { rule: rules } = fc.letrec<{ rule: RowExpression }>((tie) => ({
  rule: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    leaves,
    fc.array(tie('rule'), { minLength: 1, maxLength: 3 }).map((of) => all(...of)),
    fc.array(tie('rule'), { maxLength: 3 }).map((of) => any(...of)),
  ),
}))
const relation = (through: 'record' | 'reference') => ({ relation: 'preferred', alike: false, through }) as const
const rows: fc.Arbitrary<Met> = fc
  .record({
    gives: some('look', 'update'),
    homeRoles: some('head'),
    atSite: some('look', 'update'),
    rolesAtSite: some('head'),
    forRecord: some('look', 'update'),
    relations: some('buyer'),
    state: fc.constantFrom('open', 'closed'),
    type: fc.constantFrom('dealer', null),
    switches: some('bulk'),
    assigned: fc.subarray([{ relation: 'lead', alike: false }]),
    related: fc.subarray([relation('record'), relation('reference')]),
    customer: fc.constantFrom('standing', 'suspended'),
    person: fc.constantFrom({ status: 'open' }, {}),
  })
  .map((row) => ({ ...bareView, ...row }))

test('the sources of a rule find the rows on which it holds, and no others', () => {
  const found = { yes: 0, no: 0 }
  fc.assert(
    fc.property(rules, fc.array(rows, { minLength: 1, maxLength: 8 }), (rule, met) => {
      const sources = sourcesOf(rule).map(conditionsOf)
      for (const row of met) {
        const expected = reads(rule, row)
        expect(sources.some((conditions) => conditions.every((condition) => reads(condition, row)))).toBe(expected)
        found[expected ? 'yes' : 'no']++
      }
    }),
    { numRuns: 300, seed: 811 },
  )
  expect(Math.min(found.yes, found.no)).toBeGreaterThan(300)
})
