// What `npm test` counts: packages against the lock file, tests in the report, behaviours that are proven.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { behaviourCoverage, behavioursIn } from './behaviour-coverage.mjs'
import { packagesMatchLock } from './packages.mjs'
import { readReport } from './test-report.mjs'

function folderWith(files: Readonly<Record<string, unknown>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-counting-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), typeof content === 'string' ? content : JSON.stringify(content))
  }
  return folder
}

const lock = {
  packages: { '': { name: 'x' }, 'node_modules/a': { version: '1.0.0' }, 'node_modules/only-arm': { version: '2.0.0', optional: true } },
}

test.each([
  ['all is there, an optional package of another machine left out', { packages: { 'node_modules/a': { version: '1.0.0' } } }, true],
  ['a package is older', { packages: { 'node_modules/a': { version: '0.9.0' } } }, false],
  ['a package is missing', { packages: {} }, false],
  [
    'a package is there that the lock does not know',
    { packages: { 'node_modules/a': { version: '1.0.0' }, 'node_modules/b': { version: '1.0.0' } } },
    false,
  ],
])('packages match the lock when %#: %s', (_what, installed, expected) => {
  expect(packagesMatchLock(folderWith({ 'package-lock.json': lock, 'node_modules/.package-lock.json': installed }))).toBe(expected)
})

test('without node_modules, or after an install that broke off, packages do not match', () => {
  expect(packagesMatchLock(folderWith({ 'package-lock.json': lock }))).toBe(false)
})

const assertion = (status: string, title: string) => ({ status, title, ancestorTitles: ['group'] })

test('the report counts passed, failed and skipped, and a file that did not load as a failure', () => {
  const report = {
    testResults: [
      {
        status: 'failed',
        assertionResults: [assertion('passed', 'OR-001 one'), assertion('failed', 'two'), assertion('pending', 'three')],
      },
      { status: 'failed', assertionResults: [] },
    ],
  }
  const file = join(folderWith({ 'report.json': report }), 'report.json')
  expect(readReport(file, 1)).toEqual({ passed: 1, failed: 2, skipped: 1, namesOfPassed: ['group OR-001 one'] })
})

test('a run that failed without a failed test, or left no report, is a failure', () => {
  const file = join(
    folderWith({ 'report.json': { testResults: [{ status: 'passed', assertionResults: [assertion('passed', 'one')] }] } }),
    'report.json',
  )
  expect(readReport(file, 1).failed).toBe(1)
  expect(readReport(file, 0).failed).toBe(0)
  expect(readReport('nowhere.json', 0)).toMatchObject({ passed: 0, failed: 1 })
})

const behaviours = '- **OR-001** [workflow] One.\n- **OR-002** [law] Two.\n- **OR-003** [out] Three.\n- **BX-01** [beyond] Four.\n'

// Put together, so that no count of ids in the tests takes it for one.
const noSuchBehaviour = ['OR', '999'].join('-')

test('a behaviour is proven by the name of a test that passed; those that are out do not count', () => {
  const { sentences, unknown } = behaviourCoverage(folderWith({ 'docs/behaviours.md': behaviours }), [
    'OR-002 and BX-01 hold',
    `${noSuchBehaviour} is invented`,
  ])
  expect(sentences[0]).toBe('2 of 3 behaviours are proven by tests that passed')
  expect(sentences).toContainEqual(expect.stringMatching(/OR .*: 1 of 2$/))
  expect(unknown).toEqual([noSuchBehaviour])
  expect(behavioursIn(behaviours).get('OR-003')).toBe('out')
})
