// The one-way road: the guard sees the whole house, and barks at every kind of trespass.
import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { plant, plantUntilTheEnd, root, runTool } from './planted-tree.ts'
import { plantedNeighbours, roadKept, roadViolations } from './road-violations.ts'

const cruiser = 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs'
const rooms = ['src', 'cli', 'client', 'web', 'bench', 'tools', 'examples', 'test']
const rules: { name: string; comment: string }[] = createRequire(import.meta.url)('../../.dependency-cruiser.cjs').forbidden

const packageOfThePlantedHouse = JSON.stringify({
  name: 'planted',
  type: 'module',
  dependencies: { kysely: '*', pg: '*', fastify: '*' },
  devDependencies: { 'playwright-core': '*' },
})

interface Cruise {
  modules: { source: string }[]
  summary: { violations: { from: string; rule: { name: string } }[] }
}

async function cruise(folder: string): Promise<Cruise> {
  const there = rooms.filter((room) => existsSync(join(folder, room)))
  const { output } = await runTool(folder, cruiser, ['--config', join(root, '.dependency-cruiser.cjs'), '--output-type', 'json', ...there])
  return JSON.parse(output)
}

test('the guard of the road sees every source file of the house', async () => {
  const listed = execFileSync('git', ['ls-files', ...rooms], { cwd: root, encoding: 'utf8' }).split('\n')
  const sources = listed.filter((path) => /\.tsx?$/.test(path) && !path.endsWith('.d.ts') && existsSync(join(root, path)))
  const seen = new Set((await cruise(root)).modules.map(({ source }) => source))
  expect(sources.length).toBeGreaterThan(20)
  expect(sources.filter((path) => !seen.has(path))).toEqual([])
})

test('every rule of the road says what to do instead, and has a planted trespass', () => {
  expect(Object.keys(roadViolations).sort()).toEqual(rules.map(({ name }) => name).sort())
  for (const { comment } of rules) expect(comment.length).toBeGreaterThan(20)
})

describe('in a house where every rule is broken', async () => {
  const trespassers = Object.assign({}, ...Object.values(roadViolations))
  const folder = plantUntilTheEnd({ 'package.json': packageOfThePlantedHouse, ...plantedNeighbours, ...trespassers })
  const barked = (await cruise(folder)).summary.violations.map(({ rule, from }) => `${rule.name}: ${from}`)
  const expected = Object.entries(roadViolations).flatMap(([rule, files]) => Object.keys(files).map((file) => `${rule}: ${file}`))

  test.each(expected)('the guard barks at %s', (violation) => {
    expect(barked).toContain(violation)
  })
})

test('the guard is quiet where the road is kept', async () => {
  const kept = plant({ 'package.json': packageOfThePlantedHouse, ...roadKept })
  expect((await cruise(kept)).summary.violations).toEqual([])
})
