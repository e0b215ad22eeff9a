// The list of behaviours is whole: every id once, numbered without gaps, each with a stage and a sentence.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { behavioursIn } from '../../tools/behaviour-coverage.mjs'
import { root } from './planted-tree.ts'

const text = readFileSync(join(root, 'docs/behaviours.md'), 'utf8')
const ids = [...text.matchAll(/^- \*\*([A-Z]{2}-\d+)\*\*/gm)].map(([, id]) => id!)

test.each([
  ['OR', 113, 3],
  ['MI', 48, 3],
  ['CD', 57, 3],
  ['IN', 122, 3],
  ['BX', 24, 2],
])('the group %s has its %i behaviours, each once and in order', (group, count, digits) => {
  const expected = Array.from({ length: count }, (_unused, index) => `${group}-${String(index + 1).padStart(digits, '0')}`)
  expect(ids.filter((id) => id.startsWith(group))).toEqual(expected)
})

test('every behaviour has a stage that is known, and a sentence that ends', () => {
  expect([...behavioursIn(text).keys()]).toEqual(ids)
  for (const line of text.split('\n').filter((one) => one.startsWith('- **'))) expect(line).toMatch(/\] \S.{15,}\.$/)
})

test('the decisions speak of behaviours that are there', () => {
  const named = text.slice(text.indexOf('## Decisions')).match(/\b(?:OR|MI|CD|IN)-\d{3}\b/g) ?? []
  expect(named.filter((id) => !ids.includes(id))).toEqual([])
})

test('the glossary has every word once', () => {
  const rows = readFileSync(join(root, 'docs/glossary.md'), 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('| '))
  const words = rows.map((row) => row.split('|')[1]!.trim()).filter((word) => word !== 'in code')
  expect(words.length).toBeGreaterThan(50)
  expect(words.filter((word, index) => words.indexOf(word) !== index)).toEqual([])
})
