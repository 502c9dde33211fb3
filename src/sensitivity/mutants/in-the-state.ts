import type { Dictionary } from '../../codes/problem.js'
import { sameSubset } from '../../codes/subset.js'
import { type Mutant, mutant, withCode } from './mutant.js'

/** Entries of the largest dictionary that is worth keeping. */
const LARGEST = 2 ** 22

const staleDictionary = mutant(
  'stale-dictionary',
  'keeps the first dictionary of each shape that is not large',
  () => {
    const kept = new Map<string, Dictionary>()
    return {
      problem(problem) {
        const { size, dimension } = problem.dictionary
        if (size * dimension > LARGEST) return problem
        const shape = `${size} × ${dimension}`
        const dictionary = kept.get(shape) ?? copied(problem.dictionary)
        kept.set(shape, dictionary)
        return { ...problem, dictionary }
      },
    }
  },
)

/** A dictionary that stays what it is, whatever memory the original is in. */
function copied(dictionary: Dictionary): Dictionary {
  const { size, dimension } = dictionary
  const codewords = Array.from({ length: size }, (_, i) => dictionary.codeword(i))
  return {
    size,
    dimension,
    codeword: (i) => codewords[i].slice(),
    correlate: (v) => Float64Array.from(codewords, (f) => f.reduce((sum, entry, j) => sum + entry * v[j], 0)),
    superpose(subset) {
      const total = new Float64Array(dimension)
      for (const i of Array.from(subset)) for (let j = 0; j < dimension; j++) total[j] += codewords[i][j]
      return total
    },
  }
}

const staleAnswer = mutant('stale-answer', 'gives one problem in ten the answer before', () => {
  let turn = 0
  let last: number[] = []
  return {
    answer(indices, { dictionary, k }) {
      const fits = last.length === k && last.every((i) => i < dictionary.size)
      const answer = ++turn % 10 === 0 && fits && !sameSubset(last, indices) ? last : indices
      last = indices
      return answer
    },
  }
})

/** Correct up to a size, as with a table that is too small. */
const hiddenLimit = mutant('hidden-limit', 'knows 4000 codewords only', () => ({
  answer: (indices) => indices.map((i) => Math.min(i, 3999)).filter((i, m, all) => all.indexOf(i) === m),
}))

/** Entries below a share of the largest count as zero. */
const hiddenThreshold = (share: number): Mutant =>
  mutant(
    `hidden-threshold-${100 * share}`,
    `takes entries of the code below ${100 * share} % of the largest for zero`,
    () => ({
      problem(problem) {
        const largest = problem.code.reduce((most, x) => Math.max(most, Math.abs(x)), 0)
        return withCode(problem, (x) => (Math.abs(x) < share * largest ? 0 : x))
      },
    }),
  )

export const faultsInTheState: readonly Mutant[] = [
  staleDictionary,
  staleAnswer,
  hiddenLimit,
  hiddenThreshold(0.3),
]
