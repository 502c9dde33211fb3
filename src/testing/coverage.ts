import { takeCoverage } from 'node:v8'
import { afterAll } from 'vitest'

// A forked vitest worker is killed before V8 writes its coverage; this writes it after each test file.
if (process.env.NODE_V8_COVERAGE) afterAll(() => takeCoverage())
