import { InputError } from '../../io/input-error.js'
import { normalQuantile } from '../../numerics/special/normal.js'

/** The law of an active codeword's amplitude a > 0, scaled to E a² = 1. */
export interface AmplitudeLaw {
  /** As it is given: `constant`, `half-normal`, `exponential`, `lognormal:0.5`, `uniform:0.2`. */
  readonly text: string
  readonly kind: 'constant' | 'half-normal' | 'exponential' | 'lognormal' | 'uniform'
  /** s of `lognormal:s`, w of `uniform:w`; 0 for the others. */
  readonly parameter: number
  /** The amplitude below which a share u of all lies; u in (0, 1). */
  quantile(u: number): number
  /** E a⁴: 1 for constant amplitudes, and the larger the more a code's energy varies. */
  readonly fourthMoment: number
}

type Kind = AmplitudeLaw['kind']

const QUANTILES: Record<Kind, (u: number, parameter: number) => number> = {
  constant: () => 1,
  'half-normal': (u) => normalQuantile((1 + u) / 2, 0, 1),
  exponential: (u) => -Math.log1p(-u) / Math.SQRT2,
  lognormal: (u, s) => Math.exp(s * normalQuantile(u, 0, 1) - s * s),
  uniform: (u, w) => (1 + w * (2 * u - 1)) / Math.sqrt(1 + (w * w) / 3),
}

const FOURTH_MOMENTS: Record<Kind, (parameter: number) => number> = {
  constant: () => 1,
  'half-normal': () => 3,
  exponential: () => 6,
  lognormal: (s) => Math.exp(4 * s * s),
  uniform: (w) => (1 + 2 * w ** 2 + w ** 4 / 5) / (1 + w ** 2 / 3) ** 2,
}

const FORMS = 'constant, half-normal, exponential, lognormal:s with 0 < s ≤ 2, or uniform:w with 0 < w ≤ 1'
const MOST: Partial<Record<Kind, number>> = { lognormal: 2, uniform: 1 }

/** The law of this text. Throws InputError with the forms that are right. */
export function parseAmplitudes(text: string): AmplitudeLaw {
  const [kind, given, ...rest] = text.split(':') as [Kind, ...string[]]
  const most = MOST[kind]
  const parameter = Number(given ?? 0)
  const fits = most === undefined ? given === undefined : parameter > 0 && parameter <= most
  if (!Object.hasOwn(QUANTILES, kind) || rest.length > 0 || !fits) {
    throw new InputError(`amplitudes must be ${FORMS}, not '${text}'`)
  }
  return {
    text: most === undefined ? kind : `${kind}:${parameter}`,
    kind,
    parameter,
    quantile: (u) => QUANTILES[kind](u, parameter),
    fourthMoment: FOURTH_MOMENTS[kind](parameter),
  }
}

/** An amplitude of the law, from one uniform draw. */
export const drawAmplitude = (law: AmplitudeLaw, uniform: () => number): number =>
  law.kind === 'constant' ? 1 : law.quantile(Math.max(uniform(), Number.EPSILON / 4))
