import { requireInteger, shown } from '../../io/arguments.js'
import { addScaled } from '../../numerics/add-scaled.js'
import { inner } from '../../numerics/inner.js'
import type { Stream } from '../../random/stream.js'
import { coupledDictionary } from '../coupled.js'
import { parseCoupling } from '../coupling.js'
import { gaussianDictionary, givenDictionary } from '../dense.js'
import type { Dictionary } from '../problem.js'
import { dictionaryOfSigns, rademacherArena, rademacherDictionary } from '../rademacher.js'
import { randomSubset } from '../subset.js'

interface Family {
  /** The smallest dimension, from d up, at which N such codewords exist. */
  fit(N: number, d: number): number
  draw(N: number, d: number, random: Stream): Dictionary
}

const any = (_: number, d: number) => d
const sign = (random: Stream) => (random.uniform() < 0.5 ? -1 : 1)

const rademacher: Family = {
  fit: any,
  draw: (N, d, random) => rademacherDictionary(N, d, random.key()),
}

/** Signs where up to three codewords repeat the first, up to sign: collisions and ties at any d. */
const repeated: Family = {
  fit: any,
  draw(N, d, random) {
    const drawn = rademacherDictionary(N, d, random.key())
    const rows = Array.from({ length: N }, (_, i) => drawn.signs(i))
    const repeats = 1 + random.integer(3)
    for (let r = 0; r < repeats && N > 1; r++) {
      const s = sign(random)
      rows[1 + random.integer(N - 1)] = rows[0].map((entry) => s * entry)
    }
    return dictionaryOfSigns(rows)
  },
}

const gaussian: Family = { fit: any, draw: (N, d, random) => gaussianDictionary(N, d, random.key()) }

const order = (N: number) => 2 ** Math.ceil(Math.log2(N))

/** Orthogonal signs: rows of a Sylvester–Hadamard matrix side by side, coordinates flipped at random. */
const hadamard: Family = {
  fit: (N, d) => order(N) * Math.ceil(d / order(N)),
  draw(N, d, random) {
    const flips = Array.from({ length: d }, () => sign(random))
    const parity = (bits: number): number => (bits ? -parity(bits & (bits - 1)) : 1)
    return dictionaryOfSigns(
      shuffled(randomSubset(order(N), N, random), random).map((i) =>
        flips.map((flip, j) => flip * parity(i & (j % order(N)))),
      ),
    )
  },
}

/** Distinct unit vectors along the axes, of either sign. */
const axes: Family = {
  fit: (N, d) => Math.max(N, d),
  draw(N, d, random) {
    const rows = shuffled(randomSubset(d, N, random), random).map((axis) => {
      const row = new Float64Array(d)
      row[axis] = sign(random)
      return row
    })
    return givenDictionary(rows)
  },
}

/** An orthonormal system in random position: Gaussian codewords, orthogonalised (Gram–Schmidt, twice). */
const orthonormal: Family = {
  fit: (N, d) => Math.max(N, d),
  draw(N, d, random) {
    const drawn = gaussianDictionary(N, d, random.key())
    const rows: Float64Array[] = []
    for (let i = 0; i < N; i++) {
      const row = drawn.codeword(i)
      for (const other of [...rows, ...rows]) {
        addScaled(row, -inner(row, other), other)
      }
      const norm = Math.sqrt(inner(row, row))
      rows.push(row.map((entry) => entry / norm))
    }
    return givenDictionary(rows)
  },
}

/** Spatially coupled signs: a few blocks, of two row blocks each. */
const coupled: Family = {
  fit: (N, d) => Math.max(d, Math.min(3, N) + 1),
  draw(N, d, random) {
    const blocks = Math.min(3, N)
    const coupling = parseCoupling(`coupled:2/${blocks}/${blocks + 1}`)
    return coupledDictionary(coupling, N, d, random.key(), rademacherArena())
  },
}

const families = { rademacher, repeated, gaussian, hadamard, axes, orthonormal, coupled }

/**
 * How codewords are drawn: independent fair signs; signs of which up to three repeat the first, up to sign; uniform
 * on the sphere; three orthonormal systems, of signs, along the axes, and in random position; and coupled signs.
 *
 * @since 0.1.0
 */
export type Codewords = keyof typeof families

export const codewordFamilies = Object.keys(families) as readonly Codewords[]

/** Throws RangeError unless it is the name of a family. */
export function checkFamily(family: Codewords): void {
  if (Object.hasOwn(families, family)) return
  throw new RangeError(`codewords must be one of ${codewordFamilies.join(', ')}, not ${shown(family)}`)
}

/** The smallest dimension, from d up, at which there are N codewords of this family. */
export function fitDimension(family: Codewords, N: number, d: number): number {
  checkFamily(family)
  requireInteger('N', N, 1)
  requireInteger('d', d, 1)
  return families[family].fit(N, d)
}

/** A dictionary of this family. Throws RangeError where `fitDimension` is not d. */
export function drawCodewords(family: Codewords, N: number, d: number, random: Stream): Dictionary {
  const fit = fitDimension(family, N, d)
  if (fit !== d) throw new RangeError(`${N} ${family} codewords fit in d = ${fit}, not in d = ${d}`)
  return families[family].draw(N, d, random)
}

/** The items in uniformly random order (Fisher–Yates). */
export function shuffled<T>(items: Iterable<T>, random: Stream): T[] {
  const order = [...items]
  for (let at = order.length - 1; at > 0; at--) {
    const other = random.integer(at + 1)
    ;[order[at], order[other]] = [order[other], order[at]]
  }
  return order
}
