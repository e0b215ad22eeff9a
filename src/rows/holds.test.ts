// Each leaf of a row expression in memory: on which rows it holds, and for whom it could.
import { describe, expect, test } from 'vitest'
import type { RowExpression } from './expression.ts'
import { bareView, couldHold, holds, type RowView } from './holds.ts'

const narrow = { siteGives: [], siteRoles: [], recordGives: [] }
const always: RowExpression = { is: 'always' }
const never: RowExpression = { is: 'never' }
const access: RowExpression = { is: 'access', gives: ['look', 'update'], homeRoles: ['clerk', 'head'], narrow }
const related = (more: object = {}): RowExpression => ({
  is: 'related',
  relations: ['preferred', 'associated'],
  alike: false,
  through: 'record',
  unlessGranted: false,
  ...more,
})
const attribute = (more: object = {}): RowExpression => ({
  is: 'attribute',
  of: 'record',
  name: 'status',
  value: 'open',
  equal: true,
  ...more,
})
const by = (relation: string, alike: boolean, through = 'record') => ({ relation, alike, through })

type Case = [expression: RowExpression, view: object, expected: boolean]

const plain: Case[] = [
  [always, {}, true],
  [never, {}, false],
  [access, {}, false],
  [access, { gives: ['update', 'other'] }, true],
  [access, { gives: ['other'], homeRoles: ['other'] }, false],
  [access, { homeRoles: ['other', 'head'] }, true],
  [access, { gives: ['clerk'], homeRoles: ['look'] }, false],
  [{ is: 'named', relations: ['requester', 'watcher'] }, {}, false],
  [{ is: 'named', relations: ['requester', 'watcher'] }, { relations: ['other', 'watcher'] }, true],
  [{ is: 'named', relations: ['requester'] }, { relations: ['other'] }, false],
  [{ is: 'state', among: ['new', 'active'] }, {}, false],
  [{ is: 'state', among: ['new', 'active'] }, { state: 'active' }, true],
  [{ is: 'state', among: ['new', 'active'] }, { state: 'closed' }, false],
  [{ is: 'state', among: [] }, { state: 'active' }, false],
  [{ is: 'state', among: [null as never] }, { state: null }, false],
  [{ is: 'all', of: [always, always] }, {}, true],
  [{ is: 'all', of: [always, never] }, {}, false],
  [{ is: 'any', of: [never, always] }, {}, true],
  [{ is: 'any', of: [never, never] }, {}, false],
  [{ is: 'any', of: [] }, {}, false],
]

const ofActors: Case[] = [
  [{ is: 'type', among: ['vendor', 'customers'] }, {}, false],
  [{ is: 'type', among: ['vendor', 'customers'] }, { type: 'customers' }, true],
  [{ is: 'type', among: ['vendor'] }, { type: 'customers' }, false],
  [{ is: 'type', among: [null as never] }, { type: null }, false],
  [{ is: 'switch', name: 'bulk', on: true }, {}, false],
  [{ is: 'switch', name: 'bulk', on: true }, { switches: ['other', 'bulk'] }, true],
  [{ is: 'switch', name: 'bulk', on: false }, {}, true],
  [{ is: 'switch', name: 'bulk', on: false }, { switches: ['bulk'] }, false],
]

const assigned = (alike: boolean): RowExpression => ({ is: 'assigned', relations: ['lead', 'owner'], alike })
const ofRelations: Case[] = [
  [assigned(false), {}, false],
  [assigned(false), { assigned: [by('owner', false)] }, true],
  [assigned(false), { assigned: [by('owner', true)] }, false],
  [assigned(false), { assigned: [by('other', false), by('lead', true)] }, false],
  [assigned(false), { assigned: [by('other', false), by('lead', false)] }, true],
  [assigned(true), { assigned: [by('owner', true)] }, true],
  [assigned(true), { assigned: [by('lead', false)] }, true],
  [assigned(true), { assigned: [by('other', true)] }, false],
  [related(), {}, false],
  [related(), { related: [by('preferred', false)] }, true],
  [related(), { related: [by('preferred', true)] }, false],
  [related(), { related: [by('subordinate', false)] }, false],
  [related(), { related: [by('preferred', false, 'reference')] }, false],
  [related(), { related: [by('subordinate', false), by('associated', false)] }, true],
  [related(), { related: [by('preferred', false)], granted: true }, true],
  [related({ alike: true }), { related: [by('preferred', true)] }, true],
  [related({ alike: true }), { related: [by('preferred', false)] }, true],
  [related({ alike: true }), { related: [by('subordinate', true)] }, false],
  [related({ through: 'reference' }), { related: [by('preferred', false, 'reference')] }, true],
  [related({ through: 'reference' }), { related: [by('preferred', false)] }, false],
  [related({ unlessGranted: true }), { related: [by('preferred', false)] }, true],
  [related({ unlessGranted: true }), { related: [by('preferred', false)], granted: true }, false],
  [{ is: 'unsuspended', through: 'record' }, {}, true],
  [{ is: 'unsuspended', through: 'record' }, { customer: 'none' }, true],
  [{ is: 'unsuspended', through: 'record' }, { customer: 'suspended' }, false],
  [{ is: 'unsuspended', through: 'record' }, { reference: 'suspended' }, true],
  [{ is: 'unsuspended', through: 'reference' }, {}, true],
  [{ is: 'unsuspended', through: 'reference' }, { reference: 'standing' }, true],
  [{ is: 'unsuspended', through: 'reference' }, { reference: 'suspended' }, false],
  [{ is: 'unsuspended', through: 'reference' }, { customer: 'suspended' }, true],
]

const addressed: RowExpression = { is: 'addressed', field: 'to' }
const mine = { customer: 'none', type: 'dealer', record: { to: ['carrier', 'dealer'] } }
const ofAttributes: Case[] = [
  [addressed, mine, true],
  [addressed, { ...mine, customer: 'standing' }, false],
  [addressed, { ...mine, type: null }, false],
  [addressed, { ...mine, type: null, record: { to: [null] } }, false],
  [addressed, { ...mine, type: 'vendor' }, false],
  [addressed, { ...mine, record: {} }, false],
  [addressed, { ...mine, record: { to: 'dealer' } }, false],
  [addressed, { ...mine, record: { to: 'a dealer or two' } }, false],
  [addressed, { ...mine, record: { from: ['dealer'] } }, false],
  [attribute(), {}, false],
  [attribute(), { record: { status: 'open' } }, true],
  [attribute(), { record: { status: 'shut' } }, false],
  [attribute(), { person: { status: 'open' }, action: { status: 'open' } }, false],
  [attribute({ of: 'person' }), { person: { status: 'open' } }, true],
  [attribute({ of: 'action' }), { action: { status: 'open' } }, true],
  [attribute({ equal: false }), {}, false],
  [attribute({ equal: false }), { record: { status: 'shut' } }, true],
  [attribute({ equal: false }), { record: { status: 'open' } }, false],
  [attribute({ equal: false }), { record: { status: null } }, false],
  [attribute({ equal: false }), { record: { status: ['shut'] } }, false],
  [attribute({ equal: false }), { record: { status: { a: 1 } } }, false],
  [attribute({ equal: false }), { record: { status: 0 } }, true],
  [attribute({ equal: false }), { record: { status: false } }, true],
  [attribute({ value: 4 }), { record: { status: 4 } }, true],
  [attribute({ value: 4 }), { record: { status: '4' } }, false],
  [attribute({ value: true }), { record: { status: true } }, true],
  [attribute({ value: false }), { record: {} }, false],
]

const told = (cases: Case[]) => cases.map(([expression, view, expected]) => ({ expression, view, expected }))

test.each(told([...plain, ...ofActors, ...ofRelations, ...ofAttributes]))(
  '$expression on $view: $expected',
  ({ expression, view, expected }) => {
    expect(holds(expression, { ...bareView, ...view } as RowView)).toBe(expected)
  },
)

test('a row on which nobody is named, met by somebody of whom nothing is known', () => {
  expect(bareView).toEqual({
    gives: [],
    granted: false,
    homeRoles: [],
    relations: [],
    state: null,
    type: null,
    switches: [],
    assigned: [],
    related: [],
    customer: 'standing',
    reference: 'none',
    record: {},
    person: {},
    action: {},
  })
})

describe('whether it could hold on some row', () => {
  const nobody = { type: null, switches: [], person: {} }
  const bulk = (on: boolean): RowExpression => ({ is: 'switch', name: 'bulk', on })
  const dealer: RowExpression = { is: 'type', among: ['carrier', 'dealer'] }
  const cases: [RowExpression, object, boolean][] = [
    [never, {}, false],
    [never, { type: 'dealer', switches: ['bulk'] }, false],
    [dealer, {}, false],
    [dealer, { type: 'dealer' }, true],
    [dealer, { type: 'customers' }, false],
    [{ is: 'type', among: [null as never] }, {}, false],
    [bulk(true), {}, false],
    [bulk(true), { switches: ['bulk'] }, true],
    [bulk(false), {}, true],
    [bulk(false), { switches: ['bulk'] }, false],
    [attribute({ of: 'person' }), {}, false],
    [attribute({ of: 'person' }), { person: { status: 'open' } }, true],
    [attribute({ of: 'person' }), { person: { status: 'shut' } }, false],
    [{ is: 'all', of: [dealer, bulk(true)] }, { type: 'dealer' }, false],
    [{ is: 'all', of: [dealer, bulk(true)] }, { type: 'dealer', switches: ['bulk'] }, true],
    [{ is: 'any', of: [dealer, bulk(true)] }, { type: 'dealer' }, true],
    [{ is: 'any', of: [dealer, bulk(true)] }, {}, false],
    // What depends on the row is taken to be met.
    ...[always, access, attribute(), attribute({ of: 'action' }), related(), assigned(false), addressed].map(
      (expression): [RowExpression, object, boolean] => [expression, {}, true],
    ),
    [{ is: 'named', relations: [] }, {}, true],
    [{ is: 'state', among: [] }, {}, true],
    [{ is: 'unsuspended', through: 'record' }, {}, true],
  ]
  test.each(cases.map(([expression, actor, expected]) => ({ expression, actor, expected })))(
    '$expression for $actor: $expected',
    ({ expression, actor, expected }) => {
      expect(couldHold(expression, { ...nobody, ...actor })).toBe(expected)
    },
  )
})
