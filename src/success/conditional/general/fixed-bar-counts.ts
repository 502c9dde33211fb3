import { type AmplitudeLaw, drawAmplitude, parseAmplitudes } from '../../../codes/model/amplitudes.js'
import { type ModelDescription, noiseVariance } from '../../../codes/model/description.js'
import type { Shape } from '../../../codes/model.js'
import { exponential } from '../../../numerics/exp.js'
import { fastUniform } from '../../../random/fast-uniform.js'
import { stream } from '../../../random/stream.js'
import type { Control } from '../../../statistics/control-variates.js'
import { repeatedSignTail } from '../../../statistics/weighted-sign-tail.js'
import { type RecoveryCounts, recoveryCounts } from '../../trials/recovery.js'
import { type EnergyControl, energyControl } from './energy-control.js'

/** Codes whose amplitudes are drawn for one entry of the counts, and such entries a trial. */
const [CODES, ENTRIES] = [12, 4]
/** Signs in a score, and active codewords where there is hardly any noise, from which on it is taken to be smooth. */
const [SIGNS, MANY] = [128, 20]
/** The variance, over a lattice of step 2, from which on nothing is left of it: e^(−π²/2·5) = 2e-11. */
const SMOOTH = 5
/** Equal shares of the law that stand for it. */
const SHARES = 32

/** Counts, and what explains most of how they vary, where its mean is known. */
export interface FixedBarCounts extends RecoveryCounts {
  readonly controls?: readonly Control[]
}

/**
 * What a fixed bar reads in these trials, given their numbers of active codewords alone. A score is A_i·d + Σ a_j W_j
 * + G over the other active codewords, each W_j a sum of d signs, and G ~ N(0, d²σ²): given the amplitudes its tail
 * is known, with neither codewords nor noise drawn. What crosses a bar goes with the energy Σ a_j² of a code, and is
 * several times its mean in a few of them, so each entry is the mean over several draws of the amplitudes, one of
 * which goes through the law in equal shares. Entries are independent, and there are more of them than trials where
 * all trials have as many active codewords; then what their energies alone would make of the bar is a control.
 *
 * @param tau τ, in units where codewords have norm 1; finite
 * @param active K, the active codewords of each trial
 * @param from number of the first trial
 * @returns undefined where scores are on a lattice, or so nearly that the tail is not smooth
 */
export function fixedBarCounts(
  tau: number,
  model: ModelDescription,
  shape: Shape,
  active: Float64Array,
  seed: string,
  from: number,
): FixedBarCounts | undefined {
  const { N, k, d } = shape
  const amplitudes = parseAmplitudes(model.amplitudes)
  const gaussian = d * d * noiseVariance(model.noise, shape)
  if (!isSmooth(amplitudes, shape, gaussian)) return undefined
  const entries = model.active === 'subset' ? ENTRIES : 1
  const counts = recoveryCounts(entries * active.length)
  const varies = model.active === 'subset' && amplitudes.kind !== 'constant' && active.length > 0
  const control = varies ? energyControl(tau, amplitudes, active[0], d, gaussian / d) : undefined
  const expected = new Float64Array(counts.hits.length)
  active.forEach((K, t) => {
    const uniform = fastUniform(stream(seed, 'bars', k, from + t).key())
    for (let at = entries * t; at < entries * (t + 1); at++) {
      const { reached, crossed, usual } = meanCode({ tau, d, K, amplitudes, gaussian, control }, uniform)
      expected[at] = Math.max(0, N - K) * usual
      counts.hits[at] = K * reached
      counts.falsePositives[at] = Math.max(0, N - K) * crossed
      counts.active[at] = K
    }
  })
  return control
    ? { ...counts, controls: [{ values: expected, mean: Math.max(0, N - k) * control.mean }] }
    : counts
}

interface Codes {
  readonly tau: number
  readonly d: number
  readonly K: number
  readonly amplitudes: AmplitudeLaw
  readonly gaussian: number
  readonly control: EnergyControl | undefined
}

/**
 * The chances that an active codeword reaches the bar and that another crosses it, a mean over some codes; and that of
 * the control.
 */
function meanCode({ tau, d, K, amplitudes, gaussian, control }: Codes, uniform: () => number) {
  const more = { times: d, gaussian }
  const codes = amplitudes.kind === 'constant' ? 1 : CODES
  let [reached, crossed, usual] = [0, 0, 0]
  for (let code = 0; code < codes; code++) {
    const all = Float64Array.from({ length: K }, () => drawAmplitude(amplitudes, uniform))
    if (K > 0) {
      all[0] = drawAmplitude(amplitudes, () => (code + uniform()) / codes)
      reached += exponential(repeatedSignTail(all.subarray(1), more)((tau - all[0]) * d)) / codes
    }
    crossed += exponential(repeatedSignTail(all, more)(tau * d)) / codes
    if (control) usual += control.of(all.reduce((energy, a) => energy + a * a, 0)) / codes
  }
  return { reached, crossed, usual }
}

/**
 * Whether noise, or amplitudes that vary, take scores off the lattice of sums of signs.
 * @param gaussian the variance of the noise in a score, d²σ²
 */
export function isSmooth(law: AmplitudeLaw, { k, d }: Shape, gaussian: number): boolean {
  if (k * d < SIGNS) return false
  if (gaussian >= SMOOTH) return true
  let mean = 0
  for (let i = 0; i < SHARES; i++) mean += law.quantile((i + 0.5) / SHARES) / SHARES
  return k >= MANY && gaussian + k * d * (1 - mean * mean) >= SMOOTH
}
