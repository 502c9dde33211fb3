import type { BatchedDictionary } from '../../codes/batched-dictionary.js'
import { type Iteration, iterateAll } from '../batched-iteration.js'
import { reportingDecoder, unexplained } from '../decode-report.js'
import { largestCoefficients } from '../lasso/largest-coefficients.js'
import { byProjection } from '../norms.js'
import { checkOption } from '../options.js'
import { type ListaLayer, layerList } from './layer.js'
import { layers as trained } from './layers.js'
import { ForwardPass } from './network.js'

/** Bits of a residual that its correlations take. */
const BITS = 12

/**
 * Learned iterative soft thresholding (Gregor & LeCun 2010): so many unrolled iterations y ← η(y + γFᵀ(x − Fy)),
 * whose step, threshold and support selection were learned layer by layer. The weights are those of the dictionary,
 * analytic as in ALISTA (Liu, Chen, Wang & Yin 2019), and thresholds are relative to the noise, so one set of numbers
 * serves every Rademacher dictionary. Answers with the k largest entries after the last layer, or as soon as they
 * encode to the code. A layer costs one pass over the dictionary.
 *
 * Learned on codes of N = 2^10 and 2^12 by `npm run train-lista`; no guarantee.
 * @param layers other layers than those, as many as you like. Throws RangeError unless they are what `Layer` says.
 * @since 0.1.0
 */
export function lista(layers: readonly ListaLayer[] = trained) {
  checkOption('lista', 'layers', layers, layerList)
  return reportingDecoder(
    {
      name: 'lista',
      source: 'Gregor & LeCun 2010; Liu, Chen, Wang & Yin 2019',
      label: 'LISTA',
      family: 'learned',
      law: 'lista',
    },
    (dictionary, codes, k) =>
      iterateAll(byProjection(dictionary), codes, (many, code) => unrolled(many, code, k, layers), BITS),
  )
}

function unrolled(
  many: BatchedDictionary,
  code: Float64Array,
  k: number,
  layers: readonly ListaLayer[],
): Iteration {
  const activation = new ForwardPass(many, code, k)
  let depth = 0
  let answer = largestCoefficients(many.size, activation.y, k)
  let residual = unexplained(many, code, answer)
  return {
    get residual() {
      return activation.residual
    },
    get done() {
      return residual === 0 || depth === layers.length
    },
    step(scores) {
      activation.advance(layers[depth++], scores)
      answer = largestCoefficients(many.size, activation.y, k)
      residual = unexplained(many, code, answer)
    },
    report(passes) {
      return { answer, converged: residual === 0, residual, gap: residual, iterations: depth, passes }
    },
  }
}
