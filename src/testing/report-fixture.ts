import { countingBound } from '../bounds/counting-bound.js'
import { IDEAL } from '../codes/model/description.js'
import type { GateReport } from '../gate/gate-report.js'
import type { Row } from '../ledger/claim.js'
import type { Figure, Panel } from '../results/figure.js'
import type { Leaderboard, LeaderboardRow, ReferenceRow, VerificationReport } from '../results/report.js'

const row = (id: string, more: Partial<Row>): Row => ({
  id,
  source: 'Section 3.3',
  kind: 'theorem',
  statement: `If |⟨f_i, f_j⟩| < 1/(2k), then d ≥ 2^20 (${id}).`,
  expected: 'proved',
  verdict: 'proved',
  evidence: 'exact; 1000 drawn instances',
  passed: true,
  alpha: 0,
  seconds: 0.1,
  replay: `npx dpb verify --claims ${id} --seed 1`,
  ...more,
})

const rate = {
  decoder: 'top-k',
  N: 2 ** 20,
  k: 28,
  d: 1284,
  trials: 24,
  from: 0,
  seed: '1',
  model: IDEAL,
  ties: 'lowest-index',
  successRate: 0.5,
  interval: [0.1, 0.9],
  confidence: 0.999,
  rule: 'clopper-pearson',
  faultCount: 0,
  faults: [],
  seconds: 1,
} as const

const reference: ReferenceRow = {
  decoder: 'top-k',
  N: 2 ** 20,
  k: 28,
  dimension: 1284.4,
  dimensionInterval: [1275, 1294],
  dimsPerBit: 2.78,
  interval: [2.759, 2.801],
  confidence: 0.99,
  conditional: { ...rate, method: 'conditional' },
  simulation: { ...rate, method: 'simulation' },
  passed: true,
  alpha: 1e-8,
  seconds: 2,
  replay: 'npx dpb success top-k -N 2^20 -k 28 -d 1284',
}

const power = { drift: 0.04, detected: 0.99, confirmed: 0.99 }

const gate: GateReport = {
  verdict: 'unchanged',
  decoder: 'top-k',
  cells: [
    {
      id: 'N = 256, k = 4',
      method: 'conditional',
      N: 256,
      k: 4,
      target: 0.5,
      verdict: 'unchanged',
      dimension: 66.5,
      dimsPerBit: 2.4,
      interval: [2.38, 2.42],
      tolerance: 0.02,
      cap: 9000,
      repeated: 200,
      changed: 0,
      changedTrials: [],
      power,
    },
  ],
  falseAlarm: { total: 1e-6, run: 5e-7, cells: [] },
  power: [],
  failedAgain: [],
  passedAgain: [],
  notes: ['the engine is another one than recorded'],
  seconds: 1,
}

/**
 * A small verification with every verdict, a row against expectation, intervals, and text that would break careless
 * HTML.
 */
export const verification: VerificationReport = {
  version: '0.1.0',
  seed: '1',
  budget: { total: 1e-6, rows: [{ id: 'rate', weight: 1, share: 1e-6, spent: false }] },
  claims: [
    row('first', { data: { closest: 0.108, at: 322 } }),
    row('rate', {
      kind: 'empirical',
      verdict: 'supported',
      expected: 'supported',
      alpha: 1e-6,
      data: [
        { d: 296, rate: 0.99, interval: [0.95, 1] },
        { d: 115, rate: 0.19, interval: [0.03, 0.5] },
      ],
    }),
    row('slip', { kind: 'slip', verdict: 'erratum', expected: 'erratum', source: 'Figure 9, caption' }),
    row('wrong', {
      kind: 'conjecture',
      verdict: 'refuted',
      passed: false,
      evidence: 'fails for </script><b>&',
    }),
    row('open', { kind: 'empirical', verdict: 'inconclusive', expected: 'inconclusive' }),
    row('some', {
      kind: 'conjecture',
      verdict: 'in part',
      expected: 'in part',
      part: 'for k ≥ 2',
      besides: 'recorded tests, each at error 10⁻³',
    }),
  ],
  reference: [
    { ...reference, decoder: 'top-k' },
    { ...reference, decoder: 'threshold', passed: false },
  ],
  seconds: 12,
  gate: [gate],
  environment: { node: 'v20.19.0', kernel: 'simd' },
}

const panel = (title: string, layers: Panel['layers']): Panel => ({
  title,
  x: { label: 'k', scale: 'linear', domain: [0, 40] },
  y: { label: 'd', scale: 'log2', domain: [64, 1024] },
  layers,
})

/** A map with a rule and a measured curve over it, and a panel of curves alone. */
export const figure: Figure = {
  id: '9',
  title: 'Success of a decoder',
  caption: 'Success rates, and the dimension at even odds.',
  command: 'dpb figure 9',
  seed: '1',
  confidence: 0.99,
  columns: 2,
  panels: [
    panel('a map', [
      {
        kind: 'heat',
        name: 'success rate',
        x: [10, 20, 30],
        y: [128, 256, 512],
        values: [
          [0, 0.5, 1],
          [0, 0.25, 1],
          [0, 0.125, 0.875],
        ],
        intervals: [0, 1, 2].map(() => [0, 1, 2].map(() => [0, 1] as const)),
        trials: [0, 1, 2].map(() => [77, 78, 79]),
      },
      {
        kind: 'curve',
        name: 'rule',
        role: 'rule',
        ink: 'brick',
        points: [
          { x: 5, y: 100 },
          { x: 35, y: 900 },
        ],
      },
    ]),
    panel('curves', [
      {
        kind: 'curve',
        name: 'measured',
        role: 'measured',
        ink: 'teal',
        points: [
          { x: 10, y: 128, interval: [120, 140] },
          { x: 20, y: 256, interval: [250, 260] },
        ],
      },
    ]),
  ],
}

const boardRow = (
  dimsPerBit: number,
  more: Pick<LeaderboardRow, 'decoder' | 'method' | 'reliable'>,
): LeaderboardRow => ({
  ...more,
  N: 4096,
  k: 20,
  dimension: dimsPerBit * 178.9,
  dimensionInterval: [100, 2000],
  dimsPerBit,
  interval: [0.9 * dimsPerBit, 1.1 * dimsPerBit],
  trials: 100,
  msPerDecode: 2.5,
  law: { id: 'law', dimension: 1026 },
  timesBound: (dimsPerBit * 178.9) / countingBound(4096, 20),
})

/** Two decoders at one size, and one that has no row. */
export const leaderboard: Leaderboard = {
  command: 'dpb leaderboard',
  seed: '1',
  confidence: 0.99,
  rows: [
    boardRow(5.74, {
      decoder: 'threshold',
      method: 'conditional',
      reliable: { dimension: 1600, dimensionInterval: [1500, 1700] },
    }),
    boardRow(0.97, { decoder: 'matching-pursuit', method: 'simulation', reliable: null }),
  ],
  unreached: [{ decoder: 'ista', N: 4096, k: 20, reason: 'a decode takes 9 s' }],
}
