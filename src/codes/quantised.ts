import { largestExact } from '../kernels/layout.js'
import { coarse } from '../kernels/screen.js'
import { planesFor } from '../kernels/tables.js'

/** v·√d counts as integer when no entry is further from one than this: rounding is 1e-12 after 100 subtractions. */
const LATTICE_TOLERANCE = 1e-9
/** A vector whose entries times √d are all below this is the rounding that subtractions leave of zero. */
const NOTHING = 1e-11
/** Bits that one plane of the kernels has room for, whatever the vector. */
const PLANE_BITS = 4
/** Bits kept of a vector that is not on the lattice, relative to its largest entry. */
export const FRACTION_BITS = 40

/**
 * Integers u and a unit with ⟨f_i, v⟩ = ⟨√d·f_i, u⟩ / unit for codewords f_i of d signs ±1/√d: exact where the entries
 * of v are in ℤ/√d, elsewhere to so many bits of the largest of them.
 * @throws RangeError for a vector of another length, and for entries that are not finite
 */
export function quantised(v: Float64Array, d: number, bits: number): { entries: Float64Array; unit: number } {
  if (v.length !== d) throw new RangeError(`a vector of length ${d} is needed, not ${v.length}`)
  const norm = Math.sqrt(d)
  const entries = new Float64Array(d)
  let integral = true
  let largest = 0
  for (let j = 0; j < d; j++) {
    const scaled = v[j] * norm
    entries[j] = Math.round(scaled)
    if (!(Math.abs(scaled - entries[j]) <= LATTICE_TOLERANCE)) integral = false
    const magnitude = Math.abs(scaled)
    if (!(magnitude < Infinity)) throw new RangeError(`entry ${j} of a vector to correlate is ${v[j]}`)
    if (magnitude > largest) largest = magnitude
  }
  const onePlane = bits <= PLANE_BITS
  if (integral && (largest >= 0.5 || largest <= NOTHING)) {
    if (!onePlane || planesFor(entries, d) === 1) return { entries, unit: d }
  }
  if (onePlane) {
    for (let j = 0; j < d; j++) entries[j] = v[j] * norm
    const { entries: rounded, unit } = coarse(entries, d)
    return { entries: rounded, unit: d / unit }
  }
  const exact = Math.min(bits, Math.floor(Math.log2(largestExact(d))))
  const scale = 2 ** (exact - Math.ceil(Math.log2(largest)))
  for (let j = 0; j < d; j++) entries[j] = Math.round(v[j] * norm * scale)
  return { entries, unit: d * scale }
}
