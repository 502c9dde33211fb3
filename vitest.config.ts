import { defineConfig } from 'vitest/config'

// Tests run from the compiled output: Node imports `dist/` untransformed, so V8 coverage maps back to the
// TypeScript lines through tsc's own source maps.
export default defineConfig({
  test: {
    include: ['dist/**/*.test.js'],
    setupFiles: ['dist/src/testing/coverage.js'],
    server: { deps: { external: [/\/dist\//] } },
    // No test changes what another's modules hold, and loading them anew for each file takes a fifth of the time.
    isolate: false,
    // By default one core is left idle, which on two is half of them.
    maxWorkers: '100%',
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
})
