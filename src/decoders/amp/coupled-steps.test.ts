import { expect, test } from 'vitest'
import { NOISELESS } from '../../bounds/noiseless.js'
import { batched } from '../../codes/batched-dictionary.js'
import { coupledLayout, oneBlock, parseCoupling } from '../../codes/coupling.js'
import { IDEAL } from '../../codes/model/description.js'
import { modelOf } from '../../codes/model/general.js'
import { rademacherDictionary } from '../../codes/rademacher.js'
import { ReindexedDictionary } from '../../codes/reindexed.js'
import { drawTrial } from '../../codes/trial.js'
import { unexplained } from '../decode-report.js'
import { coupledAmp, coupledNoises } from './coupled-amp.js'

const coupling = parseCoupling('coupled:3/4/6')
const [N, k, d] = [61, 5, 24]
const drawn = (trial: number) =>
  drawTrial({ N, k, d }, 'steps', trial, undefined, modelOf({ ...IDEAL, dictionary: coupling.text })).problem

const sum = (terms: readonly number[]) => terms.reduce((a, b) => a + b, 0)
const ranked = (odds: readonly number[]) => [...odds.keys()].sort((i, j) => odds[j] - odds[i])

/**
 * The definition, entry by entry: the noises of so many steps, and the k likeliest after each.
 * @param given noises to go on from: whether an entry of a code is rounded up may hang on the last bit of one
 */
function defined(problem: ReturnType<typeof drawn>, steps: number, given: Float64Array[] = [], added = 0) {
  const { dictionary, code } = problem
  const many = batched(dictionary)
  const { rows, columns } = dictionary.size === N ? coupledLayout(coupling, N, d) : oneBlock(30, 12)
  const size = dictionary.size
  const against = Math.log((size - k) / k)
  const blockOf = (j: number) => rows.findIndex((_, r) => j < rows[r + 1])
  const columnOf = (i: number) => columns.findIndex(({ first, size: n }) => i < first + n)
  /** a² of a codeword where it is not 0. */
  const squared = (i: number, j: number) => {
    const { from, to } = columns[columnOf(i)]
    return j >= from && j < to ? 1 / (to - from) : 0
  }
  const every = Array.from({ length: size }, (_, i) => i)
  const onBlock = (r: number, held: readonly number[]) => sum(every.map((i) => squared(i, rows[r]) * held[i]))
  const blocks = rows.slice(1).map((_, r) => r)
  let z = Array.from(code)
  const noiseOf = (held: readonly number[]) =>
    blocks.map((r) => {
      const own = z.slice(rows[r], rows[r + 1])
      const square = ((onBlock(r, held) + added) * sum(own.map((x) => x * x))) / own.length
      return Math.max(NOISELESS, Math.sqrt(square))
    })
  let p = every.map(() => 0)
  let v = noiseOf(every.map(() => (k / size) * (1 - k / size)))
  const noises = [v]
  const likeliest: number[][] = []
  const listed: number[] = []
  for (let t = 0; t < steps; t++) {
    v = [...(given[t] ?? v)]
    const scores = many.correlateMany([Float64Array.from(z, (x, j) => x / v[blockOf(j)])], 4)[0]
    const odds = every.map((i) => {
      const s = sum(blocks.map((r) => ((rows[r + 1] - rows[r]) * squared(i, rows[r])) / v[r]))
      return s * (p[i] + scores[i] / s - 0.5) - against
    })
    const means = odds.map((u) => 1 / (1 + Math.exp(-u)))
    const spread = means.map((mean) => mean * (1 - mean))
    p = means.map((mean) => Math.max(0, mean - 1e-3))
    const kept = spread.map((one, i) => (p[i] > 0 ? one : 0))
    const encoded = many.combine(every, p)
    const before = z
    z = before.map((x, j) => code[j] - encoded[j] + (x * onBlock(blockOf(j), kept)) / v[blockOf(j)])
    v = noiseOf(spread)
    noises.push(v)
    likeliest.push(ranked(odds).slice(0, k))
    listed.push(p.filter((mean) => mean > 0).length)
  }
  return { noises, likeliest, listed }
}

test('its steps are those of the definition, block by block, and it stops where its codewords make the code', () => {
  let [ended, went] = [0, 0]
  for (let trial = 0; trial < 12; trial++) {
    const problem = drawn(trial)
    const { dictionary, code } = problem
    const found = coupledNoises(dictionary, code, k, { iterations: 9 })
    const { noises, likeliest, listed } = defined(problem, 9, found)
    found.forEach((noise, t) => {
      noise.forEach((v, r) => {
        // Where the code is explained the residual is what rounding leaves of it.
        expect(Math.abs(v - noises[t][r])).toBeLessThan(1e-6 * noises[t][r] + 1e-12)
      })
    })
    const explained = likeliest.findIndex(
      (answer, t) => listed[t] >= k && unexplained(dictionary, code, answer) === 0,
    )
    const steps = explained < 0 ? 9 : explained + 1
    expect(found).toHaveLength(steps + 1)
    const report = coupledAmp({ iterations: 9 }).decodeWithReport(problem)
    const residual = unexplained(dictionary, code, likeliest[steps - 1])
    expect(report).toEqual({
      answer: likeliest[steps - 1],
      converged: explained >= 0,
      ...{ residual, gap: residual, iterations: steps, passes: steps },
    })
    if (explained < 0) went++
    else ended++
  }
  expect(Math.min(ended, went)).toBeGreaterThan(1)
})

test('patience ends it so many steps after the sum of its noises was at its least', () => {
  for (const patience of [1, 4]) {
    for (let trial = 0; trial < 4; trial++) {
      const { dictionary } = drawn(trial)
      const code = Float64Array.from({ length: d }, (_, j) => 1.5 * Math.sin(3 * j + trial))
      const noises = coupledNoises(dictionary, code, k, { patience })
      const sums = noises.slice(1).map((noise) => sum([...noise]))
      const least = sums.indexOf(Math.min(...sums))
      expect(sums).toHaveLength(least + 1 + patience)
    }
  }
})

test('noise of the model is added to what the posterior expects; no codeword to read takes no step', () => {
  const answers = new Set<string>()
  for (let trial = 0; trial < 6; trial++) {
    const problem = drawn(trial)
    for (const noiseVariance of [0, 0.3]) {
      const model = { noise: 0.1, noiseVariance, amplitudes: 'constant', active: 'subset' }
      const report = coupledAmp({ iterations: 3 }).decodeWithReport({ ...problem, model })
      const { likeliest } = defined(problem, 3, [], noiseVariance)
      expect(report.answer).toEqual(likeliest[report.iterations - 1])
      answers.add(`${trial}: ${report.answer}`)
    }
  }
  expect(answers.size).toBeGreaterThan(8)
  const problem = drawn(3)
  // Nothing is explained by fewer codewords than there are.
  const zeros = coupledAmp({ patience: 2 }).decodeWithReport({ ...problem, code: new Float64Array(d) })
  expect(zeros).toMatchObject({ converged: false })
  expect(zeros.answer).toHaveLength(k)
  const nothing = { ...problem, code: new Float64Array(d), k: 0 }
  expect(coupledAmp().decodeWithReport(nothing)).toEqual({
    ...{ answer: [], converged: true, residual: 0, gap: 0, iterations: 0, passes: 0 },
  })
  const dictionary = rademacherDictionary(30, 12, [1, 2])
  const one = { ...problem, dictionary, code: Float64Array.from({ length: 12 }, (_, j) => Math.cos(j)) }
  const { noises } = defined(one, 4)
  coupledNoises(dictionary, one.code, k, { iterations: 4 }).forEach(([v], t) => {
    expect(v).toBeCloseTo(noises[t][0], 6)
  })
})

test('a view in another order is read as what it is of, and what is no code is refused', () => {
  const problem = drawn(5)
  const order = Array.from({ length: N }, (_, i) => (7 * i + 3) % N)
  const dictionary = new ReindexedDictionary(problem.dictionary, order)
  const decoder = coupledAmp({ iterations: 4 })
  const { answer, ...report } = decoder.decodeWithReport({ ...problem, dictionary })
  const whole = decoder.decodeWithReport(problem)
  expect(answer.map((i) => order[i])).toEqual(whole.answer)
  expect(report).toMatchObject({ iterations: whole.iterations, passes: whole.passes })
  const code = problem.code.with(2, Number.NaN)
  expect(() => coupledNoises(problem.dictionary, code, k)).toThrow(/^coupledNoises: entry 2 of the code /)
  expect(() => coupledNoises(problem.dictionary, problem.code, N + 1)).toThrow('coupledNoises: k must be')
})
