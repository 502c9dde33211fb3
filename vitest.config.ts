import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** The longest files start first: the last to start would keep one worker busy while the others wait. */
const LONG = ['src/package', 'src/success/processes/command-runs', 'src/success/workers/open-sampler']

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) =>
      LONG.findIndex((name) => moduleId.endsWith(`dist/${name}.test.js`))
    const long = files.filter((file) => rank(file) >= 0).sort((a, b) => rank(a) - rank(b))
    const rest = files.filter((file) => rank(file) < 0)
    return [...long, ...(await super.sort(rest))]
  }
}

// Tests run from the compiled output: Node imports `dist/` untransformed, so V8 coverage maps back to the
// TypeScript lines through tsc's own source maps.
export default defineConfig({
  test: {
    include: ['dist/**/*.test.js'],
    tags: [
      {
        name: 'slow',
        description: 'slow by nature: processes, kills, packages. `npm run test:slow` runs them',
      },
      { name: 'verified', description: 'what `npm run verify` checks too, and takes long' },
    ],
    setupFiles: ['dist/src/testing/coverage.js'],
    server: { deps: { external: [/\/dist\//] } },
    // No test changes what another's modules hold, and loading them anew for each file takes a fifth of the time.
    isolate: false,
    sequence: { sequencer: LongestFirst },
    // By default one core is left idle, which on two is half of them.
    maxWorkers: '100%',
    // They end what hangs: the longest test takes a tenth of it, and no machine is to fail for being busy.
    testTimeout: 240_000,
    hookTimeout: 240_000,
  },
})
