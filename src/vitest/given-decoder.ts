import { type Examiner, localExaminer, processExaminer } from '../check/examiner.js'
import type { ModelDescription } from '../codes/model/description.js'
import { openModel } from '../codes/model/open-model.js'
import type { Decoder } from '../codes/problem.js'
import type { Declared } from '../decoders/decoder.js'
import { InputError } from '../io/input-error.js'
import { processReader } from '../success/processes/process-reader.js'
import { localReader, type ProblemReader } from '../success/processes/reader.js'
import type { Method, Sampler } from '../success/trials/sampler.js'
import { simulationSampler } from '../success/trials/simulation-sampler.js'
import { openSampler } from '../success/workers/open-sampler.js'

/**
 * A decoder, or a built-in one's name, or the path of a file that has one as its default export. An object runs in
 * the test's thread, a file in a process of its own.
 *
 * @since 0.1.0
 */
export type DecoderUnderTest = Decoder | string

/** Milliseconds that one decode may take. */
const TIME_LIMIT = 5000

/** Throws InputError for a value that is no decoder. */
function givenObject(given: unknown): Declared {
  const { name, decode } = Object(given)
  if (typeof name === 'string' && typeof decode === 'function') return given as Declared
  throw new InputError(
    'expect() is not given a decoder: an object with a name and a decode method, or a path',
  )
}

/** Reads with the decoder under test. Throws InputError for a value that is none. */
export const readerUnderTest = async (given: unknown): Promise<ProblemReader> =>
  typeof given === 'string'
    ? processReader(given, { timeLimit: TIME_LIMIT })
    : localReader(givenObject(given), TIME_LIMIT)

/** Examines the decoder under test. */
export const examinerUnderTest = async (given: unknown): Promise<Examiner> =>
  typeof given === 'string'
    ? processExaminer(given, { timeLimit: TIME_LIMIT })
    : localExaminer(givenObject(given), TIME_LIMIT)

/** The decoder's sampler by this method; a decoder given as an object is simulated. Close it after use. */
export const samplerUnderTest = async (
  given: unknown,
  method: Method = 'simulation',
  model?: ModelDescription,
): Promise<Sampler> =>
  typeof given === 'string'
    ? openSampler(given, { method, ...(model && { model }) })
    : { ...simulationSampler(givenObject(given), model && (await openModel(model))), ...(model && { model }) }
