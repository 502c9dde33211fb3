import { latticeBar, magnitude, type SignSum, tiltBy } from './sign-sum.js'
import { tailTilt } from './sign-sum-tail.js'

/**
 * Signs ε_j drawn given that S = Σ ε_j r_j is above m, or equal to it with a share `tie` of the weight: exact, by
 * rejection from the law tilted to m, a dozen group sums a draw.
 *
 * The function that is returned writes the signs, bit j % 32 of word ⌊j/32⌋ set iff ε_j = −1, and returns whether S =
 * m.
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
  const tables = counts.map((count, g) => binomialTable(count, heads[g]))
  const groupOf = new Int16Array(unit * (weights.at(-1) ?? 0) + 1).fill(-1)
  for (let g = 0; g < weights.length; g++) groupOf[weights[g] * unit] = g
  const plus = new Int32Array(weights.length)
  const left = new Int32Array(weights.length)
  return (random, words) => {
    let J: number
    for (;;) {
      J = 0
      for (let g = 0; g < plus.length; g++) {
        plus[g] = quantile(tables[g], random())
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
      const g = groupOf[magnitude(entry)]
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

/** The law of a binomial: what lies up to first + i is a share cumulative[i]/(last of them). */
interface BinomialTable {
  readonly first: number
  readonly cumulative: readonly number[]
}

/** Terms that are smaller, relative to the mode's, are left out. */
const NEGLIGIBLE = 1e-16

function binomialTable(n: number, p: number): BinomialTable {
  const odds = p / (1 - p)
  const mode = Math.min(n, Math.floor((n + 1) * p))
  let first = mode
  for (let term = 1; first > 0 && term > NEGLIGIBLE; first--) term *= first / ((n - first + 1) * odds)
  const cumulative = [1]
  for (let i = mode; i > first; i--) cumulative.push((cumulative[mode - i] * i) / ((n - i + 1) * odds))
  cumulative.reverse()
  for (let i = mode; i < n && cumulative[i - first] > NEGLIGIBLE; i++)
    cumulative.push((cumulative[i - first] * (n - i) * odds) / (i + 1))
  for (let i = 1; i < cumulative.length; i++) cumulative[i] += cumulative[i - 1]
  return { first, cumulative }
}

function quantile({ first, cumulative }: BinomialTable, u: number): number {
  let low = 0
  let high = cumulative.length - 1
  const x = u * cumulative[high]
  while (low < high) {
    const middle = (low + high) >> 1
    if (cumulative[middle] > x) high = middle
    else low = middle + 1
  }
  return first + low
}
