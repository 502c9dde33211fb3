import fc from 'fast-check'
import { expect, test } from 'vitest'
import { inner } from '../numerics/inner.js'
import { stream } from '../random/stream.js'
import { type Codewords, codewordFamilies, drawCodewords, fitDimension } from './ensembles/ensembles.js'

const sizes = fc.record({
  family: fc.constantFrom(...codewordFamilies),
  N: fc.integer({ min: 1, max: 12 }),
  d: fc.integer({ min: 1, max: 40 }),
  seed: fc.nat(),
})

const all = (family: Codewords, N: number, d: number, seed: number) => {
  const dictionary = drawCodewords(family, N, d, stream('families', seed))
  expect([dictionary.size, dictionary.dimension]).toEqual([N, d])
  return Array.from({ length: N }, (_, i) => dictionary.codeword(i))
}

test('codewords of every family are of norm 1, those of three orthogonal, at the least dimension from d up', () => {
  fc.assert(
    fc.property(sizes, ({ family, N, d, seed }) => {
      const fit = fitDimension(family, N, d)
      expect(fit).toBeGreaterThanOrEqual(d)
      if (fit > d) {
        expect(fitDimension(family, N, fit)).toBe(fit)
        expect(() => all(family, N, d, seed)).toThrow(`fit in d = ${fit}, not in d = ${d}`)
      }
      const rows = all(family, N, fit, seed)
      rows.forEach((row, i) => {
        expect(inner(row, row)).toBeCloseTo(1, 12)
        if (!['hadamard', 'axes', 'orthonormal'].includes(family)) return
        for (const other of rows.slice(0, i)) expect(inner(row, other)).toBeCloseTo(0, 12)
      })
    }),
    { seed: 1 },
  )
})

test('least dimensions: N if orthogonal, a power of two for signs that are, a row block each if coupled', () => {
  const fits = [1, 2, 3, 5, 8].map((N) => [
    fitDimension('axes', N, 3),
    fitDimension('orthonormal', N, 3),
    fitDimension('hadamard', N, 3),
    fitDimension('coupled', N, 1),
    fitDimension('gaussian', N, 3),
  ])
  expect(fits).toEqual([
    [3, 3, 3, 2, 3],
    [3, 3, 4, 3, 3],
    [3, 3, 4, 4, 3],
    [5, 5, 8, 4, 3],
    [8, 8, 8, 4, 3],
  ])
})

test('entries: signs of one size, one of them, or a band of them; repeated codewords occur, up to sign', () => {
  fc.assert(
    fc.property(sizes, ({ family, N, d: least, seed }) => {
      const d = fitDimension(family, N, least)
      const rows = all(family, N, d, seed)
      const filled = rows.map((row) => row.filter((entry) => entry !== 0))
      if (family === 'axes') {
        expect(filled.map((row) => row.map(Math.abs))).toEqual(rows.map(() => Float64Array.of(1)))
      } else if (['rademacher', 'repeated', 'hadamard'].includes(family)) {
        for (const row of rows) for (const entry of row) expect(Math.abs(entry)).toBe(1 / Math.sqrt(d))
      }
      if (family === 'repeated' && N > 1) {
        expect(rows.slice(1).some((row) => Math.abs(inner(row, rows[0])) > 1 - 1e-12)).toBe(true)
      }
    }),
    { seed: 2 },
  )
})

test('what is drawn at random is: both signs, every axis, and no order', () => {
  const drawn = Array.from({ length: 60 }, (_, seed) => all('axes', 2, 3, seed))
  const places = new Set(drawn.map((rows) => rows.map((row) => row.findIndex((entry) => entry !== 0)).join()))
  expect(places.size).toBe(6)
  expect(
    new Set(drawn.flatMap((rows) => rows.map((row) => Math.sign(inner(row, Float64Array.of(1, 1, 1)))))),
  ).toEqual(new Set([-1, 1]))
  const signs = new Set(Array.from({ length: 60 }, (_, seed) => Math.sign(inner(...pair('repeated', seed)))))
  expect(signs).toEqual(new Set([-1, 1]))
})

const pair = (family: Codewords, seed: number) => all(family, 2, 7, seed) as [Float64Array, Float64Array]

test('what is no family is refused with those that there are', () => {
  for (const name of ['toString', 'Rademacher'])
    expect(() => fitDimension(name as 'rademacher', 4, 4)).toThrow(
      `codewords must be one of ${codewordFamilies.join(', ')}, not the string '${name}'`,
    )
})
