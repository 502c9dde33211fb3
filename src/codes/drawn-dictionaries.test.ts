import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fastUniform } from '../random/fast-uniform.js'
import { stream } from '../random/stream.js'
import { batched } from './batched-dictionary.js'
import { gaussianDictionary } from './dense.js'
import { dictionaryFrom } from './description.js'
import { builtDictionary, rademacherDrawn } from './model.js'
import { rademacherArena, rademacherDictionary } from './rademacher.js'
import { randomSubset } from './subset.js'
import { drawTrial } from './trial.js'

describe('a seed gives the same draws on every machine', () => {
  test('a trial', () => {
    const { problem, subset } = drawTrial({ N: 1000, k: 5, d: 77 }, 'golden', 3)
    const code = problem.code.map((entry) => Math.round(entry * Math.sqrt(77)))
    const { dictionary, random } = problem
    expect(subset).toEqual([149, 341, 490, 672, 786])
    expect([...code.subarray(0, 12)]).toEqual([3, -3, 1, -3, 1, -1, -1, -1, -3, 1, -1, 1])
    expect([random(), random()]).toEqual([0.534253486999111, 0.4588896298005076])
    const scores = dictionary.correlate(problem.code).map((score) => Math.round(score * 77))
    expect(createHash('sha256').update(scores.join()).digest('hex').slice(0, 16)).toBe('904c48a7341c312c')
  })

  test('fast uniform draws, as sfc32 written in Python gives them', () => {
    const draws = [fastUniform([1, 2]), fastUniform([0xdeadbeef, 7])].map((draw) => [draw(), draw(), draw()])
    expect(draws.map((three) => three.map((x) => x * 2 ** 32))).toEqual([
      [3342559892, 1457962329, 1797599899],
      [4223248154, 13544959, 3565534675],
    ])
  })

  test('Gaussian codewords, to the last bit', () => {
    expect([...gaussianDictionary(3, 5, [1, 2]).codeword(2)]).toEqual([
      0.016273055646194162, 0.20264491024107906, -0.6029790340958561, 0.5707216943405914, 0.5190021773202439,
    ])
    const drawnAgain = gaussianDictionary(5, 2, [1, 2]).codeword(4) // the first pair falls outside the disc
    expect([...drawnAgain]).toEqual([0.1805434697313696, -0.9835670061248284])
  })

  test('again, in an arena used for other shapes in between', () => {
    const arena = rademacherArena()
    const first = arena.draw(50, 30, [5, 6]).sum([1, 2, 49])
    const old = arena.draw(9, 300, [7, 7])
    expect(arena.draw(50, 30, [5, 6]).sum([1, 2, 49])).toEqual(first)
    expect(() => old.correlate(new Float64Array(300))).toThrow('this dictionary is gone')
  })
})

const shapes = fc.record({
  N: fc.integer({ min: 1, max: 60 }),
  d: fc.integer({ min: 1, max: 70 }),
  more: fc.integer({ min: 0, max: 70 }),
  seed: fc.nat(),
})

test('a dictionary that is drawn sums codewords, weighted or not, as the one that is built of it', () => {
  const arena = rademacherArena()
  fc.assert(
    fc.property(shapes, ({ N, d, seed }) => {
      const random = stream('drawn', seed)
      const drawn = rademacherDrawn(N, d, random.key())
      const built = drawn.build(arena)
      const members = randomSubset(N, Math.ceil(N / 2), random)
      const weights = Float64Array.from(members, () => random.uniform() - 0.5)
      const given = builtDictionary(built)
      expect(drawn.describe()).toMatchObject({ kind: 'drawn', N, d })
      expect(dictionaryFrom(given.describe(), rademacherArena()).codeword(0)).toEqual(built.codeword(0))
      expect(dictionaryFrom(drawn.describe(), rademacherArena()).codeword(0)).toEqual(built.codeword(0))
      for (const one of [drawn, given]) {
        expect(one.superpose(members)).toEqual(built.superpose(members))
        const sum = batched(built).combine(members, weights)
        one.combine(members, weights).forEach((entry, j) => {
          expect(entry).toBeCloseTo(sum[j], 12)
        })
      }
    }),
    { seed: 9, numRuns: 50 },
  )
})

test('a prefix in d, and one in N, is the dictionary drawn at that size', () => {
  fc.assert(
    fc.property(shapes, ({ N, d, more, seed }) => {
      const key = [seed, 9] as const
      const long = rademacherDictionary(N + (more % 7), d + more, key)
      const short = rademacherDictionary(N, d, key)
      const prefix = long.prefix(d)
      const code = short.superpose([0, N - 1])
      expect(prefix.superpose([0, N - 1])).toEqual(code)
      expect(prefix.correlate(code).slice(0, N)).toEqual(short.correlate(code))
      for (let i = 0; i < N; i++) {
        expect(prefix.signs(i)).toEqual(short.signs(i))
        expect(long.signs(i).slice(0, d)).toEqual(short.signs(i))
      }
    }),
    { seed: 1, numRuns: 40 },
  )
  expect(() => rademacherDictionary(2, 5, [0, 0]).prefix(6)).toThrow('must be an integer from 1 to 5, not 6')
})
