import { expect, test } from 'vitest'
import { batched } from '../../codes/batched-dictionary.js'
import { givenDictionary } from '../../codes/dense.js'
import { select } from '../../kernels/select.js'
import { ActiveSet } from './active-set.js'
import type { CoefficientRange } from './objective.js'
import { WorkingSet } from './working-set.js'

const unit = (d: number, N = d) =>
  batched(
    givenDictionary(Array.from({ length: N }, (_, i) => Array.from({ length: d }, (_, j) => +(i === j)))),
  )

/** An active set that keeps a record, and may be made to do something else. */
class Recorded extends ActiveSet {
  readonly joined: [index: number, sign: number][] = []
  readonly calls: [lambda: number, tolerance: number, limit: number][] = []
  instead?: () => boolean

  override add(index: number, sign: number, codeword: Float64Array) {
    this.joined.push([index, sign])
    super.add(index, sign, codeword)
  }

  override minimise(lambda: number, tolerance: number, limit: number) {
    this.calls.push([lambda, tolerance, limit])
    return this.instead ? this.instead() : super.minimise(lambda, tolerance, limit)
  }
}

function start(x: number[], final: number, range: CoefficientRange = 'any', N = x.length) {
  const many = unit(x.length, N)
  const code = Float64Array.from(x)
  const restricted = new Recorded(code, range === 'unit' ? 1 : Infinity)
  const round = new WorkingSet(many, code, { lambda: final, range, restricted, limit: 1000, longest: 1 })
  const step = () => {
    round.step(select(many.correlate(round.residual), round.wanted))
    return round.done
  }
  return { restricted, round, step }
}

test.each([
  ['few codewords: from n² > N on a pass is asked again', 6, 0.4, [4, 2, 2, 0.5, 0.4]],
  ['many: the problem is solved again', 40, 0.38, [4, 2, 2, 1, 0.5, 0.5, 0.4, 0.4]],
])(
  'λ halves until codewords join, the worst first, and the end is at the final λ; %s',
  (_, N, last, solved) => {
    const { restricted, round, step } = start([6, -8, 3, 1, 0.5, 0.1], 0.4, 'any', N)
    const bars: number[] = []
    const ends = Array.from({ length: 9 }, () => {
      bars.push(round.wanted.high)
      return step()
    })
    ;[-Infinity, 3.8, 1.9, 1.9, 0.95, 0.475, 0.475, 0.38, last].forEach((bar, n) => {
      expect(bars[n]).toBeCloseTo(bar, 12)
    })
    expect(ends).toEqual([...Array(8).fill(false), true])
    expect(restricted.joined).toEqual([
      [1, -1],
      [0, 1],
      [2, 1],
      [3, 1],
      [4, 1],
    ])
    const [lambdas, tolerances] = [0, 1].map((at) => restricted.calls.map((call) => call[at]))
    expect(lambdas).toEqual(solved)
    solved.forEach((lambda, n) => {
      expect(tolerances[n]).toBeCloseTo(lambda * (lambda > 0.4 ? 0.1 : 1e-7), 15)
    })
    expect(restricted.calls[0][2]).toBe(1000)
    const { indices, values, ...found } = round.report(9)
    expect(indices).toEqual([1, 0, 2, 3, 4])
    ;[-7.6, 5.6, 2.6, 0.6, 0.1].forEach((value, m) => {
      expect(values[m]).toBeCloseTo(value, 12)
    })
    expect(found).toMatchObject({ converged: true, passes: 9, steps: restricted.steps })
    expect(found.objective).toBeCloseTo((5 * 0.16 + 0.01) / 2 + 0.4 * 16.5, 12)
    expect(found.gap).toBeLessThan(1e-12)
  },
)

test('where nothing is left to join λ still falls to its final value', () => {
  const { restricted, step } = start([8], 3)
  expect([1, 2, 3].map(step)).toEqual([false, false, true])
  expect(restricted.calls.map(([lambda]) => lambda)).toEqual([4, 3])
  const nothing = start([0.2, -0.3], 0.5)
  expect(nothing.step()).toBe(true)
  expect(nothing.restricted.calls).toEqual([])
  expect(nothing.round.report(1)).toMatchObject({ indices: [], values: [], converged: true, violation: 0 })
})

test.each([
  [200, 20],
  [40, 16],
  [165, 17],
])('in %i dimensions %i join at a time', (d, room) => {
  const x = Array.from({ length: d }, (_, j) => (j < 30 ? 5 + j / 100 : 0))
  const { restricted, step } = start(x, 1, 'any', 30)
  step()
  expect(restricted.joined.map(([i]) => i)).toEqual(Array.from({ length: room }, (_, m) => 29 - m))
  step()
  expect(restricted.joined).toHaveLength(30)
})

test('a codeword may join with either sign, and only with the first where y ≥ 0', () => {
  for (const range of ['any', 'non-negative'] as const) {
    const { restricted, round, step } = start([8, -5], 1, range)
    restricted.instead = () => {
      restricted.columns[0].weight = 20
      return true
    }
    step()
    expect(round.residual[0]).toBe(-12)
    restricted.instead = () => true
    step()
    const signs = restricted.joined.filter(([i]) => i === 0).map(([, sign]) => sign)
    expect(signs).toEqual(range === 'any' ? [1, -1] : [1])
    expect(restricted.joined.some(([i]) => i === 1)).toBe(range === 'any')
  }
})

test('steps that are spent end it at the final λ, not before, and it says that it has not converged', () => {
  const { restricted, round, step } = start([8, 0.1], 1)
  restricted.instead = () => false
  const ends = [1, 2, 3, 4].map(step)
  expect(restricted.calls.map(([lambda]) => lambda)).toEqual([4, 2, 1])
  expect(ends).toEqual([false, false, false, true])
  const { converged, violation, gap } = round.report(4)
  expect(converged).toBe(false)
  expect(violation).toBeCloseTo(7, 12)
  expect(gap).toBeGreaterThan(0.5)
})
