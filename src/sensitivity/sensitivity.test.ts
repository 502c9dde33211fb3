import { beforeAll, describe, expect, test } from 'vitest'
import { builtInDecoder } from '../decoders/built-in.js'
import type { Baseline } from '../gate/baseline/baseline.js'
import type { CellRequest } from '../gate/baseline/cells.js'
import { recordBaseline } from '../gate/baseline/record-baseline.js'
import { sensitivityCells, sensitivityMarkdown, sensitivitySummary } from '../report/sensitivity.js'
import { simulationSampler } from '../success/trials/simulation-sampler.js'
import { callCli } from '../testing/call-cli.js'
import { bracketTier } from './examine-mutant.js'
import { faults } from './mutants/faults.js'
import { allRewrites, rewrites } from './mutants/rewrites.js'
import { sensitivity } from './sensitivity.js'

const tiny: CellRequest = { N: 64, k: 3, method: 'simulation', tolerance: 0.15 }

describe.each(['top-k', 'matching-pursuit'])('the gate on %s mutated', (name) => {
  const decoder = builtInDecoder(name)!
  let baseline: Baseline
  beforeAll(async () => {
    const { cells, ...rest } = await recordBaseline([simulationSampler(decoder)], { cells: [tiny] })
    baseline = { ...rest, cells: cells.map((cell) => ({ ...cell, repeated: Math.min(cell.repeated, 48) })) }
  })

  test.each(rewrites(name))('a rewrite is left alone: $what', async ({ apply }) => {
    const { verdict } = await bracketTier(simulationSampler(apply(decoder)), baseline)
    expect(['unchanged', 'equivalent']).toContain(verdict)
  })

  test.each(['drops-50', 'rounds-1', 'off-by-one', 'stale-dictionary'])(
    'a gross fault is a regression: %s',
    async (id) => {
      const { apply } = faults.find((fault) => fault.id === id)!
      const { verdict, trials } = await bracketTier(simulationSampler(apply(decoder)), baseline)
      expect(verdict).toBe('regressed')
      expect(trials).toBeGreaterThan(0)
    },
  )
})

test('thirty faults and twelve rewrites, each with a name of its own', () => {
  const all = [...faults, ...allRewrites]
  expect(faults).toHaveLength(30)
  expect(new Set(all.map(({ id }) => id)).size).toBe(30 + 12)
})

test('what became of each is told apart, in text and Markdown', { tags: ['slow'] }, async () => {
  const only = ['asynchronous', 'wrong-step-0.8', 'off-by-one', 'drops-50']
  const report = await sensitivity('top-k', { cells: [tiny], only, workers: 1, checkSeconds: 0.6 })
  expect(report.rows.map(({ id, kind, fate, caughtBy }) => [id, kind, fate, caughtBy])).toEqual([
    ['asynchronous', 'rewrite', 'kept', undefined],
    ['drops-50', 'fault', 'caught', 'check'],
    ['wrong-step-0.8', 'fault', 'harmless', undefined],
    ['off-by-one', 'fault', 'caught', 'check'],
  ])
  const [, dropping] = report.rows
  const [kept, drops, step] = report.rows.map(sensitivityCells)
  expect(kept[3]).toMatch(/^kept: \d+ instances, \d+(\.\d)? s$/)
  expect(drops[2]).toBe('caught by check')
  expect(drops[5]).toBe('–')
  const drift = { above: 0.151, estimate: -0.002 }
  const bracket = { verdict: 'regressed' as const, cell: '', trials: 64, drift, seconds: 0.1 }
  expect(sensitivityCells({ ...dropping, bracket })[5]).toBe(
    'regressed (> +15.1 %, ≈ −0.2 %): 64 trials, 0.1 s',
  )
  expect(step[5]).toMatch(/^(unchanged|equivalent .*): /)
  expect(sensitivitySummary(report)).toBe(
    'top-k: 2 of 3 faults caught, 1 harmless; 1 of 1 rewrite left alone',
  )
  expect(sensitivityMarkdown([report])).toMatch(
    /\n## top-k\n\ntop-k: 2 of 3 faults caught.*\n\n\| planted \|.*\n\|( --- \|){6}\n(\| .* \|\n){4}$/,
  )
})

test('a name that is none is refused before anything is recorded', async () => {
  const { status, stderr } = await callCli('sensitivity', 'top-k', '--faults', 'gremlins')
  expect(status).toBe(2)
  expect(stderr).toMatch(
    /^dpb: nothing to plant in top-k is called 'gremlins'; there are codeword-by-codeword, .*\n$/,
  )
})
