import { setImmediate } from 'node:timers/promises'
import { rademacherArena } from '../codes/rademacher.js'
import { drawTrial, type Shape } from '../codes/trial.js'
import { builtInDecoder } from '../decoders/built-in.js'
import { processorSeconds } from '../io/processor-time.js'

/** How long a decoder is timed. */
export interface TimingPlan {
  /** Trials that begin within so many seconds are not counted, nor is the first: a decoder is compiled as it runs. */
  readonly warming: number
  /** Then at least so many are, ... */
  readonly trials: number
  /** ... and so many seconds of them. */
  readonly seconds: number
}

/** Enough to estimate what a search will take. */
export const ROUGH: TimingPlan = { warming: 0, trials: 2, seconds: 0.05 }
/** Enough to compare decoders. At even odds some decode in a tenth of what others take. */
export const FINE: TimingPlan = { warming: 0.2, trials: 8, seconds: 0.5 }

/** Means over the trials that are counted, in seconds of processor time. */
export interface DecodeTime {
  readonly decode: number
  /** With the draw of the dictionary. */
  readonly trial: number
}

/** What the built-in decoder `name` takes for a code, at a size and dimension, over the trials 0, 1, … of a seed. */
export async function decodeTime(
  name: string,
  shape: Shape,
  seed: string,
  { warming, trials, seconds }: TimingPlan,
  signal?: AbortSignal,
): Promise<DecodeTime> {
  const decoder = builtInDecoder(name)!
  const arena = rademacherArena()
  let [warmed, counted, decode, trial] = [0, 0, 0, 0]
  for (let t = 0; counted < trials || trial < seconds; t++) {
    await setImmediate(undefined, signal && { signal })
    const start = process.cpuUsage()
    const { problem } = drawTrial(shape, seed, t, arena)
    const drawn = process.cpuUsage()
    await decoder.decode(problem)
    const spent = { decode: processorSeconds(drawn), trial: processorSeconds(start) }
    if (t === 0 || warmed < warming) warmed += spent.trial
    else {
      counted++
      decode += spent.decode
      trial += spent.trial
    }
  }
  return { decode: decode / counted, trial: trial / counted }
}
