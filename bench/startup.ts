import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { median } from '../src/numerics/median.js'
import type { BenchResult } from './timing.js'

const program = fileURLToPath(new URL('../src/cli/main.js', import.meta.url))

/** Calls that mostly load, and how many times as long as Node alone they may take. */
const calls = [
  { args: '--help', status: 0, atMost: 3 },
  { args: '--version', status: 0, atMost: 3 },
  { args: 'plam', status: 2, atMost: 3 },
  { args: 'plan -N 2^20 -k 28', status: 0, atMost: 3.2 },
  { args: 'verify --claims chernoff', status: 0, atMost: 10 },
]

/** Pairs of runs: the machine's speed drifts, and the median of the pairs' ratios does not. */
const PAIRS = 25

/** How long a call of the command line takes, against `node -e 0` just before it. */
export function* startupFigures(): Generator<BenchResult> {
  for (const { args, status, atMost } of calls) {
    const call = [program, ...args.split(' ')]
    seconds(call, status)
    const ratios = Array.from({ length: PAIRS }, () => {
      const alone = seconds(['-e', '0'], 0)
      return seconds(call, status) / alone
    })
    yield {
      id: `startup ${args}`,
      what: `dpb ${args} / node -e 0, median of ${PAIRS} pairs`,
      value: median(ratios),
      unit: '×',
      bar: { atMost },
    }
  }
}

/** Wall-clock time of a Node process. Throws where it does not end with this status: what fails is not fast. */
function seconds(args: readonly string[], status: number): number {
  const start = performance.now()
  const run = spawnSync(process.execPath, args, { encoding: 'utf8' })
  const taken = (performance.now() - start) / 1000
  if (run.status !== status) throw new Error(`node ${args.join(' ')} ended with ${run.status}: ${run.stderr}`)
  return taken
}
