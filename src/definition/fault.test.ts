// How a fault is said, and which spelling is offered for a misspelt name.
import { expect, test } from 'vitest'
import { BrokenDefinition, spellingHint } from './fault.ts'

test.each([
  ['reed', ['read', 'write'], 'read'],
  ['read', ['reads', 'read', 'red'], 'read'],
  // Of two that are as near the first one is offered.
  ['cat', ['cut', 'bat'], 'cut'],
  ['ab', ['abcd'], 'abcd'],
  ['abcd', ['ab'], 'ab'],
  ['swap', ['wasp'], 'wasp'],
  // A third of the letters may be wrong, and two in any case.
  ['abcdefghi', ['abcdefxyz'], 'abcdefxyz'],
  ['a', ['abc'], 'abc'],
  // Compared are the first 64 letters.
  ['a'.repeat(64), [`${'a'.repeat(64)}${'b'.repeat(40)}`], `${'a'.repeat(64)}${'b'.repeat(40)}`],
  [`${'a'.repeat(64)}${'b'.repeat(80)}`, ['a'.repeat(64)], 'a'.repeat(64)],
])('for "%s" among %s the spelling "%s" is offered', (wrong, known, offered) => {
  expect(spellingHint(wrong, known)).toBe(` Did you mean "${offered}"?`)
})

test.each([
  ['q', ['xyzw']],
  ['abc', ['abcdef']],
  ['abcdef', ['abc']],
  ['abcdefgh', ['abcdexyz']],
  ['abcdefghi', ['abcdewxyz']],
  ['anything', []],
])('for "%s" among %s no spelling is near enough', (wrong, known) => {
  expect(spellingHint(wrong, known)).toBe('')
})

test('the message of a broken definition has a line for each fault; what no key fits is said of the file', () => {
  const faults = [
    { line: 3, key: 'portal', sentence: 'is missing.' },
    { line: 0, key: '', sentence: 'is too long.' },
  ]
  const error = new BrokenDefinition('portal.yaml', faults)
  expect([error.name, error.message, error.faults]).toEqual([
    'BrokenDefinition',
    'portal.yaml:3: portal: is missing.\nportal.yaml:0: the file: is too long.',
    faults,
  ])
})
