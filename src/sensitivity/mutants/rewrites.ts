import { shuffled } from '../../codes/ensembles/ensembles.js'
import type { Dictionary, Problem } from '../../codes/problem.js'
import { declarations } from '../../decoders/declarations.js'
import { stream } from '../../random/stream.js'
import { type Mutant, mutant } from './mutant.js'

/** The dictionary with its scores computed in another way, rounding included. */
const scoredBy = (
  id: string,
  what: string,
  score: (codeword: Float64Array, v: Float64Array) => number,
): Mutant =>
  mutant(id, what, () => ({
    problem: (problem) => ({ ...problem, dictionary: rescored(problem.dictionary, score) }),
  }))

function rescored(dictionary: Dictionary, score: (f: Float64Array, v: Float64Array) => number): Dictionary {
  const { size, dimension } = dictionary
  let codewords: Float64Array[] | undefined
  return {
    size,
    dimension,
    codeword: (i) => dictionary.codeword(i),
    superpose: (subset) => dictionary.superpose(subset),
    correlate(v) {
      codewords ??= Array.from({ length: size }, (_, i) => dictionary.codeword(i))
      return Float64Array.from(codewords, (f) => score(f, v))
    },
  }
}

const codewordByCodeword = scoredBy(
  'codeword-by-codeword',
  'sums scores codeword by codeword in doubles',
  (f, v) => {
    let sum = 0
    for (let j = 0; j < f.length; j++) sum += f[j] * v[j]
    return sum
  },
)

const backwards = scoredBy('backwards', 'sums scores from the last coordinate to the first', (f, v) => {
  let sum = 0
  for (let j = f.length - 1; j >= 0; j--) sum += f[j] * v[j]
  return sum
})

const renumbered: Mutant = mutant('renumbered', 'numbers codewords in another order inside', () => {
  const orderOf = (size: number) => shuffled(Array(size).keys(), stream('renumbered', size))
  return {
    problem(problem) {
      const { dictionary } = problem
      const order = orderOf(dictionary.size)
      const inside: Dictionary = {
        size: dictionary.size,
        dimension: dictionary.dimension,
        codeword: (i) => dictionary.codeword(order[i]),
        superpose: (subset) => dictionary.superpose(Array.from(subset, (i) => order[i])),
        correlate(v) {
          const scores = dictionary.correlate(v)
          return Float64Array.from(order, (i) => scores[i])
        },
      }
      return { ...problem, dictionary: inside }
    },
    answer(indices, { dictionary }) {
      const order = orderOf(dictionary.size)
      return indices.map((i) => order[i])
    },
  }
})

const mirrored = mutant('mirrored', 'reads coordinates in reverse, with the other sign', () => ({
  problem(problem) {
    const { dictionary, code } = problem
    const mirror = (v: Float64Array) => v.map((_, j) => -v[v.length - 1 - j])
    const inside: Dictionary = {
      size: dictionary.size,
      dimension: dictionary.dimension,
      codeword: (i) => mirror(dictionary.codeword(i)),
      superpose: (subset) => mirror(dictionary.superpose(subset)),
      correlate: (v) => dictionary.correlate(mirror(v)),
    }
    return { ...problem, dictionary: inside, code: mirror(code) }
  },
}))

const asynchronous: Mutant = {
  id: 'asynchronous',
  what: 'awaits before and after',
  apply: (decoder) => ({
    ...declarations(decoder),
    async decode(problem) {
      await Promise.resolve()
      const answer = await decoder.decode(problem)
      await new Promise((resolve) => setImmediate(resolve))
      return answer
    },
  }),
}

const typedAnswer = mutant('typed-answer', 'answers backwards in a typed array', () => ({
  answer: (indices) => Uint32Array.from(indices.toReversed()),
}))

/** Rewrites of any decoder. */
const ofAny: readonly Mutant[] = [
  codewordByCodeword,
  backwards,
  renumbered,
  mirrored,
  asynchronous,
  typedAnswer,
]

/** A rewrite of the one-step rule that reads the k largest scores. */
const topKBy = (
  id: string,
  what: string,
  largest: (scores: Float64Array, k: number) => ArrayLike<number>,
): Mutant => ({
  id,
  what,
  apply: (decoder) => ({
    ...declarations(decoder),
    decode: ({ dictionary, code, k }) => largest(dictionary.correlate(code), k),
  }),
})

const sorted = topKBy('sort', 'sorts all scores', (scores, k) =>
  Array.from(scores.keys())
    .sort((a, b) => scores[b] - scores[a])
    .slice(0, k),
)

const typedArrays = topKBy('typed-arrays', 'sorts scores in place and looks up the k-th', (scores, k) => {
  if (k === 0) return []
  const bar = scores.toSorted()[scores.length - k]
  const above = Array.from(scores.keys()).filter((i) => scores[i] > bar)
  const on = Array.from(scores.keys()).filter((i) => scores[i] === bar)
  return Uint32Array.from([...above, ...on.slice(0, k - above.length)])
})

const heap = topKBy('heap', 'pops a heap of all scores', (scores, k) => {
  const heap = Array.from(scores.keys())
  const before = (a: number, b: number) => scores[a] > scores[b] || (scores[a] === scores[b] && a < b)
  const sink = (at: number) => {
    for (;;) {
      let top = at
      for (const child of [2 * at + 1, 2 * at + 2]) {
        if (child < heap.length && before(heap[child], heap[top])) top = child
      }
      if (top === at) return
      ;[heap[at], heap[top]] = [heap[top], heap[at]]
      at = top
    }
  }
  for (let at = heap.length >> 1; at >= 0; at--) sink(at)
  return Array.from({ length: k }, () => {
    const top = heap[0]
    const last = heap.pop()!
    if (heap.length > 0) {
      heap[0] = last
      sink(0)
    }
    return top
  })
})

const quickselect = topKBy('quickselect', 'selects around pivots from Math.random', (scores, k) => {
  let chosen: number[] = []
  let left = Array.from(scores.keys())
  while (chosen.length < k) {
    const pivot = scores[left[Math.floor(Math.random() * left.length)]]
    const above = left.filter((i) => scores[i] > pivot)
    const on = left.filter((i) => scores[i] === pivot)
    if (chosen.length + above.length > k) left = above
    else {
      chosen = [...chosen, ...above, ...on].slice(0, k)
      left = left.filter((i) => scores[i] < pivot)
    }
  }
  return chosen
})

/**
 * A rewrite of unit-step matching pursuit: `start` gives the scores of the residual, and what updates them after a
 * pick.
 */
const pursuitBy = (
  id: string,
  what: string,
  start: (problem: Problem) => { scores: Float64Array; update: (picks: readonly number[]) => Float64Array },
): Mutant => ({
  id,
  what,
  apply: (decoder) => ({
    ...declarations(decoder),
    decode(problem) {
      let { scores, update } = start(problem)
      const picks: number[] = []
      for (let t = 0; t < problem.k; t++) {
        picks.push(scores.reduce((best, score, i) => (score > scores[best] ? i : best), 0))
        scores = update(picks)
      }
      return [...new Set(picks)]
    },
  }),
})

const incremental = pursuitBy(
  'incremental',
  'takes a column of the Gram matrix off the scores at every step',
  ({ dictionary, code }) => {
    const scores = dictionary.correlate(code).slice()
    const update = (picks: readonly number[]) => {
      const column = dictionary.correlate(dictionary.codeword(picks.at(-1)!))
      for (let i = 0; i < scores.length; i++) scores[i] -= column[i]
      return scores
    }
    return { scores, update }
  },
)

const recomputed = pursuitBy(
  'recomputed',
  'reckons the residual and its scores anew at every step',
  ({ dictionary, code }) => ({
    scores: dictionary.correlate(code),
    update(picks) {
      const explained = dictionary.superpose(picks)
      return dictionary.correlate(code.map((x, j) => x - explained[j]))
    },
  }),
)

const rewritesOf: Readonly<Record<string, readonly Mutant[]>> = {
  'top-k': [sorted, typedArrays, heap, quickselect],
  'matching-pursuit': [incremental, recomputed],
}

/**
 * Rewrites that change nothing that a decoder does, but perhaps which of several equal scores comes first.
 * @param builtIn the name of the built-in decoder, which has some of its own; undefined for a user's
 */
export const rewrites = (builtIn?: string): readonly Mutant[] => [
  ...ofAny,
  ...((builtIn && rewritesOf[builtIn]) || []),
]

/** Every rewrite of every decoder. */
export const allRewrites: readonly Mutant[] = [...ofAny, ...Object.values(rewritesOf).flat()]
