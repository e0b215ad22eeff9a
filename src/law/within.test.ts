// What is no more than something else, in the portals as they are.
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { readDefinition } from '../definition/read.ts'
import type { RowExpression } from '../rows/expression.ts'
import type { AllowanceLaw } from './law.ts'
import { lawOf } from './scene.test-support.ts'
import { codesWithin } from './within.ts'

const within = (portal: string) => {
  const file = new URL(`../../portals/${portal}.yaml`, import.meta.url).pathname
  return codesWithin(readDefinition(readFileSync(file, 'utf8'), file))
}

test('CD-019 the Administrator gives all of each right, and no right gives all of the Administrator', () => {
  const codes = within('managed-services')
  for (const right of ['orders', 'invoices', 'usage', 'knowledge', 'tickets']) expect(codes.get(right)).toEqual(['administrator', right])
  expect(codes.get('administrator')).toEqual(['administrator'])
})

test('a level is given by itself and the higher ones; money by its own right alone', () => {
  const codes = within('standard')
  expect(codes.get('update')).toEqual(['update', 'create', 'service_admin', 'full_admin'])
  expect(codes.get('cc')?.slice(0, 3)).toEqual(['cc', 'look', 'update'])
  expect(codes.get('invoices')).toEqual(['invoices'])
})

test('on no fewer rows: any of what it holds on, and all of what it asks for', () => {
  const [a, b, c] = ['a', 'b', 'c'].map((state): RowExpression => ({ is: 'state', among: [state] })) as [
    RowExpression,
    RowExpression,
    RowExpression,
  ]
  const any = (...of: RowExpression[]): RowExpression => ({ is: 'any', of })
  const all = (...of: RowExpression[]): RowExpression => ({ is: 'all', of })
  const giving = (code: string, rows: RowExpression): AllowanceLaw => ({
    code,
    name: code,
    says: '',
    aliases: [],
    may: new Map([['order:read', rows]]),
    notices: [],
    scopes: [],
  })
  const isWithin = (narrow: RowExpression, wide: RowExpression): boolean => {
    const law = { ...lawOf('standard'), levels: [], rights: [giving('narrow', narrow), giving('wide', wide)] }
    return codesWithin(law).get('narrow')?.includes('wide') ?? false
  }
  expect([isWithin(a, { is: 'always' }), isWithin(a, any(b, a)), isWithin(any(a, b), any(c, b, a)), isWithin(all(a, b), b)]).toEqual([
    true,
    true,
    true,
    true,
  ])
  expect(isWithin(all(c, b, a), all(a, b))).toBe(true)
  expect([isWithin({ is: 'always' }, a), isWithin(any(a, c), any(a, b)), isWithin(any(a, b), a), isWithin(a, b)]).toEqual([
    false,
    false,
    false,
    false,
  ])
  expect([isWithin(b, all(a, b)), isWithin(all(a, c), all(a, b))]).toEqual([false, false])
})
