// `npm test`: whatever a fresh machine still lacks, then every check and every test, on the embedded database and on a real PostgreSQL.
//   --check   the same without installing Debian packages and without PostgreSQL (unless LATCHKEY_TEST_POSTGRES_URL names one)
//   --long    the long tests alone
// The last line is always `N passed, N failed, N skipped`. Plain JavaScript that Node 20 can run.
import { mkdirSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { modernNode } from '../bin/modern-node.mjs'
import { behaviourCoverage } from './behaviour-coverage.mjs'
import { checks, runChecks } from './checks.mjs'
import { installFromDebian } from './debian.mjs'
import { installPackages } from './packages.mjs'
import { startPostgres } from './private-postgres.mjs'
import { run, step, stopwatch } from './steps.mjs'
import { readReport } from './test-report.mjs'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const report = join(root, 'test-results', 'report.json')
const asked = new Set(process.argv.slice(2))
const onlyChecks = asked.has('--check')
const long = asked.has('--long')
process.chdir(root)
const seconds = stopwatch()

await installPackages(root)
if (!onlyChecks) {
  const advice = await installFromDebian()
  if (advice) finish(advice, { passed: 0, failed: 1, skipped: 0 })
}
const failedChecks = long ? [] : await runChecks(root)
const postgresUrl = await ownerOfPostgres()
const exitCode = await runVitest(postgresUrl)
const tests = readReport(report, exitCode)
const coverage = behaviourCoverage(root, tests.namesOfPassed)
for (const sentence of coverage.sentences) console.log(sentence)
if (coverage.unknown.length > 0) console.log(`✗ tests name behaviours that docs/behaviours.md does not have: ${coverage.unknown.join(' ')}`)
for (const name of failedChecks) console.log(`✗ failed check: ${name}`)
const ranChecks = long ? 0 : checks.length
finish(`took ${seconds()}`, {
  passed: tests.passed + ranChecks - failedChecks.length,
  failed: tests.failed + failedChecks.length + (coverage.unknown.length > 0 ? 1 : 0),
  skipped: tests.skipped,
})

/** The address of a PostgreSQL for the tests: the one that is named, else a private one that ends with this process. */
async function ownerOfPostgres() {
  const named = process.env.LATCHKEY_TEST_POSTGRES_URL
  if (named || onlyChecks) return named
  const postgres = await step('starting a private PostgreSQL', () => startPostgres())
  return postgres.ownerUrl
}

async function runVitest(postgresUrl) {
  rmSync(report, { force: true })
  mkdirSync(dirname(report), { recursive: true })
  const { command, args } = modernNode()
  const vitest = [
    join(root, 'node_modules', 'vitest', 'vitest.mjs'),
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ]
  const env = {
    ...process.env,
    ...(postgresUrl ? { LATCHKEY_TEST_POSTGRES_URL: postgresUrl } : {}),
    ...(long ? { LATCHKEY_LONG_TESTS: 'yes' } : {}),
  }
  const { code } = await run(command, [...args, ...vitest], { cwd: root, env })
  return code
}

function finish(sentence, { passed, failed, skipped }) {
  console.log(sentence)
  console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`)
  process.exit(failed === 0 ? 0 : 1)
}
