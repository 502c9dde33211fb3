import { type GradientOptions, gradientDecoder } from './gradient-path.js'

/**
 * Fast iterative soft thresholding (Beck & Teboulle 2009): as `ista`, but each step starts from beyond the last one.
 * In t iterations at one λ the objective comes within O(1/t²) of its minimum, not O(1/t); on the way it may grow.
 *
 * @since 0.1.0
 */
export const fista = (options: GradientOptions = {}) =>
  gradientDecoder('fista', 'Beck & Teboulle 2009; Xiao & Zhang 2013', options)
