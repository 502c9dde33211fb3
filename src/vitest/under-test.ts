import { InputError } from '../codes/input-error.js'
import type { Decoder } from '../codes/problem.js'
import type { Declared } from '../decoders/decoder.js'
import { decoderSource } from '../success/decoder-source.js'
import { loadDecoder } from '../success/load.js'
import { localSampler } from '../success/local-sampler.js'
import type { Method, Sampler } from '../success/sampler.js'
import { simulationSampler } from '../success/simulation.js'

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
