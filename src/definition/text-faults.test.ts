// What is wrong with a text before anybody asks what it says, with the line and the key where it stands.
import { expect, test } from 'vitest'
import { LineCounter, parseDocument } from 'yaml'
import { deepestNesting, hiddenCharacters, isPlainLine, mostEntries, treeFaults } from './text-faults.ts'

const faultsOf = (source: string) => {
  const lines = new LineCounter()
  return treeFaults(parseDocument(source, { lineCounter: lines, uniqueKeys: false, merge: false, logLevel: 'silent' }), lines)
}

test('what is plain lists, groups and words has no fault, and neither has an empty text', () => {
  for (const source of ['', '# a remark', 'a', 'a: b', '- a\n- { b: [1, true, ~] }', 'a: &named x\nb: no', '"1": { "true": c }\na:']) {
    expect([source, faultsOf(source)]).toEqual([source, []])
  }
})

const twice = 'stands twice: a key can stand once in a group.'
const alias = 'uses an alias such as "*name", which cannot stand in a definition.'
const tag = (name: string) => `has the tag "${name}": tags cannot stand in a definition.`
const noWord = 'has a key that is no word.'
const noKey = 'is not a key that can stand here.'

test.each<[string, [number, string, string][]]>([
  ['a: 1\nb: 2\na: 3', [[3, 'a', twice]]],
  [
    'x:\n  a: 1\n  "a": 2\n  a: 3',
    [
      [3, 'x.a', twice],
      [4, 'x.a', twice],
    ],
  ],
  ['- { a: 1 }\n- { b: 1, b: 2 }', [[2, '1.b', twice]]],
  ['a: &a [x]\nb:\n  - *a', [[3, 'b.0', alias]]],
  ['a: *a', [[1, 'a', alias]]],
  ['a: &a { b: *a }', [[1, 'a.b', alias]]],
  ['a: &x y\n*x : z', [[2, '', noWord]]],
  [
    'a: !mine b\nc: !!str 5',
    [
      [1, 'a', tag('!mine')],
      [2, 'c', tag('tag:yaml.org,2002:str')],
    ],
  ],
  ['a:\n  !!set { b }', [[2, 'a', tag('tag:yaml.org,2002:set')]]],
  ['a: { 1: x }', [[1, 'a', noWord]]],
  [
    'a: { true: x }\nb: { ? : x }',
    [
      [1, 'a', noWord],
      [2, 'b', noWord],
    ],
  ],
  ['? [a]\n: b', [[1, '', noWord]]],
  ['a:\n  __proto__: { b: c }', [[2, 'a.__proto__', noKey]]],
  [
    'constructor: { b: *c }',
    [
      [1, 'constructor', noKey],
      [1, 'constructor.b', alias],
    ],
  ],
])('%j', (source, faults) => {
  expect(faultsOf(source)).toEqual(faults.map(([line, key, sentence]) => ({ line, key, sentence })))
})

test('a group or list holds no more than so many entries, wherever it stands', () => {
  const entries = (many: number) => Array.from({ length: many }, (_, index) => `k${index}`)
  const [list, group] = [(many: number) => `a:\n  b: [${entries(many)}]`, (many: number) => `a:\n- {${entries(many)}}`]
  expect([faultsOf(list(mostEntries)), faultsOf(group(mostEntries))]).toEqual([[], []])
  const sentence = `holds ${mostEntries + 1} entries; at most ${mostEntries} can stand together.`
  expect(faultsOf(list(mostEntries + 1))).toEqual([{ line: 2, key: 'a.b', sentence }])
  expect(faultsOf(group(mostEntries + 1))).toEqual([{ line: 2, key: 'a.0', sentence }])
})

test('what is nested too deep is told once, with its line, after what is wrong above it', () => {
  const nested = (depth: number) => `a: b\na: c\nd:\n  ${'['.repeat(depth)}x${']'.repeat(depth)}`
  expect(faultsOf(nested(deepestNesting - 1))).toEqual([{ line: 2, key: 'a', sentence: twice }])
  expect(faultsOf(nested(deepestNesting))).toEqual([
    { line: 2, key: 'a', sentence: twice },
    { line: 4, key: '', sentence: 'is nested more than 30 deep.' },
  ])
})

test('characters that do not show are told with their line; tabs and ends of lines are none of them', () => {
  expect(hiddenCharacters('a: b\r\n\tc: d\n\n# é 🙂 \u05d0 \u200d\n')).toEqual([])
  const sentence = (code: string) => `holds the character ${code}, which does not show or hides what is written.`
  expect(hiddenCharacters('a\u0000b\nc\n# \u202e hidden\n\r\r\n\u0007\u0085\n\ud800')).toEqual([
    { line: 1, key: '', sentence: sentence('U+0000') },
    { line: 3, key: '', sentence: sentence('U+202E') },
    { line: 4, key: '', sentence: sentence('U+000D') },
    { line: 5, key: '', sentence: sentence('U+0007') },
    { line: 6, key: '', sentence: sentence('U+D800') },
  ])
  expect(hiddenCharacters('\u0001\n'.repeat(30))).toHaveLength(20)
})

test('a plain line has no character that hides, and no end of a line in it', () => {
  for (const text of ['', 'a b', 'é “so” 🙂', '\u05d0', '👩\u200d🔧']) expect([text, isPlainLine(text)]).toEqual([text, true])
  for (const text of ['\n', 'a\tb', '\u0000', '\u007f', '\ud800', '\u202a', '\u202e', '\u2066', '\u2069'])
    expect([text, isPlainLine(text)]).toEqual([text, false])
})
