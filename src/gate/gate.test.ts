import { expect, test } from 'vitest'
import { momentsOf } from '../statistics/moments.js'
import { type SyntheticOptions, synthetic } from '../testing/synthetic-sampler.js'
import type { Baseline } from './baseline/baseline.js'
import type { CellRequest } from './baseline/cells.js'
import { bracketPower } from './baseline/power.js'
import { recordBaseline } from './baseline/record-baseline.js'
import { bracket } from './bracket.js'
import { runGate } from './gate.js'

const cell: CellRequest = { N: 256, k: 8, method: 'simulation', tolerance: 0.1 }
const record = (
  more: Partial<CellRequest> = {},
  options: Partial<SyntheticOptions> = {},
  falseAlarm = 1e-6,
) =>
  recordBaseline([synthetic({ dimension: 200, ...options })], { cells: [{ ...cell, ...more }], falseAlarm })
const gate = (baseline: Baseline, options: Partial<SyntheticOptions>) =>
  runGate([synthetic({ dimension: 200, noise: 1, ...options })], baseline)

const baseline = await record()
const { lower, upper } = baseline.cells[0]

test('a recorded decoder lies between the dimensions of its bracket, with the confidence said', () => {
  const [one] = baseline.cells
  expect(one.dimension).toBeGreaterThan(196)
  expect(one.dimension).toBeLessThan(204)
  expect(one.steepness).toBeGreaterThan(5)
  expect(one.steepness).toBeLessThan(12)
  expect(lower.d).toBe(Math.floor(0.9 * one.dimension))
  expect(upper.d).toBe(Math.ceil(1.1 * one.dimension))
  expect(one.interval).toEqual([lower.d / one.entropyBits, upper.d / one.entropyBits])
  expect(one.confidence).toBe(1 - 5e-7)
  expect(one.power.detected).toBeGreaterThan(0.999)
  expect(one.power.confirmed).toBeGreaterThan(0.99)
})

test('the same decoder is unchanged, and no budget is spent', async () => {
  const report = await gate(baseline, { noise: 0 })
  expect(report).toMatchObject({ verdict: 'unchanged', notes: [], decoder: 'synthetic' })
  expect(report.cells[0]).toMatchObject({ verdict: 'unchanged', changed: 0, changedTrials: [] })
  expect(report.falseAlarm).toEqual({
    total: 1e-6,
    run: 5e-7,
    cells: [{ id: baseline.cells[0].id, weight: 1, share: 5e-7, spent: false }],
  })
})

test.each([
  ['equivalent', 200],
  ['regressed', 250],
  ['improved', 160],
] as const)(
  'other outcomes are %s at a dimension of %d, shown by an interval',
  async (verdict, dimension) => {
    const report = await gate(baseline, { dimension })
    expect(report.verdict).toBe(verdict)
    const [{ lower, upper, drift, changed, changedTrials, powerUsed }] = report.cells
    expect(changed).toBeGreaterThan(0)
    for (const { recorded, now } of changedTrials) expect(recorded).not.toBe(now)
    if (verdict !== 'improved') expect(changedTrials[0]).toMatchObject({ recorded: 1, now: 0 })
    const above = (side: typeof lower) => side!.rate.interval[0] > 0.5
    const below = (side: typeof lower) => side!.rate.interval[1] < 0.5
    expect({
      regressed: below(upper),
      improved: above(lower),
      equivalent: above(upper) && below(lower),
    }).toEqual({
      regressed: verdict === 'regressed',
      improved: verdict === 'improved',
      equivalent: verdict === 'equivalent',
    })
    expect(drift!.estimate).toBeCloseTo(dimension / 200 - 1, 1)
    if (drift!.above !== undefined) expect(dimension / 200 - 1).toBeGreaterThan(drift!.above)
    if (drift!.below !== undefined) expect(dimension / 200 - 1).toBeLessThan(drift!.below)
    expect(powerUsed!.detected).toBeLessThanOrEqual(report.power[0].detected)
    expect(report.falseAlarm.cells[0].spent).toBe(true)
  },
)

test('a spare cell without power gives way to the next, of which none is tried twice', async () => {
  const size = (N: number, tolerance: number) => ({ ...cell, N, k: 1, tolerance, spare: true })
  // A dimension of 4 with a tolerance of 0.05 is between 3 and 5, and a drift of 12.5 % leads to 4.5.
  const flat = synthetic({ dimension: 4 })
  const notes: string[] = []
  const own = { ...cell, N: 6, k: 1, tolerance: 0.2 }
  const first = { ...size(5, 0.05), instead: { ...size(6, 0.2), instead: size(7, 0.2) } }
  const { cells } = await recordBaseline([flat], { cells: [own, first], onNote: (note) => notes.push(note) })
  expect(cells.map(({ N }) => N)).toEqual([6, 7])
  expect(cells.map(({ confidence }) => 1 - confidence)).toEqual(Array(2).fill(expect.closeTo(1e-6 / 6, 12)))
  expect(notes).toEqual([
    expect.stringMatching(
      /^simulation at N = 5, k = 1 is left out: a drift of 12\.5 % would be found with probability 0 %$/,
    ),
  ])
})

test('paired outcomes are counted as they were recorded', async () => {
  const { cells } = await gate(baseline, { noise: 0, dimension: 203 })
  const { paired } = cells[0].upper!
  expect(paired.gains).toBe(0)
  expect(paired.losses).toBeGreaterThan(0)
  const { values } = await synthetic({ dimension: 203 }).run(
    { N: 256, k: 8, d: upper.d },
    '1',
    0,
    paired.trials,
  )
  const losses = upper.values.slice(0, paired.trials).filter((value, t) => value > values[t])
  expect(paired.losses).toBe(losses.length)
})

test('a trial that breaks the contract is a regression by itself, wherever it comes', async () => {
  const late = baseline.cells[0].repeated + 1
  for (const faultAt of [3, late]) {
    const options = faultAt === late ? { noise: 1, dimension: upper.d } : { noise: 0 }
    const report = await gate(baseline, { ...options, faultAt })
    expect(report).toMatchObject({
      verdict: 'regressed',
      cells: [{ fault: { trial: faultAt, message: 'threw: no idea' } }],
    })
  }
})

test('a run ends with the first cell that has regressed', async () => {
  const two = await recordBaseline([synthetic({ dimension: 200 })], { cells: [cell, { ...cell, k: 9 }] })
  expect(two.cells.map(({ confidence }) => 1 - confidence)).toEqual([
    expect.closeTo(2.5e-7, 12),
    expect.closeTo(2.5e-7, 12),
  ])
  const report = await gate(two, { dimension: 260 })
  expect(report.cells.map(({ k }) => k)).toEqual([8])
  expect(report.notes).toEqual([expect.stringContaining('k = 9')])
  expect(report.falseAlarm.cells.map(({ spent }) => spent)).toEqual([true, false])
})

test('another engine is a note where outcomes differ, and only there', async () => {
  const elsewhere = { ...baseline, engine: { ...baseline.engine, node: '18.0.0' } }
  expect((await gate(elsewhere, { noise: 0 })).notes).toEqual([])
  const { verdict, notes } = await gate(elsewhere, {})
  expect(verdict).toBe('equivalent')
  expect(notes).toEqual([expect.stringMatching(/node 18\.0\.0 then, \d+\.\d+\.\d+ now/)])
})

test('a wider tolerance asks elsewhere; a finer one cannot be answered', async () => {
  const options = { tolerance: 0.3 }
  const { verdict, cells } = await runGate([synthetic({ dimension: 240, noise: 1 })], baseline, options)
  expect(verdict).toBe('equivalent')
  expect(cells[0].upper).toMatchObject({
    d: Math.ceil(1.3 * baseline.cells[0].dimension),
    paired: { trials: 0 },
  })
  await expect(runGate([synthetic({ dimension: 200 })], baseline, { tolerance: 0.05 })).rejects.toThrow(
    /knows its dimensions to ±0\.1, not to ±0\.05/,
  )
})

test('trials that failed last time come first, and it is said which fail again', async () => {
  const places = [2, 5].map((trial) => ({ N: 256, k: 8, d: upper.d, trial }))
  const order: number[] = []
  const sampler = synthetic({ dimension: 200 })
  const watched: typeof sampler = {
    ...sampler,
    async run(shape, seed, from, trials) {
      order.push(trials === 1 ? from : -1)
      const { values } = await sampler.run(shape, seed, from, trials)
      const changed = Array.from(values, (value, t) =>
        from + t === 5 && shape.d === upper.d ? 1 - value : value,
      )
      return { values: changed, faults: [] }
    },
  }
  const wasRight = {
    ...baseline,
    cells: [
      { ...baseline.cells[0], upper: { ...upper, values: upper.values.map((v, t) => (t === 5 ? 1 : v)) } },
    ],
  }
  const { failedAgain } = await runGate([{ ...watched }], wasRight, {
    first: [...places, { ...places[0], k: 7 }],
  })
  expect(order.slice(0, 2)).toEqual([2, 5])
  const now = (await sampler.run({ N: 256, k: 8, d: upper.d }, '1', 5, 1)).values[0]
  expect(failedAgain).toEqual(now === 1 ? [places[1]] : [])
})

test('probabilities given the members take the test of means', async () => {
  const given = { method: 'conditional' } as const
  const means = await record({ tolerance: 0.05, ...given }, given)
  const [one] = means.cells
  expect(one.upper.values.length).toBeLessThanOrEqual(256)
  expect((await gate(means, { ...given, noise: 0 })).verdict).toBe('unchanged')
  expect((await gate(means, given)).verdict).toBe('equivalent')
  expect((await gate(means, { ...given, dimension: 230 })).verdict).toBe('regressed')
  await expect(gate(means, {})).rejects.toThrow(/needs the method conditional/)
})

test('of 1000 runs at a budget of 5 %, at most 5 % raise a false alarm', async () => {
  const loose = await record({ tolerance: 0.2 }, {}, 0.05)
  // In law the same decoder; and the worst of those that are still within the tolerance.
  for (const dimension of [200, loose.cells[0].upper.d]) {
    let alarms = 0
    for (let noise = 1; noise <= 500; noise++) {
      const { verdict } = await gate(loose, { noise, dimension })
      if (verdict === 'regressed' || verdict === 'improved') alarms++
    }
    expect(alarms).toBeLessThanOrEqual(25)
  }
})

const at = { N: 256, k: 8, lower: { d: 180 }, upper: { d: 220 }, target: 0.5, seed: '1' }

test('a bracket errs as often as it may at a rate that is the target, and no more', async () => {
  const runs = 1000
  let wrong = 0
  for (let noise = 1; noise <= runs; noise++) {
    const { upper } = await bracket(synthetic({ dimension: 220, noise }), { ...at, alpha: 0.4, cap: 100 })
    if (upper.verdict !== 'undecided') wrong++
  }
  // Half of alpha for either dimension, and 3.7 standard deviations of a binomial share.
  expect(wrong / runs).toBeLessThan(0.2 + 3.7 * Math.sqrt((0.2 * 0.8) / runs))
  expect(wrong / runs).toBeGreaterThan(0.05)
})

test.each([
  ['simulation', 100],
  ['conditional', 40],
] as const)('by %s drifts are detected as often as the power says, or more', async (method, cap) => {
  const seen = async (d: number) => {
    const { values } = await synthetic({ dimension: 200, method }).run({ N: 256, k: 8, d }, '', 0, 20_000)
    return { d, variance: momentsOf(Array.from(values)).m2 / 20_000 }
  }
  const drift = 0.3
  const alpha = 1e-4
  const ends = { lower: await seen(at.lower.d), upper: await seen(at.upper.d) }
  const found50 = { target: 0.5, dimension: 200, k: 8, doubt: 0, steepness: 8 }
  const { detected } = bracketPower({ method, ...found50, ...ends, alpha, cap, drift })
  const runs = 300
  let found = 0
  for (let noise = 1; noise <= runs; noise++) {
    const sampler = synthetic({ dimension: 200 * (1 + drift), noise, method })
    if ((await bracket(sampler, { ...at, alpha, cap })).verdict === 'above') found++
  }
  // 3.7 standard deviations; the power of a mean is a bound.
  const noise = 3.7 * Math.sqrt((detected * (1 - detected)) / runs)
  expect(found / runs).toBeGreaterThan(detected - noise)
  if (method === 'simulation') expect(found / runs).toBeLessThan(detected + noise)
  expect(detected).toBeGreaterThan(0.5)
})

test('the stated power holds of both tiers: a drift is missed no more often than either may miss it', async () => {
  // Success grows so slowly that a drift of 5 % changes one trial in twelve.
  const flat = { steepness: 7 }
  const recorded = await recordBaseline([synthetic({ dimension: 200, ...flat })], {
    cells: [{ ...cell, tolerance: 0.02 }],
    falseAlarm: 0.1,
  })
  const [{ repeated, power }] = recorded.cells
  expect(power.firstTier).toBeGreaterThan(0.9999 - 1e-9)
  // The same decoder but for its dimension: trials that the drift does not reach come out as recorded.
  const verdicts: string[] = []
  for (let run = 0; run < 30; run++) {
    const seed = `run ${run}`
    const valuesAt = async (d: number) => {
      const before = synthetic({ dimension: 200, ...flat })
      return Array.from((await before.run({ ...cell, d }, seed, 0, repeated)).values)
    }
    const [one] = recorded.cells
    const lower = { ...one.lower, values: await valuesAt(one.lower.d) }
    const upper = { ...one.upper, values: await valuesAt(one.upper.d) }
    const cells = [{ ...one, lower, upper }]
    const drifted = synthetic({ dimension: 200 * (1 + power.drift), ...flat })
    const { verdict, power: stated } = await runGate([drifted], { ...recorded, seed, cells })
    verdicts.push(verdict)
    expect(stated[0].detected).toBeLessThanOrEqual(power.detected + power.firstTier! - 1 + 1e-12)
  }
  expect(verdicts.filter((verdict) => verdict === 'unchanged')).toEqual([])
  expect(verdicts.filter((verdict) => verdict === 'regressed').length).toBeGreaterThan(28)
})

test('a fresh gate repeats nothing: what a decoder has learned of the recorded trials does it no good', async () => {
  const { verdict, cells, notes } = await runGate([synthetic({ dimension: 250 })], baseline, { fresh: 'new' })
  expect(verdict).toBe('regressed')
  expect(cells[0].repeated).toBe(0)
  expect(notes).toContain("no recorded trial was repeated: all are drawn from the seed 'new'")
  const same = await runGate([synthetic({ dimension: 200 })], baseline, { fresh: 'new' })
  expect(same.verdict).toBe('equivalent')
  expect(same.power[0].firstTier).toBe(1)
})
