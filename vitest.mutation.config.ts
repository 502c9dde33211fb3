import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** The unit tests before the rows of the ledger, which take longer. */
class RowsLast extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return files.toSorted((a, b) => b.moduleId.localeCompare(a.moduleId))
  }
}

// What `npm run mutate` runs: tests that stay in their thread, on the TypeScript itself, which Stryker has instrumented. One module
// graph for all files of a run: a mutant is one run.
export default defineConfig({
  test: {
    include: ['src/{bounds,codes,decoders}/**/*.test.ts', 'properties/exact-rows.test.support.ts'],
    sequence: { sequencer: RowsLast },
    isolate: false,
    testTimeout: 60_000,
  },
})
