// The tests that mutants of the law, the rows and the definition are shown to: the pure ones, which need no database.
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    environment: 'node',
    include: ['src/law/**/*.test.ts', 'src/rows/**/*.test.ts', 'src/definition/**/*.test.ts', 'test/agreement/in-memory/*.test.ts'],
    pool: 'threads',
    testTimeout: 60_000,
  },
})
