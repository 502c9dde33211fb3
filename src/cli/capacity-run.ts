import { availableParallelism } from 'node:os'
import { IDEAL, type ModelDescription, type Preparation } from '../codes/model/description.js'
import { modelOver, openDictionary } from '../codes/model/open-model.js'
import type { OpenedDictionary } from '../codes/model/opened-dictionary.js'
import { builtInDecoder } from '../decoders/built-in.js'
import { withCrew } from '../kernels/float32/crew.js'
import {
  type CapacityCurve,
  type CapacityRow,
  type CapacitySearch,
  capacityOf,
  type Prepare,
} from '../success/estimation/capacity-of.js'
import type { Sampler } from '../success/trials/sampler.js'
import { localSampler } from '../success/workers/local-sampler.js'
import { openSampler, type SamplerOptions } from '../success/workers/open-sampler.js'
import { readySampler } from '../success/workers/ready-sampler.js'

interface CapacityRun extends CapacitySearch, Pick<ModelDescription, 'noise' | 'amplitudes'> {
  readonly N: number
  /** Names, paths and commands. */
  readonly decoders: readonly string[]
  readonly prepare: readonly Preparation[]
  /** Threads that share passes, or what else runs the trials. */
  readonly runners: SamplerOptions & { readonly threads?: number | undefined }
  readonly signal: AbortSignal
  /** A sampler that keeps its trials. */
  keep(sampler: Sampler): Sampler
  onProgress(share: number): void
}

/**
 * The capacity of every decoder over every preparation of a file's dictionary, and over random signs of its size: in
 * this process, where threads share each pass; or trial by trial in threads, in processes for decoders of the user's,
 * or at a queue, where all decoders are in work at a time.
 */
export async function capacityRun(
  opened: OpenedDictionary,
  { decoders, prepare, runners, keep, onProgress, ...search }: CapacityRun,
): Promise<{ rows: CapacityRow[]; curves: CapacityCurve[] }> {
  const { threads = availableParallelism(), ...others } = runners
  const shared = others.queue !== undefined || others.workers !== undefined
  const over = { N: search.N, d: opened.shape.d }
  const failed = new AbortController()
  const signal = AbortSignal.any([search.signal, failed.signal])
  const all = [...prepare, 'rademacher'] as const
  const found: Awaited<ReturnType<typeof capacityOf>>[] = []
  let done = 0
  const measure = async (how: Prepare, decoder: string, at: number) => {
    const model = modelFor(how, opened, search)
    const { decoderFiles, ...known } = others
    const builtIn = builtInDecoder(decoder) !== undefined
    const sampler =
      shared || !builtIn
        ? await openSampler(decoder, { ...(builtIn ? known : others), model, opened })
        : await hereSampler(decoder, model, opened)
    try {
      found[at] = await capacityOf(keep(sampler), { ...over, prepare: how }, { ...search, signal })
    } catch (error) {
      failed.abort(error)
      throw error
    } finally {
      await sampler.close()
    }
    onProgress(++done / (all.length * decoders.length))
  }
  for (const [n, how] of all.entries()) {
    await withCrew(over.N * over.d, shared ? 1 : threads, async () => {
      const waiting = decoders.entries()
      const work = async () => {
        for (const [m, decoder] of waiting) await measure(how, decoder, n * decoders.length + m)
      }
      await Promise.all(Array.from({ length: others.queue === undefined ? 1 : decoders.length }, work))
    })
  }
  const told = toldApart(found, decoders)
  return { rows: told.flatMap(({ rows }) => rows), curves: told.map(({ curve }) => curve) }
}

/** The sampler of a built-in decoder in this thread. */
async function hereSampler(decoder: string, model: ModelDescription, opened: OpenedDictionary) {
  const over = await openDictionary(model, opened)
  const sampler = await localSampler(decoder, { method: 'simulation', model }, modelOver(model, over))
  return readySampler(sampler, over, model)
}

/** What was found of decoders in turn; those of one name have beside it what they were called by. */
function toldApart(found: readonly Awaited<ReturnType<typeof capacityOf>>[], decoders: readonly string[]) {
  const names = found.slice(0, decoders.length).map(({ curve }) => curve.decoder)
  return found.map(({ rows, curve }, at) => {
    const name = names[at % names.length]
    const shared = names.indexOf(name) !== names.lastIndexOf(name)
    const decoder = shared ? `${name} (${decoders[at % names.length]})` : name
    return { rows: rows.map((row) => ({ ...row, decoder })), curve: { ...curve, decoder } }
  })
}

/** Codes over a preparation of the file's dictionary, or over random signs. */
function modelFor(
  how: Prepare,
  { about }: OpenedDictionary,
  { noise, amplitudes }: Pick<ModelDescription, 'noise' | 'amplitudes'>,
): ModelDescription {
  const laws = { noise, amplitudes, active: IDEAL.active, trials: 'capacity' as const }
  if (how === 'rademacher') return { ...laws, dictionary: how, prepare: IDEAL.prepare }
  return { ...laws, dictionary: about, prepare: how }
}
