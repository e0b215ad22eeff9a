// Migrations that went out never change: a database somewhere has run them.
import { appendFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { brokenPromises, fingerprints, released, releasedFile } from '../../tools/migration-fingerprints.mjs'
import { plant, root } from './planted-tree.ts'

const folder = 'src/platform/db/migrations'

function houseWithTwoReleased(): string {
  const house = plant({ [`${folder}/0001-one.sql`]: 'create table one ();\n', [`${folder}/0002-two.sql`]: 'create table two ();\n' })
  writeFileSync(join(house, releasedFile), JSON.stringify(fingerprints(house)))
  return house
}

test('the migrations of this house that went out are as they were', () => {
  expect(brokenPromises(root)).toEqual([])
  expect(Object.keys(fingerprints(root)).length).toBeGreaterThan(0)
})

test('a released migration that was changed by one byte is named', () => {
  const house = houseWithTwoReleased()
  appendFileSync(join(house, folder, '0002-two.sql'), '\n')
  expect(brokenPromises(house)).toEqual([expect.stringContaining('0002-two.sql')])
})

test('a released migration that was taken away is named', () => {
  const house = houseWithTwoReleased()
  rmSync(join(house, folder, '0001-one.sql'))
  expect(brokenPromises(house)).toEqual([expect.stringContaining('0001-one.sql')])
})

test('a new migration beside released ones is welcome', () => {
  const house = houseWithTwoReleased()
  writeFileSync(join(house, folder, '0003-three.sql'), 'create table three ();\n')
  expect(brokenPromises(house)).toEqual([])
  expect(Object.keys(released(house))).toHaveLength(2)
})

test('no two migrations have the same number, and each has one', () => {
  const numbers = Object.keys(fingerprints(root)).map((name) => /^(\d{4})-[a-z0-9-]+\.sql$/.exec(name)?.[1])
  expect(numbers).not.toContain(undefined)
  expect(new Set(numbers).size).toBe(numbers.length)
})
