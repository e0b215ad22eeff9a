// The tests that mutants of the law, the rows and the definition are shown to: the small pure ones. The random worlds (test/agreement/in-memory) would
// notice more, but each of them takes as long as all of these together, and what nobody notices is shown to every test.
import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** The first failure is the end of a mutant: the quickest tests go first, those of whole portals last. */
const order = [
  /definition\/compile/,
  /src\/rows/,
  /definition\/schema/,
  /definition\/(?!portals|read\.)/,
  /definition\/read/,
  /src\/law/,
  /./,
]
const placeOf = ({ moduleId }: TestSpecification): number => order.findIndex((part) => part.test(moduleId))

class QuickOnesFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return [...files].sort((a, b) => placeOf(a) - placeOf(b) || a.moduleId.localeCompare(b.moduleId))
  }
}

export default defineConfig({
  test: {
    environment: 'node',
    include: [
      'src/law/**/*.test.ts',
      'src/rows/**/*.test.ts',
      'src/definition/*.test.ts',
      'test/agreement/in-memory/generated-texts.test.ts',
    ],
    pool: 'threads',
    isolate: false,
    testTimeout: 60_000,
    sequence: { sequencer: QuickOnesFirst },
  },
})
