import { batched } from '../../codes/batched-dictionary.js'
import type { Dictionary } from '../../codes/problem.js'
import { type DecodeReport, reportingDecoder, unexplained } from '../decode-report.js'
import { certifiedOnes, fittedCandidates } from '../finish.js'
import { byProjection } from '../norms.js'
import { firstOutside } from '../ranking.js'
import { Fit } from './fit.js'

/**
 * Orthogonal matching pursuit that goes on past k picks, finished by least squares: it stops when the codewords of
 * coefficient 1 are k and encode to the code, and is certain then; after ⌊0.8·d⌋ picks it gives up, and answers with
 * its first k, as OMP does. So it reads what OMP reads, and wherever all members are picked before that. More picks
 * than members: Zhang 2011, Foucart 2013. A step costs one pass over the dictionary and O(n(n + d)) for n picks.
 *
 * @since 0.2.0
 */
export const finishedOmp = () =>
  reportingDecoder(
    {
      name: 'omp-finished',
      source: 'Zhang 2011; Foucart 2013',
      label: 'OMP, finished',
      family: 'greedy',
      coherenceGuarantee: (k) => 1 / (2 * k - 1),
    },
    finishOrthogonally,
  )

/** One code on its way. */
interface Pursuit {
  readonly code: Float64Array
  readonly fit: Fit
  readonly taken: Set<number>
  residual: Float64Array
  answer: number[] | undefined
}

function finishOrthogonally(
  dictionary: Dictionary,
  codes: readonly Float64Array[],
  k: number,
): DecodeReport[] {
  const given = batched(dictionary)
  const ranking = byProjection(dictionary)
  const most = Math.max(k, fittedCandidates(given.size, given.dimension))
  const pursuits = codes.map((code): Pursuit => {
    const answer = k === 0 ? [] : undefined
    return { code, fit: new Fit(given, code), taken: new Set(), residual: code, answer }
  })
  for (let t = 0; t < most; t++) {
    const open = pursuits.filter(({ answer }) => !answer)
    if (open.length === 0) break
    const picks = firstOutside(
      ranking,
      open.map(({ residual }) => residual),
      open.map(({ taken }) => taken),
      'value',
    )
    open.forEach((pursuit, c) => {
      const { code, fit, taken } = pursuit
      taken.add(picks[c])
      fit.add(picks[c])
      pursuit.residual = fit.residual()
      pursuit.answer = certifiedOnes(given, code, fit, k)
    })
  }
  return pursuits.map(({ code, taken, answer }) => {
    const chosen = answer ?? [...taken].slice(0, k)
    const residual = unexplained(given, code, chosen)
    const steps = taken.size
    return {
      answer: chosen,
      converged: residual === 0,
      residual,
      gap: residual,
      iterations: steps,
      passes: steps,
    }
  })
}
