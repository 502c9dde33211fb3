import { expect, test } from 'vitest'
import { gaussianDictionary, givenDictionary } from './dense.js'
import { PREPARATIONS } from './model/description.js'
import { preparation, prepared } from './preparation.js'

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
