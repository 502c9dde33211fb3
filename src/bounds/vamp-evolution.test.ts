import { expect, test } from 'vitest'
import { memberError } from './state-evolution.js'
import { vampStep } from './vamp-evolution.js'

test('with equal leverages the precisions of both halves subtract', () => {
  const [N, k] = [1000, 10]
  for (const h of [0.02, 0.1]) {
    for (const v of [1e-2, 3e-3]) {
      const noise = (v * (1 - h)) / h
      const error = (k / N) * memberError(1 / noise, Math.log((N - k) / k))
      expect(vampStep(N, k, [h, h, h], v) * (1 / error - 1 / noise)).toBeCloseTo(1, 9)
    }
  }
})
