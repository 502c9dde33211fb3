import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import type { BenchResult } from './timing.js'

const script = `
const { drawTrial } = await import(process.argv[1])
const { matchingPursuit } = await import(process.argv[2])
const { peakMemory } = await import(process.argv[3])
const { problem } = drawTrial({ N: 2 ** 20, k: 28, d: 1024 }, 'bench', 0)
matchingPursuit().decode(problem)
console.log(peakMemory())`

/** Peak memory of a process that draws a dictionary at the reference size and decodes over it. */
export function memoryFigures(): BenchResult[] {
  const modules = ['../src/codes/trial.js', '../src/decoders/greedy/matching-pursuit.js', './memory.js']
  const urls = modules.map((path) => new URL(path, import.meta.url).href)
  const peak = Number(
    execFileSync(process.execPath, ['--input-type=module', '-e', script, ...urls], { encoding: 'utf8' }),
  )
  const what = 'peak memory, N = 2^20, d = 1024, one decode'
  return [{ id: 'memory', what, value: peak, unit: 'MiB', bar: { atMost: 400 } }]
}

/**
 * The most memory that this process has had resident, in MiB. On Linux `maxRSS` starts at what the process that
 * started this one had, so that the peak of the program that runs now is read where the kernel keeps it.
 */
export function peakMemory(): number {
  const status = '/proc/self/status'
  const line = existsSync(status) ? /^VmHWM:\s*(\d+) kB$/m.exec(readFileSync(status, 'utf8')) : null
  return (line ? Number(line[1]) : process.resourceUsage().maxRSS) / 1024
}
