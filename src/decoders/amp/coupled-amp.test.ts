import { expect, test } from 'vitest'
import { coupledEvolution } from '../../bounds/coupled-evolution.js'
import { coupledLayout, parseCoupling } from '../../codes/coupling.js'
import { IDEAL } from '../../codes/model/description.js'
import { modelOf } from '../../codes/model/general.js'
import { rademacherArena } from '../../codes/rademacher.js'
import { ReindexedDictionary } from '../../codes/reindexed.js'
import { sameSubset } from '../../codes/subset.js'
import { drawTrial } from '../../codes/trial.js'
import { ampBernoulli } from './amp.js'
import { coupledAmp, coupledNoises } from './coupled-amp.js'

const arena = rademacherArena()
const shape = { N: 2 ** 12, k: 100, d: 460 }
const coupling = parseCoupling('coupled:3/4/6')
const model = modelOf({ ...IDEAL, dictionary: coupling.text })
const drawn = (trial: number, size = shape) => drawTrial(size, 'coupled', trial, arena, model)

test('the noise of its row blocks follows state evolution with the counts as drawn', () => {
  const wide = { N: 2 ** 14, k: 400, d: 1280 }
  const { columns } = coupledLayout(coupling, wide.N, wide.d)
  const [measured, predicted] = [new Float64Array(10), new Float64Array(10)]
  for (let trial = 0; trial < 4; trial++) {
    const { problem, subset } = drawn(trial, wide)
    const counts = columns.map(
      ({ first, size }) => subset.filter((i) => i >= first && i < first + size).length,
    )
    const paths = [
      coupledNoises(problem.dictionary, problem.code, wide.k, { iterations: 10 }),
      coupledEvolution({ coupling, ...wide, counts }),
    ]
    for (let t = 0; t < 10; t++) {
      for (const [sums, path] of [
        [measured, paths[0]],
        [predicted, paths[1]],
      ] as const) {
        sums[t] += path[t]?.reduce((sum, v) => sum + v, 0) ?? 0
      }
    }
  }
  for (let t = 0; t <= 5; t++) expect(Math.abs(measured[t] / predicted[t] - 1)).toBeLessThan(0.05)
  for (let t = 6; t < 10; t++) expect(Math.abs(measured[t] / predicted[t] - 1)).toBeLessThan(0.1)
})

test('reads what AMP for one block does not, says when, and whatever the order of the codewords', () => {
  let [coupled, single] = [0, 0]
  for (let trial = 0; trial < 6; trial++) {
    const { problem, subset } = drawn(trial, { N: 2 ** 12, k: 100, d: 420 })
    const { answer, residual } = coupledAmp().decodeWithReport(problem)
    const right = sameSubset(answer, subset)
    expect(residual === 0).toBe(right)
    coupled += Number(right)
    single += Number(sameSubset(ampBernoulli().decodeWithReport(problem).answer, subset))
    if (trial > 0) continue
    const order = Array.from({ length: shape.N }, (_, i) => (5 * i + 3) % shape.N)
    const dictionary = new ReindexedDictionary(problem.dictionary, order)
    const again = coupledAmp().decodeWithReport({ ...problem, dictionary })
    expect(again.answer.map((i) => order[i])).toEqual(answer)
  }
  expect(coupled).toBeGreaterThan(single + 3)
})

test('over random signs it is AMP of one block, and refuses amplitudes that it does not know', () => {
  const { problem, subset } = drawTrial({ N: 1024, k: 16, d: 110 }, 'one block', 0, arena)
  expect(sameSubset(coupledAmp().decodeWithReport(problem).answer, subset)).toBe(true)
  const uneven = { noise: 0, noiseVariance: 0, amplitudes: 'half-normal', active: 'subset' }
  expect(() => coupledAmp().decodeWithReport({ ...problem, model: uneven })).toThrow(
    /^coupled-amp reads amplitudes of 1 alone, not half-normal$/,
  )
})
