import type { Decoder } from '../codes/problem.js'
import type { Declared } from '../decoders/decoder.js'
import { InputError } from '../io/input-error.js'
import type { Method, Sampler } from '../success/trials/sampler.js'
import { simulationSampler } from '../success/trials/simulation-sampler.js'
import { decoderSource } from '../success/workers/decoder-source.js'
import { loadDecoder } from '../success/workers/load-decoder.js'
import { localSampler } from '../success/workers/local-sampler.js'

/** A decoder, or a built-in one's name, or the path of a file that has one as its default export. It runs in the test's thread. */
export type DecoderUnderTest = Decoder | string

/** The decoder meant. Throws InputError for a value that is none. */
export async function decoderUnderTest(given: unknown): Promise<Declared> {
  if (typeof given === 'string') return loadDecoder(given)
  const { name, decode } = Object(given)
  if (typeof name === 'string' && typeof decode === 'function') return given as Declared
  throw new InputError(
    'expect() is not given a decoder: an object with a name and a decode method, or a path',
  )
}

/** The decoder's sampler by this method; a decoder given as an object is simulated. */
export async function samplerUnderTest(given: unknown, method: Method = 'simulation'): Promise<Sampler> {
  if (typeof given === 'string') return localSampler(decoderSource(given), method)
  return simulationSampler(await decoderUnderTest(given))
}
