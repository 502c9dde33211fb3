import type { Shape } from '../../codes/model.js'
import { InputError } from '../../io/input-error.js'
import type { Sampler, ViolationKind } from '../trials/sampler.js'
import type { ChunkJob } from './chunk-job.js'
import type { ChunkResult } from './chunk-result.js'

const REMEDY = 'files that it reads by itself travel where --decoder-files names them'

/**
 * Whether a user's decoder does on workers what it does here, by single trials: a module or a file of weights that
 * did not travel looks like a decoder that fails.
 */
export class SpotCheck {
  readonly #local: Sampler
  /** Ways in which it was seen to fail here as on a worker. */
  readonly #seen = new Set<ViolationKind>()
  #first:
    | { readonly shape: Shape; readonly seed: string; readonly trial: number; readonly value: number }
    | undefined

  constructor(local: Sampler) {
    this.#local = local
  }

  /** Run a trial here, with which workers must agree. */
  async begin(shape: Shape, seed: string, trial: number): Promise<void> {
    const { values } = await this.#local.run(shape, seed, trial, 1)
    this.#first = { shape, seed, trial, value: values[0] }
  }

  /** Throws InputError where a worker's result is not what comes out here. */
  async compare({ series, from, trials }: ChunkJob, { values, faults, worker }: ChunkResult): Promise<void> {
    const differs = (trial: number, there: string, here: string) => {
      const what = `${this.#local.decoder} is another decoder on ${worker}`
      const how = `trial ${trial} ${there} there, and ${here} here`
      return new InputError(`${what}: ${how}; ${REMEDY}`)
    }
    const { shape, seed, trial, value } = this.#first!
    const { N, k, d } = shape
    const own = N === series.N && k === series.k && d === series.d && seed === series.seed
    if (own && trial >= from && trial < from + trials && values[trial - from] !== value) {
      const [there, here] = [values[trial - from], value].map((one) => (one === 1 ? 'succeeds' : 'fails'))
      const [fault] = faults.filter((one) => one.trial === trial)
      throw differs(trial, fault ? fault.message : there, here)
    }
    for (const fault of faults) {
      if (this.#seen.has(fault.kind)) continue
      this.#seen.add(fault.kind)
      const again = await this.#local.run(series, series.seed, fault.trial, 1)
      const [here] = again.faults
      if (here?.kind === fault.kind) continue
      throw differs(
        fault.trial,
        fault.message,
        here ? here.message : again.values[0] === 1 ? 'succeeds' : 'fails',
      )
    }
  }
}
