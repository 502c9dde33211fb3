import { expect, test } from 'vitest'
import { DenseDictionary } from '../codes/dense.js'
import { Float32Dictionary } from '../codes/float32-dictionary.js'
import { topK } from '../decoders/one-step/top-k.js'
import { Float32Store, filler } from '../kernels/float32/store.js'
import { inner } from '../numerics/inner.js'
import { symmetricEigen } from '../numerics/symmetric-eigen.js'
import { stream } from '../random/stream.js'
import { audit } from './audit.js'

const [N, d] = [150, 16]
const draws = stream('audit')
const rows = Array.from({ length: N }, () =>
  Float64Array.from({ length: d }, () => Math.fround(draws.uniform() - 0.3)),
)
// Never trained, and two near twins.
rows[9] = rows[9].map((entry) => Math.fround(entry / 100))
rows[77] = rows[20].map((entry, j) => Math.fround(1.5 * entry + (j === 3 ? 0.01 : 0)))
const store = new Float32Store(N, d)
filler(store, 'coordinate')(Float32Array.from(rows.flatMap((row) => [...row])))
const dictionary = new Float32Dictionary(store)

const live = rows.map((_, i) => i).filter((i) => i !== 9)
const norm = (v: Float64Array) => Math.sqrt(inner(v, v))
const unit = (v: Float64Array) => v.map((entry) => entry / norm(v))

/** The same by the definitions, in doubles. */
function byDefinition(vectors: readonly Float64Array[]) {
  let [coherence, squares] = [0, 0]
  vectors.forEach((f, i) => {
    for (let j = 0; j < i; j++) {
      const cosine = Math.abs(inner(f, vectors[j]))
      coherence = Math.max(coherence, cosine)
      squares += 2 * cosine ** 2
    }
  })
  const sum = Float64Array.from({ length: d * d }, (_, at) =>
    vectors.reduce((total, f) => total + f[Math.floor(at / d)] * f[at % d], 0),
  )
  const { values } = symmetricEigen(sum, d, false)
  const total = values.reduce((a, b) => a + b, 0)
  const participationRatio = total ** 2 / values.reduce((a, b) => a + b * b, 0)
  return { coherence, participationRatio, interference: squares / (vectors.length * (vectors.length - 1)) }
}

test.each([1, 2])('an audit says what the definitions say, by %d threads', async (threads) => {
  const found = await audit({ dictionary }, { threads })
  expect(found.dead).toEqual([9])
  const units = live.map((i) => unit(rows[i]))
  const plain = byDefinition(units)
  expect(found.coherence.pair).toEqual([20, 77])
  expect(found.coherence.value).toBeCloseTo(plain.coherence, 12)
  expect(found.twins[0]).toMatchObject({ pair: [20, 77] })
  expect(found.interference.value).toBeCloseTo(plain.interference, 12)
  expect(found.interference.timesDimension).toBeCloseTo(d * plain.interference, 12)
  expect(found.participationRatio).toBeCloseTo(plain.participationRatio, 10)
  const mean = Float64Array.from({ length: d }, (_, j) =>
    units.reduce((sum, f) => sum + f[j] / units.length, 0),
  )
  const centred = byDefinition(units.map((f) => unit(f.map((entry, j) => entry - mean[j]))))
  expect(found.centred!.interference.value).toBeCloseTo(centred.interference, 12)
  expect(found.centred!.participationRatio).toBeCloseTo(centred.participationRatio, 10)
  const dominated = live.filter((i) =>
    rows.some((row, j) => j !== i && inner(rows[i], row) >= inner(rows[i], rows[i])),
  )
  expect(dominated.length).toBeGreaterThan(3)
  expect(found.dominated).toEqual(dominated)
  expect(found.guaranteedSparsity).toBe(1)
  expect(found.spectrum.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 12)
})

test('unit codewords, which are scaled rows, have the cosines that they had before', async () => {
  const alive = dictionary.take(live)
  const [given, unit] = await Promise.all(
    [alive, alive.unit()].map((one) => audit({ dictionary: one }, { threads: 1 })),
  )
  expect(unit.norms.greatest).toBeCloseTo(1, 7)
  expect(unit.coherence.pair).toEqual(given.coherence.pair)
  expect(unit.interference.value).toBeCloseTo(given.interference.value, 7)
  expect(unit.dominated).toEqual([])
})

test('a sample guarantees nothing, and says of all codewords what the sample allows', async () => {
  const all = await audit({ dictionary }, { threads: 1 })
  const some = await audit({ dictionary }, { sample: 60, threads: 1 })
  expect(some.guaranteedSparsity).toBeNull()
  expect(some.coherence.value).toBeLessThanOrEqual(all.coherence.value)
  expect(all.dominated).toEqual(expect.arrayContaining([...some.dominated]))
  const [low, high] = some.sample!.dominatedShare.interval
  const share = all.dominated.length / live.length
  expect(low).toBeLessThan(share)
  expect(high).toBeGreaterThan(share)
})

test('rates of the worst codewords are those of decoding each, and their intervals hold the truth', async () => {
  const k = 3
  const { codewords = [] } = await audit({ dictionary }, { k, trials: 300, worst: 5, threads: 1 })
  expect(codewords.length).toBe(5)
  // Decoding, on other codes, among the codewords that are alive.
  const entries = Float64Array.from(live.flatMap((i) => [...unit(rows[i])]))
  const dense = new DenseDictionary(entries, d)
  const decoder = topK()
  for (const { index, readRate, interval } of codewords) {
    const at = live.indexOf(index)
    let [read, trials] = [0, 0]
    while (trials < 2000) {
      const others = [draws.integer(live.length), draws.integer(live.length)]
      if (others[0] === others[1] || others.includes(at)) continue
      const code = dense.superpose([at, ...others])
      const answer = decoder.decode({ dictionary: dense, code, k, random: () => 0 }) as ArrayLike<number>
      if (Array.from(answer).includes(at)) read++
      trials++
    }
    // 2000 draws are off by 0.05 once in 10^5 times at most.
    expect(read / trials).toBeGreaterThan(interval[0] - 0.05)
    expect(read / trials).toBeLessThan(interval[1] + 0.05)
    expect(readRate).toBeLessThan(0.9)
  }
})

test('what cannot be audited is said', async () => {
  const zero = new Float32Dictionary(new Float32Store(3, 2))
  await expect(audit({ dictionary: zero })).rejects.toThrow(RangeError)
  await expect(audit({ dictionary }, { k: 0 })).rejects.toThrow(/k must be an integer from 1 to 149/)
  await expect(audit({ dictionary }, { sample: 0 })).rejects.toThrow(RangeError)
})
