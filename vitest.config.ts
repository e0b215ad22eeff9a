// How the tests run: each file in a process of its own, two at a time, with room for a slow machine.
import { defineConfig } from 'vitest/config'

const everyTest = [
  'src/**/*.test.ts',
  'cli/**/*.test.ts',
  'client/**/*.test.ts',
  'web/**/*.test.ts',
  'test/**/*.test.ts',
  'tools/**/*.test.ts',
]
const longTests = '**/*.long.test.ts'
const asksForLongTests = process.env['LATCHKEY_LONG_TESTS'] === 'yes'

export default defineConfig({
  test: {
    environment: 'node',
    include: asksForLongTests ? [longTests] : everyTest,
    exclude: asksForLongTests ? ['**/node_modules/**', '**/dist/**'] : ['**/node_modules/**', '**/dist/**', longTests],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: asksForLongTests ? 900_000 : 180_000,
    hookTimeout: 240_000,
    teardownTimeout: 20_000,
  },
})
