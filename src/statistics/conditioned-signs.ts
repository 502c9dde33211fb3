import { latticeBar, type SignSum, tiltBy } from './sign-sum.js'
import { binomial } from './sign-sum-convolution.js'
import { tailTilt } from './sign-sum-tail.js'

/**
 * Signs ε_j drawn given that S = Σ ε_j r_j is above m, or equal to it with a share `tie` of the weight: exact, by rejection
 * from the law tilted to m, a dozen group sums a draw.
 *
 * The function that is returned writes the signs, bit j % 32 of word ⌊j/32⌋ set iff ε_j = −1, and returns whether S = m.
 */
export function conditionedSigns(
  r: Int32Array,
  sum: SignSum,
  m: number,
  tie: number,
): (random: () => number, words: Int32Array) => boolean {
  const { weights, counts, top, unit } = sum
  const { j, share } = latticeBar(sum, m, tie)
  const y0 = j === top ? Number.MIN_VALUE : 1
  const { y, heads } = 2 * j <= top || j === top ? tiltBy(sum, y0) : tailTilt(sum, j)
  const cumulative = counts.map((count, g) => {
    const law = binomial(count, heads[g])
    for (let i = 1; i < law.length; i++) law[i] += law[i - 1]
    return law
  })
  const groupOf = new Int16Array(unit * (weights.at(-1) ?? 0) + 1).fill(-1)
  for (let g = 0; g < weights.length; g++) groupOf[weights[g] * unit] = g
  const plus = new Int32Array(weights.length)
  const left = new Int32Array(weights.length)
  return (random, words) => {
    let J: number
    for (;;) {
      J = 0
      for (let g = 0; g < plus.length; g++) {
        plus[g] = firstAbove(cumulative[g], random())
        J += weights[g] * plus[g]
      }
      if (J < j) continue
      const weight = J === j ? share : y ** (J - j)
      if (weight >= 1 || random() < weight) break
    }
    left.set(counts)
    words.fill(0)
    for (let i = 0; i < r.length; i++) {
      const entry = r[i]
      const g = groupOf[entry < 0 ? -entry : entry]
      let up: number
      if (g < 0) up = Number(random() < 0.5)
      else {
        up = Number(random() * left[g] < plus[g])
        left[g]--
        plus[g] -= up
      }
      words[i >> 5] |= (up ^ (entry >>> 31) ^ 1) << (i & 31)
    }
    return J === j
  }
}

/** The first index whose entry is above x; the last where rounding leaves none. */
function firstAbove(cumulative: Float64Array, x: number): number {
  let low = 0
  let high = cumulative.length - 1
  while (low < high) {
    const middle = (low + high) >> 1
    if (cumulative[middle] > x) high = middle
    else low = middle + 1
  }
  return low
}
