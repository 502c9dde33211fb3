import { writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { gaussianDictionary } from '../codes/dense.js'
import { IDEAL, type ModelDescription } from '../codes/model/description.js'
import { describeFile, openModel } from '../codes/model/open-model.js'
import type { Decoder } from '../codes/problem.js'
import { matchingPursuit } from '../decoders/greedy/matching-pursuit.js'
import { topK } from '../decoders/one-step/top-k.js'
import { npy } from '../io/npz.js'
import { simulationSampler } from '../success/trials/simulation-sampler.js'
import { tempFolder } from '../testing/temp-folder.js'
import { affordableCells } from './baseline/affordable.js'
import { type Baseline, baselineJson, parseBaseline } from './baseline/baseline.js'
import { givenCell } from './baseline/cells.js'
import { contradictionAmong } from './baseline/contradiction.js'
import { recordBaseline } from './baseline/record-baseline.js'
import { gateWithCases } from './cases/gate-with-cases.js'
import { trialOf } from './cases/replay.js'
import { runGate } from './gate.js'

const files = tempFolder()
const [N, d] = [80, 24]
const drawn = gaussianDictionary(N, d, [1, 2])
const path = files.path('rows.npy')
const values = Float32Array.from({ length: N * d }, (_, at) => drawn.codeword(Math.floor(at / d))[at % d])
writeFileSync(path, npy({ shape: [N, d], values }))
const { dictionary } = await describeFile(path, { orientation: 'rows' })
const model: ModelDescription = { ...IDEAL, dictionary, prepare: 'unit' }
const samplerOf = async (decoder: Decoder) => ({
  ...simulationSampler(decoder, await openModel(model)),
  model,
})

/** Matching pursuit that is called top-k, and top-k that mostly forgets a member. */
const better: Decoder = { ...matchingPursuit('unit'), name: 'top-k', decode: matchingPursuit('unit').decode }
const worse: Decoder = {
  name: 'top-k',
  decode(problem) {
    const answer = Array.from(topK().decode(problem) as ArrayLike<number>)
    const other = Array.from({ length: N }, (_, i) => i).find((i) => !answer.includes(i))!
    return problem.random() < 0.8 ? [...answer.slice(1), other] : answer
  },
}

let baseline: Baseline

test('a baseline over a file is of a sparsity, and reads back as it was written', async () => {
  const request = givenCell(N, d, 0.2)
  baseline = await recordBaseline([await samplerOf(topK())], { cells: [request], falseAlarm: 0.02 })
  const [cell] = baseline.cells
  expect(cell).toMatchObject({
    id: `simulation at N = ${N}, d = ${d}`,
    axis: 'k',
    dimension: d,
    method: 'simulation',
  })
  const { k, lower, upper } = cell
  expect(k).toBeGreaterThan(1)
  expect([lower.k, upper.k]).toEqual([Math.ceil(1.2 * k), Math.floor(0.8 * k)])
  expect(lower.mean).toBeLessThan(0.5)
  expect(upper.mean).toBeGreaterThan(0.5)
  expect(cell.interval[0]).toBeLessThan(cell.dimsPerBit)
  expect(cell.interval[1]).toBeGreaterThan(cell.dimsPerBit)
  expect(cell.power.detected).toBeGreaterThan(0.99)
  expect(parseBaseline(JSON.stringify(baselineJson(baseline)))).toEqual(baseline)
  expect(baseline.model).toEqual(model)
  const { cells, notes } = await affordableCells([await samplerOf(topK())], [request])
  expect({ cells, notes }).toMatchObject({ cells: [request], notes: [] })
})

test.each<[string, () => Decoder, string]>([
  ['the same decoder', topK, 'unchanged'],
  ['one that reads more', () => better, 'improved'],
  ['one that reads less', () => worse, 'regressed'],
])('the gate over a file: %s', async (_, decoder, verdict) => {
  const report = await runGate([await samplerOf(decoder())], baseline)
  expect(report.verdict).toBe(verdict)
  const { drift } = report.cells[0]
  if (verdict === 'improved') expect(drift!.below).toBeLessThan(0)
  if (verdict === 'regressed') expect(drift!.above).toBeGreaterThan(0)
})

test('changed trials are kept as cases of their own sparsity, and draw the same problem again', async () => {
  const folder = files.path('cases')
  const found = await gateWithCases('top-k', [await samplerOf(worse)], baseline, folder)
  expect(found.warnings).toEqual([])
  const [{ changedTrials }] = found.report.cells
  expect(found.cases[0]).toMatch(new RegExp(`N${N}-k${changedTrials[0].k}-d${d}-trial`))
  const { d: at, k = 0, trial } = changedTrials[0]
  const { problem, subset } = await trialOf({ N, k, d: at, seed: baseline.seed, trial, model })
  expect(subset).toHaveLength(k)
  expect(problem.dictionary.dimension).toBe(d)
  const again = await gateWithCases('top-k', [await samplerOf(topK())], baseline, folder)
  expect(again.resolved).toEqual(found.cases)
})

test.each<[string, (cell: Baseline['cells'][number]) => object, RegExp]>([
  ['another sparsity', ({ k }) => ({ k: 1.5 * k }), /entropyBits/],
  ['another end', ({ lower }) => ({ lower: { ...lower, k: lower.k! + 1 } }), /lower.k/],
  [
    'another dimension',
    () => ({ dimension: d + 1, id: `simulation at N = ${N}, d = ${d + 1}` }),
    /dimsPerBit|dimension/,
  ],
  ['no axis', () => ({ axis: undefined }), /axis/],
])('a baseline over a file that contradicts itself is refused: %s', (_, change, where) => {
  const [cell] = baseline.cells
  const found = contradictionAmong([{ ...cell, ...change(cell) }], baseline.falseAlarm, model)
  expect(found?.path.join('.')).toMatch(where)
})

test('what reads nothing, and another file, are refused', async () => {
  const nothing: Decoder = { name: 'none', decode: ({ k }) => Array.from({ length: k }, (_, i) => i) }
  const cells = [givenCell(N, d, 0.2)]
  await expect(recordBaseline([await samplerOf(nothing)], { cells })).rejects.toThrow(/not even one codeword/)
  const moved = { ...model, dictionary: { ...dictionary, sha256: 'f'.repeat(64) } }
  await expect(openModel(moved)).rejects.toThrow(/is not the file that was meant/)
})
