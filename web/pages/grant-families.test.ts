import { expect, test } from 'vitest'
import type { Grant } from '../../client/access.ts'
import { familiesOf } from './grant-families.ts'

const grant = (id: string, partner: string, person: string | null, state: Grant['state'] = 'active'): Grant =>
  ({
    id,
    customer: { id: 'acme', name: 'Acme' },
    partner: { id: partner, name: partner },
    person: person && { id: person, name: person },
    state,
  }) as Grant

const shape = (grants: Grant[]) => familiesOf(grants).map(({ grant: { id }, below }) => [id, below.map((one) => one.id)])

test('OR-011 personal accesses stand below the one for everyone at the same partner', () => {
  expect(shape([grant('p', 'larkfield', 'priya'), grant('all', 'larkfield', null), grant('t', 'bright', 'tom')])).toEqual([
    ['all', ['p']],
    ['t', []],
  ])
})

test('an ended access is never shown as replacing one that counts, nor as replaced', () => {
  expect(shape([grant('all', 'larkfield', null), grant('p', 'larkfield', 'priya', 'removed')])).toEqual([
    ['all', []],
    ['p', []],
  ])
  expect(shape([grant('all', 'larkfield', null, 'expired'), grant('p', 'larkfield', 'priya')])).toEqual([
    ['all', []],
    ['p', []],
  ])
})

test('what a group has stands by itself: a personal access replaces it for nobody else', () => {
  const group = { ...grant('g', 'larkfield', null), group: { id: 'g1', name: 'Acme Phone Manager' } }
  expect(shape([group, grant('p', 'larkfield', 'priya')])).toEqual([
    ['g', []],
    ['p', []],
  ])
})
