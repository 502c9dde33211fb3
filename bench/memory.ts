import { execFileSync } from 'node:child_process'
import type { BenchResult } from './timing.js'

const script = `
const { drawTrial } = await import(process.argv[1])
const { matchingPursuit } = await import(process.argv[2])
const { problem } = drawTrial({ N: 2 ** 20, k: 28, d: 1024 }, 'bench', 0)
matchingPursuit().decode(problem)
console.log(process.resourceUsage().maxRSS / 1024)`

/** Peak memory of a process that draws a dictionary at the reference size and decodes over it. */
export function memoryFigures(): BenchResult[] {
  const modules = ['../src/codes/trial.js', '../src/decoders/greedy/matching-pursuit.js']
  const urls = modules.map((path) => new URL(path, import.meta.url).href)
  const peak = Number(
    execFileSync(process.execPath, ['--input-type=module', '-e', script, ...urls], { encoding: 'utf8' }),
  )
  const what = 'peak memory, N = 2^20, d = 1024, one decode'
  return [{ id: 'memory', what, value: peak, unit: 'MiB', bar: { atMost: 400 } }]
}
