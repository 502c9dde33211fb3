import { expect, test } from 'vitest'
import { hardBits } from '../bounds/general/bits-read.js'
import { Float32Dictionary } from '../codes/float32-dictionary.js'
import { parseActivity } from '../codes/model/activity.js'
import { IDEAL } from '../codes/model/description.js'
import { lawsOf } from '../codes/model/general.js'
import type { Encoder } from '../codes/read-encoder.js'
import { decoderCalled } from '../decoders/built-in.js'
import { Float32Store, filler } from '../kernels/float32/store.js'
import { inner } from '../numerics/inner.js'
import { stream } from '../random/stream.js'
import { drawnCode } from './drawn-codes.js'
import { encoderReaders } from './encoder-reader.js'
import { pairedGap } from './paired-gap.js'
import { reading } from './reading.js'

const [N, d] = [120, 24]
const draws = stream('reading')
const drawn = (rows: number, make: (i: number, j: number) => number) => {
  const store = new Float32Store(rows, d)
  const at = (_: unknown, n: number) => make(Math.floor(n / d), n % d)
  filler(store, 'coordinate')(Float32Array.from({ length: rows * d }, at))
  return new Float32Dictionary(store)
}
const dictionary = drawn(N, (i) => (1 + (i % 3)) * (draws.uniform() - 0.5))
const alive = Array.from({ length: N }, (_, i) => i)
const unit = dictionary.unit()
const laws = lawsOf(IDEAL)
const zeros = new Float64Array(N)

/** The transpose of unit codewords, of those rows that are not told otherwise. */
const tied = (row = (i: number) => i, more: Partial<Encoder> = {}): Encoder => ({
  weights: drawn(N, (i, j) => unit.codeword(row(i))[j]),
  bias: zeros,
  decoderBias: new Float64Array(d),
  activation: 'relu',
  subtractsBias: true,
  rescaled: false,
  ...more,
})

test.each<[string, Partial<Encoder>]>([
  ['relu', { activation: 'relu' }],
  ['jumprelu', { activation: 'jumprelu', threshold: zeros.map((_, i) => 0.2 + 0.01 * (i % 7)) }],
  ['top-k', { activation: 'top-k', k: 5 }],
  ['top-k of contributions', { activation: 'top-k', k: 5, rescaled: true }],
  ['a bias that stays in the code', { subtractsBias: false }],
])('an encoder names what its definition says: %s', async (_, more) => {
  const bias = zeros.map((_, i) => 0.05 * ((i % 5) - 3))
  const decoderBias = Float64Array.from({ length: d }, (_, j) => 0.1 * (j % 4))
  const encoder = tied(undefined, { bias, decoderBias, ...more })
  const norms = dictionary.norms()
  const k = 4
  const scale = 2.5
  const problem = { codewords: unit, alive, norms, k, laws, seed: 's' }
  const [asItIs, toldK] = encoderReaders(encoder, problem, scale)
  const codes = [0, 1, 2].map((t) => drawnCode(unit, k, laws, 's', 'codes', t))
  const [answers, told] = [await asItIs.read(codes), await toldK.read(codes)]
  codes.forEach(({ code }, n) => {
    const x = code.map((entry, j) => scale * entry + decoderBias[j])
    const seen = encoder.subtractsBias ? x.map((entry, j) => entry - decoderBias[j]) : x
    const z = alive.map((i) => inner(encoder.weights.codeword(i), seen) + bias[i])
    const order = (value: (i: number) => number) => alive.toSorted((a, b) => value(b) - value(a))
    const contribution = (i: number) => z[i] * norms[i]
    const kept = order(encoder.rescaled ? contribution : (i) => z[i]).slice(0, encoder.k ?? N)
    const on = kept.filter((i) => z[i] > (encoder.threshold?.[i] ?? 0))
    expect(Array.from(answers[n]).sort()).toEqual(on.sort())
    expect(Array.from(told[n]).sort()).toEqual(order(contribution).slice(0, k).sort())
  })
})

const options = {
  k: 3,
  decoders: ['top-k', 'matching-pursuit'].map(decoderCalled),
  codes: 150,
  seed: '7',
}

test('a tied encoder that is told k loses nothing against top-k; one that half forgot loses half', async () => {
  const same = await reading(unit, alive, { ...options, encoder: tied() })
  const told = same.gaps.find(({ reader, than }) => reader === 'top-k' && than === 'encoder told k')!
  expect(told.recall.value).toBe(0)
  expect(told.bitsRead.value).toBe(0)
  expect(same.readers.map(({ reader }) => reader)).toEqual([
    'encoder',
    'encoder told k',
    'top-k',
    'matching-pursuit',
  ])
  // Every second latent looks for another codeword than the one that it adds.
  const half = await reading(unit, alive, { ...options, encoder: tied((i) => (i % 2 ? N - i : i)) })
  for (const gap of half.gaps.filter(({ reader }) => reader === 'matching-pursuit')) {
    // As it stands it names half of all codewords, and bits tell what recall does not.
    if (gap.than === 'encoder told k') expect(gap.recall.interval[0]).toBeGreaterThan(0.25)
    expect(gap.bitsRead.interval[0]).toBeGreaterThan(5)
  }
  expect(half.recommended.reader).toBe('matching-pursuit')
  expect(half.readers[2].metrics).toEqual(same.readers[2].metrics)
})

test('codewords that are left out are left out of the encoder too, and noise reaches all', async () => {
  const some = alive.filter((i) => i % 4 !== 1)
  // A latent is what its codeword of that norm is multiplied by.
  const norms = dictionary.norms()
  const encoder = tied(undefined, { weights: drawn(N, (i, j) => unit.codeword(i)[j] / norms[i]) })
  const { readers } = await reading(dictionary, some, { ...options, encoder })
  expect(readers[1].metrics.recall.value).toBe(readers[2].metrics.recall.value)
  const worse = await reading(dictionary, some, { ...options, encoder, noise: 0.5 })
  expect(worse.readers[3].metrics.recall.value).toBeLessThan(readers[3].metrics.recall.value)
})

const counts = (hits: readonly number[], named: readonly number[], k: number) => ({
  hits: Float64Array.from(hits),
  falsePositives: Float64Array.from(hits, (hit, t) => named[t] - hit),
  active: Float64Array.from(hits, () => k),
})

test('a gap turns its sign with its readers, and holds every difference of bits that its region allows', () => {
  const [k, T] = [4, 80]
  const list = (make: () => number) => Array.from({ length: T }, make)
  const some = () => Math.min(k, 2 + draws.integer(3))
  const first = list(some)
  const [a, b] = [
    counts(
      first,
      list(() => k),
      k,
    ),
    counts(
      first.map((hit) => Math.max(0, hit - draws.integer(2))),
      list(() => k + draws.integer(6)),
      k,
    ),
  ]
  const sizes = { N, k }
  const [gap, back] = [pairedGap(a, b, sizes, 0.9), pairedGap(b, a, sizes, 0.9)]
  for (const which of ['recall', 'bitsRead'] as const) {
    expect(back[which].value).toBeCloseTo(-gap[which].value, 12)
    expect(back[which].interval[0]).toBeCloseTo(-gap[which].interval[1], 2)
    expect(back[which].interval[1]).toBeCloseTo(-gap[which].interval[0], 2)
  }
  const bits = (recall: number, wrong: number) =>
    hardBits(parseActivity('subset'), N, k, { recall, falsePositiveRate: wrong / (N - k) })
  const mean = (values: ArrayLike<number>) => Array.from(values).reduce((sum, one) => sum + one, 0) / T
  const truth =
    bits(mean(a.hits) / k, mean(a.falsePositives)) - bits(mean(b.hits) / k, mean(b.falsePositives))
  expect(gap.bitsRead.value).toBeCloseTo(truth, 10)
  // Readers that never differ are told apart by no more than chance allows.
  const none = pairedGap(a, a, sizes, 0.9)
  expect(none.recall.interval[0]).toBeGreaterThan(-0.1)
  expect(none.recall.interval[1]).toBeLessThan(0.1)
})

test('gaps hold the true one as often as they say', () => {
  // Recalls ½ and 5/6 of k = 3, the same luck for both: the true gap is 1/3.
  const [k, T, runs] = [3, 60, 100]
  let missed = 0
  for (let run = 0; run < runs; run++) {
    const luck = Array.from({ length: T }, () => draws.uniform())
    const read = (base: number) => luck.map((u) => base + (u < 0.5 ? 1 : 0))
    const named = luck.map(() => k)
    const { recall, bitsRead } = pairedGap(
      counts(read(2), named, k),
      counts(read(1), named, k),
      { N, k },
      0.9,
    )
    const bits = (r: number) => hardBits(parseActivity('subset'), N, k, rates(r))
    const rates = (r: number) => ({ recall: r, falsePositiveRate: (k * (1 - r)) / (N - k) })
    const truth = bits(5 / 6) - bits(1 / 2)
    if (!(recall.interval[0] <= 1 / 3 && recall.interval[1] >= 1 / 3)) missed++
    if (!(bitsRead.interval[0] <= truth && bitsRead.interval[1] >= truth)) missed++
  }
  // Two intervals of 90 % each in 100 runs: 20 misses at most on average, and 42 once in 10^4 times at most.
  expect(missed).toBeLessThan(42)
})

test('codewords that a decoder cannot tell apart are what it reads worst, by their numbers in the file', async () => {
  // Codewords 10 and 40 are one and the same; 3 is left out.
  const twin = drawn(N, (i, j) => unit.codeword(i === 40 ? 10 : i)[j])
  const some = alive.filter((i) => i !== 3)
  const { worst = [] } = await reading(twin, some, { ...options, suspects: 4, tries: 60, likely: [40, 10] })
  expect(worst.map(({ reader }) => reader)).toEqual(['top-k', 'matching-pursuit'])
  for (const { codewords } of worst) {
    expect(codewords).toHaveLength(4)
    for (const { readRate, interval } of codewords) {
      expect(interval[0]).toBeLessThanOrEqual(readRate)
      expect(interval[1]).toBeGreaterThanOrEqual(readRate)
    }
  }
  // The lower index wins every tie: pursuit never takes the other where it stands alone.
  expect(worst[1].codewords[0].index).toBe(40)
  expect(worst[1].codewords[0].interval[1]).toBeLessThan(0.3)
})

test('what cannot be read is said', async () => {
  await expect(reading(unit, alive, { ...options, k: 0 })).rejects.toThrow(
    /k must be an integer from 1 to 120/,
  )
  await expect(reading(unit, alive, { ...options, scale: -1 })).rejects.toThrow(
    /scale must be a positive number/,
  )
  await expect(reading(unit, alive, { ...options, decoders: [] })).rejects.toThrow(/at least one decoder/)
})
