// Every way in which the record kinds of a definition can disagree with themselves, and what is said of it.
import { expect, test } from 'vitest'
import { inconsistencies } from './check.ts'
import type { PortalDefinition } from './schema.ts'
import { small, smallWith } from './small.test-support.ts'

type Kind = PortalDefinition['records'][string]
const order = (definition: PortalDefinition): Kind => definition.records['order'] as Kind
const kind = (more: Partial<Kind> = {}): Kind => ({ name: { one: 'thing', many: 'things' }, actions: { read: 'see it' }, ...more })

test('the small definition is free of faults', () => {
  expect(inconsistencies(small())).toEqual([])
})

test.each([
  'portal',
  'access',
  'access_request',
  'group',
  'people',
  'explanation',
  'history',
  'letters',
  'page',
  'customer',
  'self',
  'decision',
  'system',
])('a record kind cannot be called %s', (name) => {
  const definition = smallWith(({ records }) => {
    records[name] = kind()
  })
  expect(inconsistencies(definition)).toEqual([
    { path: ['records', name], sentence: `"${name}" is a word of the product itself and cannot name a record kind.` },
  ])
})

test('a record kind may be called account: what is asked for an account is asked of the customer', () => {
  const definition = smallWith(({ records }) => {
    records['account'] = kind()
  })
  expect(inconsistencies(definition)).toEqual([])
})

const path = (...keys: string[]) => ['records', 'order', ...keys]

test.each<[string, (definition: PortalDefinition) => void, [string[], string][]]>([
  [
    'moves without states',
    (definition) => {
      const { states: _states, ...rest } = order(definition)
      definition.records['order'] = rest
    },
    [
      [path('opens_as'), 'needs "states".'],
      [path('closes_as'), 'needs "states".'],
      [path('reopens_as'), 'needs "states".'],
    ],
  ],
  [
    'states without moves',
    (definition) => {
      const { opens_as: _opens, closes_as: _closes, reopens_as: _reopens, ...rest } = order(definition)
      definition.records['order'] = rest
    },
    [
      [path(), 'must say "opens_as", because it has states.'],
      [path(), 'must say "closes_as", because it has states.'],
      [path(), 'must say "reopens_as", because it has states.'],
    ],
  ],
  [
    'moves to unknown states',
    (definition) => Object.assign(order(definition), { opens_as: 'draf', closes_as: 'gone', reopens_as: 'sen' }),
    [
      [path('opens_as'), '"draf" is no state of this definition. Did you mean "draft"?'],
      [path('closes_as'), '"gone" is no state of this definition. Did you mean "done"?'],
      [path('reopens_as'), '"sen" is no state of this definition. Did you mean "sent"?'],
    ],
  ],
  [
    'moves to the wrong side of closed',
    (definition) => Object.assign(order(definition), { opens_as: 'done', closes_as: 'sent', reopens_as: 'done' }),
    [
      [path('opens_as'), 'must lead to a state that is not closed.'],
      [path('reopens_as'), 'must lead to a state that is not closed.'],
      [path('closes_as'), 'must lead to a state with "closed: true".'],
    ],
  ],
  [
    'no action "read"',
    ({ records }) => {
      records['thing'] = kind({ actions: { write: 'change it' } })
    },
    [[['records', 'thing', 'actions'], 'must name the action "read".']],
  ],
  [
    'an unknown whole and an unknown reference',
    ({ records }) => {
      records['thing'] = kind({ part_of: ['order', 'orde'], refers_to: 'bil' })
    },
    [
      [['records', 'thing', 'part_of'], '"orde" is no record kind of this definition. Did you mean "order"?'],
      [['records', 'thing', 'refers_to'], '"bil" is no record kind of this definition. Did you mean "bill"?'],
    ],
  ],
  [
    'a kind that is part of itself at once',
    ({ records }) => {
      records['thing'] = kind({ part_of: 'thing' })
    },
    [[['records', 'thing', 'part_of'], '"thing" would be part of itself.']],
  ],
  [
    'a kind that is part of itself by way of others',
    ({ records }) => {
      records['inner'] = kind({ part_of: 'middle' })
      records['middle'] = kind({ part_of: ['order', 'outer'] })
      records['outer'] = kind({ part_of: 'inner' })
    },
    ['inner', 'middle', 'outer'].map((name) => [['records', name, 'part_of'], `"${name}" would be part of itself.`]),
  ],
  [
    'a kind that is part of what is part of itself, and no circle',
    ({ records }) => {
      records['thing'] = kind({ part_of: 'circle' })
      records['circle'] = kind({ part_of: 'circle' })
    },
    [[['records', 'circle', 'part_of'], '"circle" would be part of itself.']],
  ],
  [
    'one name for people and partners',
    (definition) => Object.assign(order(definition), { people: ['buyer', 'second', 'third'], partners: ['lead', 'second', 'third'] }),
    [
      [path('partners'), '"second" names people already.'],
      [path('partners'), '"third" names people already.'],
    ],
  ],
])('%s', (_what, change, faults) => {
  expect(inconsistencies(smallWith(change)).map(({ path: at, sentence }) => [at, sentence])).toEqual(faults)
})
