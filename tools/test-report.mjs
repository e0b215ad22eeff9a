// Reads vitest's JSON report: how many tests passed, failed and were skipped, and what those that passed are called.
import { existsSync, readFileSync } from 'node:fs'

/** `exitCode` is vitest's own: a run that failed without a failed test (a file that did not load, a stray error) still counts as one failure. */
export function readReport(file, exitCode) {
  if (!existsSync(file)) return { passed: 0, failed: 1, skipped: 0, namesOfPassed: [] }
  const files = JSON.parse(readFileSync(file, 'utf8')).testResults
  const tests = files.flatMap((one) => one.assertionResults)
  const count = (...states) => tests.filter((test) => states.includes(test.status)).length
  const unloaded = files.filter((one) => one.status === 'failed' && !one.assertionResults.some((test) => test.status === 'failed')).length
  const failed = count('failed') + unloaded
  return {
    passed: count('passed'),
    failed: failed === 0 && exitCode !== 0 ? 1 : failed,
    skipped: count('pending', 'skipped', 'todo', 'disabled'),
    namesOfPassed: tests.filter((test) => test.status === 'passed').map((test) => [...(test.ancestorTitles ?? []), test.title].join(' ')),
  }
}
