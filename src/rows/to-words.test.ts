// Each leaf of a row expression in words.
import { expect, test } from 'vitest'
import type { RowExpression } from './expression.ts'
import { toWords } from './to-words.ts'

const access = (gives: string[], homeRoles: string[]): RowExpression => ({
  is: 'access',
  gives,
  homeRoles,
  narrow: { siteGives: ['x'], siteRoles: ['y'], recordGives: ['z'] },
})
const related = (more: object = {}): RowExpression => ({
  is: 'related',
  relations: ['preferred'],
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
const open: RowExpression = { is: 'state', among: ['new', 'active', 'waiting'] }
const bulk: RowExpression = { is: 'switch', name: 'bulk', on: true }

test.each<[RowExpression, string]>([
  [{ is: 'always' }, 'always'],
  [{ is: 'never' }, 'never'],
  [access(['look'], []), 'given look'],
  [access(['look', 'update'], []), 'given look or update'],
  [access([], ['head']), 'one of its own people as head'],
  [access(['look', 'update', 'create'], ['clerk', 'head']), 'given look, update or create, or one of its own people as clerk or head'],
  [access([], []), ''],
  [{ is: 'named', relations: ['buyer', 'reader'] }, 'named on it as buyer or reader'],
  [{ is: 'named', relations: [] }, 'named on it as '],
  [open, 'it is new, active or waiting'],
  [{ is: 'all', of: [open, bulk] }, 'it is new, active or waiting and bulk is on'],
  [{ is: 'any', of: [open, bulk] }, 'it is new, active or waiting; or bulk is on'],
  [{ is: 'all', of: [{ is: 'any', of: [open, bulk] }, bulk] }, '(it is new, active or waiting; or bulk is on) and bulk is on'],
  [{ is: 'any', of: [{ is: 'all', of: [open, bulk] }, bulk] }, 'it is new, active or waiting and bulk is on; or bulk is on'],
  [{ is: 'type', among: ['dealer', 'customers'] }, 'one is dealer or customers'],
  [{ is: 'switch', name: 'bulk', on: false }, 'bulk is off'],
  [{ is: 'assigned', relations: ['lead', 'owner'], alike: false }, "one's partner is its lead or owner"],
  [{ is: 'assigned', relations: ['lead'], alike: true }, "one's partner, or an active one of the same type and reference, is its lead"],
  [related(), "its customer is preferred of one's partner"],
  [related({ relations: ['associated', 'subordinate'] }), "its customer is associated or subordinate of one's partner"],
  [related({ unlessGranted: true }), "its customer is preferred of one's partner and no grant decides there"],
  [
    related({ alike: true, through: 'reference' }),
    "the customer of the record it refers to is preferred of one's partner, or an active one of the same type and reference,",
  ],
  [{ is: 'unsuspended', through: 'record' }, 'its customer is not suspended'],
  [{ is: 'unsuspended', through: 'reference' }, 'the customer of the record it refers to is not suspended'],
  [{ is: 'addressed', field: 'sent_to' }, "it has no customer and its sent_to names one's type"],
  [attribute(), 'record.status is open'],
  [attribute({ of: 'action', value: true }), 'action.status is true'],
  [attribute({ equal: false, value: 4 }), 'record.status is known and not 4'],
])('%j', (expression, words) => {
  expect(toWords(expression)).toBe(words)
})
