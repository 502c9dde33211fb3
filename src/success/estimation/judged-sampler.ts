import { recallThatMeets } from '../../bounds/general/criterion-share.js'
import { parseActivity } from '../../codes/model/activity.js'
import { type Criterion, criterionOf, criterionText, isMet } from '../../codes/model/criterion.js'
import { IDEAL } from '../../codes/model/description.js'
import { InputError } from '../../io/input-error.js'
import { clip } from '../../numerics/clip.js'
import type { RecoveryCounts } from '../trials/recovery.js'
import type { Sampler } from '../trials/sampler.js'

/**
 * A sampler whose values, in [0, 1], have a mean of at least `level` exactly where its model's criterion is met by the
 * rates pooled over all trials: level + (part − level·whole)/scale. Trials whose set is larger than a bound that
 * hardly any is are cut there.
 */
export function pooled(sampler: Sampler): Sampler {
  const criterion = criterionOf(sampler.model ?? IDEAL)
  if (criterion.kind === 'exact') return sampler
  return withValues(sampler, criterion, ({ hits, falsePositives, active }, shape) => {
    const { kind, level } = inParts(criterion, sampler, shape)
    const stretch = Math.max(level / criterion.level, (1 - level) / (1 - criterion.level))
    const most = (kind === 'f1' ? 4 : 1) * stretch * largest(sampler, shape.k)
    return hits.map((hit, t) => {
      const part = kind === 'f1' ? 2 * hit : hit
      const whole = kind === 'f1' ? hit + falsePositives[t] + active[t] : active[t]
      return clip(criterion.level + (part - level * whole) / most)
    })
  })
}

/** A sampler whose value of a trial is 1 where that trial by itself meets its model's criterion, else 0. */
export function trialByTrial(sampler: Sampler): Sampler {
  const criterion = criterionOf(sampler.model ?? IDEAL)
  if (criterion.kind === 'exact') return sampler
  return withValues(sampler, criterion, ({ hits, falsePositives, active }, shape) => {
    const { kind, level } = inParts(criterion, sampler, shape)
    return hits.map((hit, t) => Number(isMet({ kind, level }, hit, falsePositives[t], active[t])))
  })
}

type Values = (counts: RecoveryCounts, shape: { N: number; k: number }) => Float64Array

const withValues = (sampler: Sampler, criterion: Criterion, valuesOf: Values): Sampler => ({
  ...sampler,
  async run(shape, seed, from, trials, options) {
    if (sampler.ties === 'strict') {
      throw new InputError(
        `strict ties are counted of exact recovery alone, not of ${criterionText(criterion)}`,
      )
    }
    const { counts, faults } = await sampler.run(shape, seed, from, trials, { ...options, counts: true })
    if (!counts)
      throw new InputError(`${sampler.decoder} does not say what it recovers; use --criterion exact`)
    return { values: valuesOf(counts, shape), counts, faults }
  },
})

/** As a level of recall or F1: bits of an answer of k codewords are those of its recall. */
export function inParts(
  { kind, level }: Criterion,
  { model = IDEAL, decoder, sizeVaries }: Pick<Sampler, 'model' | 'decoder' | 'sizeVaries'>,
  shape: { N: number; k: number },
) {
  if (kind !== 'bits') return { kind, level }
  if (sizeVaries) {
    throw new InputError(`${decoder} answers with any number of codewords: take recall:x or f1:x, not bits:x`)
  }
  return {
    kind: 'recall',
    level: recallThatMeets({ kind, level }, parseActivity(model.active), shape),
  } as const
}

/** Active codewords that are hardly ever more. */
const largest = ({ model }: Sampler, k: number): number =>
  !model || model.active === 'subset' ? k : k + 8 * Math.sqrt(k) + 32
