import { expect, test } from 'vitest'
import { atOnce } from '../io/slices.js'
import { inner } from '../numerics/inner.js'
import { gaussianDictionary, givenDictionary } from './dense.js'
import { float32Dictionary } from './float32-dictionary.js'
import { PREPARATIONS } from './model/description.js'
import { preparedRows, rowsFrom, sharedPreparation } from './model/prepared-rows.js'
import { preparation, prepared, whitened, withReading } from './preparation.js'
import type { Dictionary } from './problem.js'

/** Codewords that are stretched along some axes, and share a part. */
function stretched(N: number, d: number) {
  const drawn = gaussianDictionary(N, d, [4, 5])
  return givenDictionary(
    Array.from({ length: N }, (_, i) => drawn.codeword(i).map((entry, j) => (1 + j) * entry + 0.3)),
  )
}

test('a reader sees a code as the sum of the codewords that it is given', () => {
  const given = stretched(40, 6)
  for (const how of PREPARATIONS) {
    const { codewords, reader, read } = prepared(given, how)
    const subset = [3, 8, 20]
    const seen = read(codewords.superpose(subset), 3)
    reader.superpose(subset).forEach((entry, j) => {
      expect(seen[j]).toBeCloseTo(entry, 9)
    })
    const square = codewords.codeword(7).reduce((sum, entry) => sum + entry * entry, 0)
    if (how !== 'raw') expect(square).toBeCloseTo(1, 12)
  }
})

test('what each preparation makes of codewords, by its definition', () => {
  const given = stretched(30, 4)
  const rows = (dictionary: Dictionary) =>
    Array.from({ length: dictionary.size }, (_, i) => dictionary.codeword(i))
  const unit = (all: Float64Array[]) => all.map((f) => f.map((x) => x / Math.sqrt(inner(f, f))))
  const centred = (all: Float64Array[]) =>
    all.map((f) => f.map((x, j) => x - all.reduce((sum, g) => sum + g[j] / all.length, 0)))
  const close = (found: Float64Array[], expected: Float64Array[]) =>
    found.forEach((f, i) => {
      for (const [j, x] of f.entries()) expect(x).toBeCloseTo(expected[i][j], 12)
    })
  const [raw, ones, middle, white, again, rewhite] = PREPARATIONS.map((how) => prepared(given, how))
  expect([raw.codewords, raw.reader]).toEqual([given, given])
  for (const { codewords } of [ones, middle, white]) close(rows(codewords), unit(rows(given)))
  close(rows(middle.reader), centred(unit(rows(given))))
  close(rows(again.reader), unit(centred(unit(rows(given)))))
  close(rows(rewhite.reader), unit(rows(white.reader)))
  for (const { codewords, reader } of [raw, ones, again, rewhite]) expect(reader).toBe(codewords)
  close(rows(whitened(ones.codewords).reader), rows(white.reader))
})

test('centred codewords have mean 0, whitened ones have covariance I too', () => {
  for (const how of ['centred', 'whitened'] as const) {
    const { reader } = prepared(stretched(60, 5), how)
    const rows = Array.from({ length: 60 }, (_, i) => reader.codeword(i))
    for (let j = 0; j < 5; j++) {
      expect(rows.reduce((sum, row) => sum + row[j] / 60, 0)).toBeCloseTo(0, 12)
      for (let l = 0; l < 5 && how === 'whitened'; l++) {
        const product = rows.reduce((sum, row) => sum + (row[j] * row[l]) / 60, 0)
        // The ridge takes up to 1e-9 times the mean variance over the least from the ones.
        expect(product).toBeCloseTo(j === l ? 1 : 0, 7)
      }
    }
  }
})

test('a codeword of zeros has no direction', () => {
  expect(() => prepared(givenDictionary([[1], [0]]), 'unit')).toThrow('codeword 1 is zero')
})

test('fewer codewords than dimensions are whitened too: along what varies, by a ridge elsewhere', () => {
  const { reader } = prepared(gaussianDictionary(4, 6, [4, 5]), 'whitened')
  const rows = [0, 1, 2, 3].map((i) => reader.codeword(i))
  // Four points of mean 0 and covariance I in their own three dimensions: a simplex of squared norm 3.
  for (const f of rows) for (const g of rows) expect(inner(f, g)).toBeCloseTo(f === g ? 3 : -1, 6)
})

test('codewords that are all alike have no covariance, and stay finite', () => {
  const { reader } = prepared(givenDictionary([[1], [1]]), 'whitened')
  expect([...reader.codeword(0), ...reader.codeword(1)]).toEqual([0, 0])
})

test('what is prepared is made again of its parts, in memory that threads share', () => {
  const float32 = float32Dictionary(gaussianDictionary(9, 4, [1, 1]).entries(), 4)
  for (const how of PREPARATIONS) {
    const parts = atOnce(preparation(float32, how))
    const [here, there] = [preparedRows(withReading(parts)), rowsFrom(sharedPreparation(parts))]
    const code = here.codewords.superpose([1, 5])
    expect(there.codewords.superpose([1, 5])).toEqual(code)
    expect(there.drawn.superpose([1, 5])).toEqual(code)
    expect(there.read(code, 2)).toEqual(here.read(code, 2))
    expect([here.drawn.given, here.reader.given, there.reader.given]).toEqual([undefined, true, true])
    expect(there.reader.superpose([3])).toEqual(here.reader.superpose([3]))
    const { codewords, reader } = sharedPreparation(parts)
    expect(codewords === reader).toBe(parts.codewords === parts.reader)
    for (const { buffer } of [codewords, reader].flatMap((one) => ('entries' in one ? [one.entries] : [])))
      expect(buffer).toBeInstanceOf(SharedArrayBuffer)
  }
})

test('a preparation pauses at least once a codeword, and at each row of its covariance', () => {
  const [N, d] = [40, 6]
  for (const how of PREPARATIONS) {
    const steps = [...preparation(stretched(N, d), how)].length
    const least = {
      raw: 0,
      unit: N,
      centred: 3 * N,
      recentred: 4 * N,
      whitened: 5 * N + d,
      rewhitened: 6 * N + d,
    }
    expect(steps).toBe(least[how])
  }
})
