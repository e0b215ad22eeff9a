// Every way in which what can be given can disagree with itself, and what is said of it.
import { expect, test } from 'vitest'
import { inconsistencies } from './check.ts'
import type { PortalDefinition } from './schema.ts'
import { accessOf, small, smallWith } from './small.test-support.ts'

type Access = NonNullable<PortalDefinition['access']>
type Case = [what: string, change: (definition: PortalDefinition, access: Access) => void, faults: [string, string][]]

const one = (name: string) => ({ name, says: `${name}.` })
const of =
  (change: (access: Access) => void): Case[1] =>
  (_definition, access) =>
    change(access)
/** The small definition without what speaks of its ladder, and with another access. */
const shaped = (shape: Access['shape'], more: Partial<Access>): Case[1] => {
  return (definition) => {
    definition.access = accessOf(shape, more)
  }
}

const shapes: Case[] = [
  ['a ladder of levels alone', shaped('ladder', { levels: { low: one('Low') } }), []],
  ['a ladder without levels', shaped('ladder', {}), [['access', 'of the shape "ladder" must say "levels".']]],
  ['roles', shaped('roles', { roles: { boss: one('Boss') } }), []],
  ['roles without roles', shaped('roles', {}), [['access', 'of the shape "roles" must say "roles".']]],
  ['rights without an Administrator', shaped('rights', { rights: { bills: one('Bills') } }), []],
  [
    'rights without rights',
    shaped('rights', { administrator: one('Administrator') }),
    [['access', 'of the shape "rights" must say "rights".']],
  ],
  ['rights and an Administrator', shaped('rights', { rights: { bills: one('Bills') }, administrator: one('Administrator') }), []],
  [
    'everything in a ladder',
    shaped('ladder', {
      levels: { low: one('Low') },
      roles: { boss: one('Boss') },
      rights: { bills: one('Bills') },
      administrator: one('All'),
    }),
    [
      ['access.roles', 'cannot stand in the shape "ladder".'],
      ['access.administrator', 'cannot stand in the shape "ladder".'],
    ],
  ],
  [
    'everything in roles',
    shaped('roles', {
      levels: { low: one('Low') },
      roles: { boss: one('Boss') },
      rights: { bills: one('Bills') },
      administrator: one('All'),
    }),
    [
      ['access.levels', 'cannot stand in the shape "roles".'],
      ['access.rights', 'cannot stand in the shape "roles".'],
      ['access.administrator', 'cannot stand in the shape "roles".'],
    ],
  ],
  [
    'everything in rights',
    shaped('rights', {
      levels: { low: one('Low') },
      roles: { boss: one('Boss') },
      rights: { bills: one('Bills') },
      administrator: one('All'),
    }),
    [
      ['access.levels', 'cannot stand in the shape "rights".'],
      ['access.roles', 'cannot stand in the shape "rights".'],
    ],
  ],
]

const reservedBy = (kind: string) => `"${kind}" is reserved: nobody can give it.`

const given: Case[] = [
  [
    'what is reserved given by a level, a right and the Administrator',
    (definition) => {
      definition.access = accessOf('rights', {
        levels: { low: { ...one('Low'), may: { access: ['read'] } } },
        rights: { bills: { ...one('Bills'), may: { bill: ['read'], access_request: ['answer'] } } },
        administrator: { ...one('Administrator'), may: { access: ['give'], order: ['read'], access_request: ['read'] } },
      })
    },
    [
      ['access.levels', 'cannot stand in the shape "rights".'],
      ['access.levels.low.may.access', reservedBy('access')],
      ['access.rights.bills.may.access_request', reservedBy('access_request')],
      ['access.administrator.may.access', reservedBy('access')],
      ['access.administrator.may.access_request', reservedBy('access_request')],
    ],
  ],
  [
    'unknown kinds and actions in levels, roles, rights and the Administrator',
    (definition) => {
      definition.access = accessOf('roles', {
        roles: { boss: { ...one('Boss'), may: { ordr: ['read'], bill: ['red'] } } },
        administrator: { ...one('Administrator'), may: { history: ['reads'] } },
      })
    },
    [
      ['access.administrator', 'cannot stand in the shape "roles".'],
      ['access.roles.boss.may.ordr', '"ordr" is no kind of this definition. Did you mean "order"?'],
      ['access.roles.boss.may.bill.0', '"red" is no action on bill of this definition. Did you mean "read"?'],
      ['access.administrator.may.history.0', '"reads" is no action on history of this definition. Did you mean "read"?'],
    ],
  ],
  [
    'a scope without the whole, in a level and in a right',
    of((access) => {
      access.levels = { low: { ...one('Low'), scope: ['sites', 'records'] }, high: { ...one('High'), scope: ['sites', 'all'] } }
      access.rights = { bills: { ...one('Bills'), scope: ['records'] } }
    }),
    ['levels.low', 'rights.bills'].map((at) => [`access.${at}.scope`, 'must hold "all": what may be given narrowly may be given whole.']),
  ],
  [
    'levels that include what is none, themselves or each other',
    of((access) => {
      access.levels = {
        low: { ...one('Low'), includes: 'lower' },
        own: { ...one('Own'), includes: 'own' },
        high: { ...one('High'), includes: 'higher' },
        higher: { ...one('Higher'), includes: 'high' },
        fine: { ...one('Fine'), includes: 'low' },
      }
    }),
    [
      ['access.levels.low.includes', '"lower" is no level of this definition. Did you mean "low"?'],
      ['access.levels.own.includes', 'the level "own" includes itself.'],
      ['access.levels.high.includes', 'the level "high" includes itself.'],
      ['access.levels.higher.includes', 'the level "higher" includes itself.'],
    ],
  ],
  [
    'names that mean two things',
    of((access) => {
      access.levels = { low: { ...one('Low'), aliases: ['poor', 'bills'] }, high: { ...one('High'), aliases: ['low'] } }
      access.rights = { bills: one('Bills'), more: { ...one('More'), aliases: ['poor', 'rich'] } }
    }),
    [
      ['access.levels.high.aliases', '"low" names two of what can be given.'],
      ['access.rights.bills.aliases', '"bills" names two of what can be given.'],
      ['access.rights.more.aliases', '"poor" names two of what can be given.'],
    ],
  ],
  [
    'a right called as the Administrator is',
    shaped('rights', { rights: { administrator: one('Bills') }, administrator: one('All') }),
    [['access.administrator.aliases', '"administrator" names two of what can be given.']],
  ],
]

const reserved: Case[] = [
  ['a reserved word that is no kind yet', of((access) => access.reserved.push('updates')), []],
  ['kinds of records and of the product that are reserved', of((access) => access.reserved.push('note', 'history', 'people')), []],
  [
    'misspelt reserved words',
    of((access) => access.reserved.push('ordr', 'histori')),
    [
      ['access.reserved.2', '"ordr" is no kind. Did you mean "order"?'],
      ['access.reserved.3', '"histori" is no kind. Did you mean "history"?'],
    ],
  ],
]

const order: Case[] = [
  [
    'the same grantee twice, and nothing more is said of the order',
    of((access) => {
      access.precedence = ['group', 'group', 'person']
    }),
    [['access.precedence', 'names the same grantee twice.']],
  ],
  [
    'the less specific first',
    of((access) => {
      access.precedence = ['organization', 'group', 'person']
    }),
    [['access.precedence', 'must name the most specific first: person, group, organization.']],
  ],
  [
    'two in the wrong order and one missing',
    of((access) => {
      access.precedence = ['organization', 'person']
    }),
    [
      ['access.precedence', 'must name the most specific first: person, organization.'],
      ['access.precedence', 'must name "group": access can be given to it.'],
    ],
  ],
  [
    'a person of the vendor who can be given access, and no person in the order',
    of((access) => {
      access.grantees = ['vendor_person', 'organization']
      access.precedence = ['organization']
    }),
    [['access.precedence', 'must name "person": access can be given to it.']],
  ],
  [
    'persons, who are not named in the order',
    of((access) => {
      access.grantees = ['person']
      access.precedence = ['group']
    }),
    [['access.precedence', 'must name "person": access can be given to it.']],
  ],
  [
    'more in the order than can be given access',
    of((access) => {
      access.grantees = ['group']
    }),
    [],
  ],
]

const terms: Case[] = [
  ['longer', '25 months', [['access.term.default', 'is longer than the longest term.']] as [string, string][]],
  ['as long', '24 months', []],
].map(
  ([what, period, faults]): Case => [
    `a term ${what} than the longest`,
    of((access) => {
      access.term = { default: period as string, longest: '2 years' }
    }),
    faults as [string, string][],
  ],
)

test.each([...shapes, ...given, ...reserved, ...order, ...terms])('%s', (_what, change, faults) => {
  const definition = smallWith((changed) => change(changed, changed.access as Access))
  expect(inconsistencies(definition).map(({ path, sentence }) => [path.join('.'), sentence])).toEqual(faults)
})

test('the small definition has every part of access, and no fault', () => {
  expect(inconsistencies(small())).toEqual([])
})
