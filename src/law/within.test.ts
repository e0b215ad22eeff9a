// What is no more than something else, in the portals as they are.
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { readDefinition } from '../definition/read.ts'
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
