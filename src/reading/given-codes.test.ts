import { expect, test } from 'vitest'
import { entropyBits } from '../bounds/entropy.js'
import { Float32Dictionary } from '../codes/float32-dictionary.js'
import type { Encoder } from '../codes/read-encoder.js'
import { decoderCalled } from '../decoders/built-in.js'
import { Float32Store, filler } from '../kernels/float32/store.js'
import { stream } from '../random/stream.js'
import { describeCodes } from './given-codes.js'

const [N, d, T, K] = [80, 24, 60, 3]
const draws = stream('given codes')
const matrix = (rows: readonly ArrayLike<number>[]) => {
  const store = new Float32Store(rows.length, rows[0].length)
  filler(store, 'coordinate')(Float32Array.from(rows.flatMap((row) => Array.from(row))))
  return new Float32Dictionary(store)
}
const dictionary = matrix(
  Array.from({ length: N }, () => Array.from({ length: d }, () => draws.uniform() - 0.5)),
)
const alive = Array.from({ length: N }, (_, i) => i)
const unit = dictionary.unit()
/** Sums of three codewords with amplitudes, about 10 in every coordinate. */
const subsets = Array.from({ length: T }, (_, t) => [t % N, (t + 7) % N, (3 * t + 20) % N])
const codes = matrix(
  subsets.map((subset) => unit.combine(subset, [1, 2, 1.5]).map((entry) => Math.fround(entry + 10))),
)
const decoders = ['top-k', 'orthogonal-matching-pursuit'].map(decoderCalled)
const bias = new Float64Array(d).fill(10)
const encoder: Encoder = {
  weights: matrix(alive.map((i) => unit.codeword(i))),
  bias: new Float64Array(N),
  decoderBias: bias,
  activation: 'top-k',
  k: K,
  subtractsBias: true,
  rescaled: false,
}

test('codes that are sums of three codewords are explained by three, and described in their bits', async () => {
  const { rows, offset } = await describeCodes(dictionary, alive, codes, { k: K, decoders, encoder })
  expect(offset).toBe('b_dec')
  const of = (reader: string, k: number) =>
    rows.find((row) => row.reader === reader && row.k === k && row.coefficients === 'least squares')!
  const omp = of('orthogonal-matching-pursuit', K)
  expect(omp.unexplained.value).toBeLessThan(0.1)
  expect(omp.unexplained.value).toBeLessThan(of('top-k', K).unexplained.value)
  for (const reader of ['top-k', 'orthogonal-matching-pursuit', 'encoder told k']) {
    const [one, two, three] = [1, 2, K].map((k) => of(reader, k).unexplained.value)
    expect(one).toBeGreaterThan(two)
    expect(two).toBeGreaterThan(three)
  }
  expect(omp.supportBits).toBeCloseTo(entropyBits(N, K), 9)
  expect(omp.bits).toBeCloseTo(omp.supportBits + K * omp.coefficientBits, 9)
  // Least squares leaves no more than the encoder's own latents do.
  const own = rows.find(({ coefficients }) => coefficients === 'its own')!
  expect(own.unexplained.value).toBeGreaterThan(of('encoder told k', K).unexplained.value)
})

test('without a bias the mean is taken off, and the share is that of its definition', async () => {
  const { rows, offset } = await describeCodes(dictionary, alive, codes, { k: 1, decoders: [decoders[0]] })
  expect(offset).toBe('mean')
  const all = Array.from({ length: T }, (_, t) => codes.codeword(t))
  const mean = Float64Array.from({ length: d }, (_, j) => all.reduce((sum, x) => sum + x[j] / T, 0))
  let [left, whole] = [0, 0]
  for (const x of all) {
    const rest = x.map((entry, j) => entry - mean[j])
    const square = rest.reduce((sum, entry) => sum + entry * entry, 0)
    const best = Math.max(...unit.correlate(rest))
    whole += square
    left += square - best ** 2
  }
  expect(rows[0].unexplained.value).toBeCloseTo(left / whole, 10)
  expect(rows[0].unexplained.interval[0]).toBeLessThan(left / whole)
})

test('codes of another length, or all alike, are refused', async () => {
  const short = matrix([[1, 2, 3]])
  const alike = matrix([codes.codeword(0), codes.codeword(0)])
  await expect(describeCodes(dictionary, alive, short, { k: 1, decoders })).rejects.toThrow(/length 3, where/)
  await expect(describeCodes(dictionary, alive, alike, { k: 1, decoders })).rejects.toThrow(/all the same/)
})
