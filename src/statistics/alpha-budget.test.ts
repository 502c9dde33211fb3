import { describe, expect, test } from 'vitest'
import { alphaBudget } from './alpha-budget.js'

describe('alphaBudget', () => {
  test('divides a millionth by the declared weights', () => {
    const budget = alphaBudget({ gate: 3, crosstalk: 1 })
    expect(budget.total).toBe(1e-6)
    expect(budget.share('gate')).toBeCloseTo(7.5e-7, 20)
    expect(budget.report()).toEqual([
      { id: 'gate', weight: 3, share: budget.share('gate'), spent: false },
      { id: 'crosstalk', weight: 1, share: budget.share('crosstalk'), spent: false },
    ])
  })

  test('gives a share out once', () => {
    const budget = alphaBudget({ gate: 3, crosstalk: 1 }, 0.05)
    expect(budget.spend('gate')).toBe(budget.share('gate'))
    expect(() => budget.spend('gate')).toThrow(/already spent/)
    expect(budget.report().map(({ spent }) => spent)).toEqual([true, false])
    budget.spend('crosstalk')
    expect(() => budget.spend('crosstalk')).toThrow(RangeError)
  })

  test('never gives out more than the total', () => {
    const ids = Array.from({ length: 97 }, (_, i) => `check-${i}`)
    const budget = alphaBudget(Object.fromEntries(ids.map((id, i) => [id, 0.1 + 0.07 * i])))
    const spent = ids.reduce((sum, id) => sum + budget.spend(id), 0)
    expect(spent).toBeLessThanOrEqual(1e-6 * (1 + 1e-12))
    expect(spent).toBeCloseTo(1e-6, 18)
  })

  test('splits a share into a smaller budget', () => {
    const cells = alphaBudget({ small: 1, large: 1 }, alphaBudget({ gate: 1, claims: 4 }).spend('gate'))
    expect(cells.share('small')).toBeCloseTo(1e-7, 20)
  })

  test('names what it does not know', () => {
    expect(() => alphaBudget({ gate: 1 }).spend('gates')).toThrow(/no check "gates".*gate/)
  })

  test.each([
    [{}, 0.1],
    [{ gate: 0 }, 0.1],
    [{ gate: Number.POSITIVE_INFINITY }, 0.1],
    [{ gate: 1 }, 0],
    [{ gate: 1 }, 1],
  ])('refuses weights %j with a total of %d', (weights, total) => {
    expect(() => alphaBudget(weights, total)).toThrow(RangeError)
  })
})
