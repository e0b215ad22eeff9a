// Mutation testing of the law, the rows and the definition (`npm run mutate`): is there a test that notices each small mistake?
// The list of files is fixed; nothing is left out by comments. Survivors are explained in docs/mutation.md.
export default {
  testRunner: 'vitest',
  vitest: { configFile: 'vitest.mutate.config.ts' },
  plugins: ['@stryker-mutator/vitest-runner'],
  mutate: ['src/law/*.ts', 'src/rows/*.ts', 'src/definition/*.ts', '!src/**/*.test.ts', '!src/**/*.test-support.ts'],
  coverageAnalysis: 'perTest',
  concurrency: 2,
  timeoutMS: 60_000,
  reporters: ['clear-text', 'progress', 'json'],
  jsonReporter: { fileName: 'test-results/mutation.json' },
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false, reportScoreTable: true },
  tempDirName: 'test-results/stryker',
  ignorePatterns: ['web', 'bench', 'dist', 'test-results', 'src/features', 'src/platform', 'test/journeys'],
  allowConsoleColors: false,
  disableTypeChecks: false,
  thresholds: { high: 95, low: 95, break: 95 },
}
