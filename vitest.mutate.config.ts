// The tests that mutants of the law, the rows and the definition are shown to: the pure ones, which need no database.
import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** The first failure is the end of a mutant: what fails quickly goes first, and the random worlds last. */
class QuickOnesFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isSlow = ({ moduleId }: TestSpecification): boolean => moduleId.includes('/in-memory/worlds')
    return [...files].sort((a, b) => Number(isSlow(a)) - Number(isSlow(b)) || a.moduleId.localeCompare(b.moduleId))
  }
}

export default defineConfig({
  test: {
    environment: 'node',
    include: ['src/law/**/*.test.ts', 'src/rows/**/*.test.ts', 'src/definition/*.test.ts', 'test/agreement/in-memory/*.test.ts'],
    pool: 'threads',
    testTimeout: 60_000,
    sequence: { sequencer: QuickOnesFirst },
  },
})
