import { type GradientOptions, gradientDecoder } from './gradient-path.js'

/**
 * Iterative soft thresholding (Daubechies, Defrise & De Mol 2004) on the objective of basis pursuit denoising, along
 * a path of falling λ: it answers with the k largest coefficients. At one λ the objective never grows. Converged
 * means a duality gap of 1e-3 of the objective or less; then it promises what `bpdn` does. An iteration costs a pass
 * over the dictionary, or over the part of it that may pass λ.
 *
 * @since 0.1.0
 */
export const ista = (options: GradientOptions = {}) =>
  gradientDecoder('ista', 'Daubechies, Defrise & De Mol 2004; Xiao & Zhang 2013', options)
