import { argmax, type BatchedDictionary, batched } from '../codes/batched-dictionary.js'
import type { Dictionary } from '../codes/problem.js'
import { RademacherDictionary } from '../codes/rademacher.js'
import { ReindexedDictionary } from '../codes/reindexed.js'
import { select } from '../kernels/select.js'
import type { Wanted } from '../kernels/sign-matrix.js'
import { inner } from '../numerics/inner.js'

/** Squared norms this close to 1 are 1: what single precision leaves of a unit codeword. */
const UNIT = 1e-6

const known = new WeakMap<Dictionary, Float64Array | undefined>()

/**
 * ‖f_i‖² for every i, length N; undefined where all are 1 but for rounding. One look at every codeword, the first time
 * that a dictionary is asked for them.
 */
export function squaredNorms(dictionary: Dictionary): Float64Array | undefined {
  if (dictionary instanceof RademacherDictionary || (dictionary as BatchedDictionary).unitNorms)
    return undefined
  if (dictionary instanceof ReindexedDictionary) {
    const norms = squaredNorms(dictionary.of)
    return norms && Float64Array.from(dictionary.order, (i) => norms[i])
  }
  if (!known.has(dictionary)) known.set(dictionary, measured(dictionary))
  return known.get(dictionary)
}

/** The largest ‖f_i‖; 1 where all are. */
export const greatestNorm = (dictionary: Dictionary): number =>
  Math.sqrt(squaredNorms(dictionary)?.reduce((most, norm) => Math.max(most, norm), 0) ?? 1)

function measured(dictionary: Dictionary): Float64Array | undefined {
  const norms = new Float64Array(dictionary.size)
  for (let i = 0; i < norms.length; i++) {
    const codeword = dictionary.codeword(i)
    norms[i] = inner(codeword, codeword)
  }
  return norms.every((norm) => Math.abs(norm - 1) <= UNIT) ? undefined : norms
}

/**
 * For decoders whose coefficients are 1: a score is c − (g − 1)/2, with c = ⟨f_i, v⟩ and g = ‖f_i‖²: half of what
 * taking f_i away makes ‖v‖² fall by, and ½. The dictionary itself where norms are 1, and then c alone.
 */
export function byUnitStep(dictionary: Dictionary): BatchedDictionary {
  const many = batched(dictionary)
  const norms = squaredNorms(dictionary)
  if (!norms) return many
  const handicap = norms.map((norm) => (norm - 1) / 2)
  return rescored(many, (scores) => scores.map((score, i) => score - handicap[i]))
}

/**
 * For decoders that project: every codeword scaled to norm 1, so that a score is c/√g, the root of what projecting on
 * f_i makes ‖v‖² fall by; a codeword of zeros stays one. `superpose` alone still takes the codewords as given, so
 * that answers are judged by the code. The dictionary itself where norms are 1.
 */
export function byProjection(dictionary: Dictionary): BatchedDictionary {
  const many = batched(dictionary)
  const norms = squaredNorms(dictionary)
  if (!norms) return many
  const scale = norms.map((norm) => (norm > 0 ? 1 / Math.sqrt(norm) : 0))
  return {
    ...rescored(many, (scores) => scores.map((score, i) => score * scale[i])),
    codeword: (i) => many.codeword(i).map((entry) => entry * scale[i]),
    combine: (indices, weights) =>
      many.combine(
        indices,
        Float64Array.from(indices, (i, m) => weights[m] * scale[i]),
      ),
  }
}

/** The dictionary with other scores. */
function rescored(
  many: BatchedDictionary,
  rescore: (scores: Float64Array) => Float64Array,
): BatchedDictionary {
  const correlateMany = (vectors: readonly Float64Array[], bits?: number) =>
    many.correlateMany(vectors, bits).map(rescore)
  return {
    size: many.size,
    dimension: many.dimension,
    codeword: (i) => many.codeword(i),
    superpose: (subset) => many.superpose(subset),
    combine: (indices, weights) => many.combine(indices, weights),
    correlate: (v) => correlateMany([v])[0],
    correlateMany,
    selectMany: (vectors, wanted: readonly Wanted[], bits) =>
      correlateMany(vectors, bits).map((scores, c) => select(scores, wanted[c])),
    argmaxMany: (vectors) => correlateMany(vectors).map((scores) => argmax(scores)),
  }
}
