import { expect, test } from 'vitest'
import { isRefusal } from '../../kernel/refusal.ts'
import { checkMyChange } from './rules.ts'

const faultsOf = (work: () => unknown): string[] => {
  try {
    work()
  } catch (error) {
    if (isRefusal(error)) return (error.more.fields ?? []).map(({ field }) => field)
    throw error
  }
  return []
}

test('a change is kept trimmed and in its usual writing', () => {
  expect(checkMyChange({ name: '  Dana Lee ', language: 'PT-br', timeZone: 'Europe/Madrid' })).toEqual({
    name: 'Dana Lee',
    language: 'pt-BR',
    timeZone: 'Europe/Madrid',
  })
  expect(checkMyChange({ timeZone: null })).toEqual({ timeZone: null })
})

test.each([
  [{ name: '' }, ['name']],
  [{ name: '   ' }, ['name']],
  [{ name: 'x'.repeat(201) }, ['name']],
  [{ name: 'Dana\nLee' }, ['name']],
  [{ name: 'Pay at http://evil.example' }, ['name']],
  [{ name: 'WWW.evil.example' }, ['name']],
  [{ name: 'Dana\u0000' }, ['name']],
  [{ name: 'Dana \u202eeeL' }, ['name']],
  [{ language: 'klingonisch sprechen' }, ['language']],
  [{ language: '' }, ['language']],
  [{ timeZone: 'Mars/Olympus' }, ['timeZone']],
  [{ timeZone: '+02:00' }, ['timeZone']],
  [{ name: '', language: '!', timeZone: '!' }, ['name', 'language', 'timeZone']],
])('%j is refused and names %j', (change, fields) => {
  expect(faultsOf(() => checkMyChange(change))).toEqual(fields)
})

test('a change that changes nothing is refused', () => {
  expect(() => checkMyChange({})).toThrow('Say what to change')
})
