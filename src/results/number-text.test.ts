import { expect, test } from 'vitest'
import { digitsText, dimensionText, inNotation, powerText } from './number-text.js'

test.each([
  ['for N = 2^8 … 2^20, within 15 %', 'for N = 2⁸ … 2²⁰, within 15 %'],
  ['at N = 131072, k = 28.', 'at N = 2¹⁷, k = 28.'],
  ['all N = 64 … 4096, N = 1000', 'all N = 64 … 4096, N = 1000'],
  ['at most 4.1e-8, met to 1e-12 up to 1e304', 'at most 4.1·10⁻⁸, met to 10⁻¹² up to 10³⁰⁴'],
  ['9.9e-1 and 0.0e+0, 10^100, 2^-53', '0.99 and 0, 10¹⁰⁰, 2⁻⁵³'],
  // Of letters, brackets and broken powers nothing is known.
  ['e^(λ²/2), k^k, log2(eN/k)^1.202, e^-0.6, d/2^m', 'e^(λ²/2), k^k, log2(eN/k)^1.202, e^-0.6, d/2^m'],
])('a number is written in one way: %s', (plain, shown) => {
  expect(inNotation(plain)).toBe(shown)
  expect(inNotation(shown)).toBe(shown)
})

test('no number is written with an e', () => {
  expect([digitsText(2273.4, 3), digitsText(0.5, 3), digitsText(1.5e-7, 3), digitsText(2e12, 3)]).toEqual([
    '2270',
    '0.500',
    '1.5·10⁻⁷',
    '2·10¹²',
  ])
  expect([dimensionText(1_054_321), powerText(1e-6)]).toEqual(['1.05·10⁶', '10⁻⁶'])
})
