import { decoderCalled } from '../decoders/built-in.js'
import { requireInteger } from '../io/arguments.js'

/** Entries of a dictionary, N·d, up to which the slower decoders are run unless they are asked for. */
const SMALL = 2 ** 22
/** Entries times codes that a decoder reads unless told otherwise, and between how many codes. */
const WORK = 2 ** 26
const CODES = [32, 400] as const
/** The same of a large dictionary where time is short. */
const HURRIED = 8
/** The same of codewords that decoders are tried on, in so many codes each, and the most of them. */
const TRIED = 2 ** 28
export const TRIES = 32
const SUSPECTS = 12

const ONE_STEP_AND_GREEDY = ['top-k', 'matching-pursuit', 'orthogonal-matching-pursuit']
const SLOWER = ['vamp-finished', 'basis-pursuit-admm']

/** Which decoders describe given codes unless told otherwise: those that do not rest on coefficients of 1. */
export const describingDecoders = (N: number, d: number) =>
  [
    'top-k',
    'matching-pursuit-projection',
    'orthogonal-matching-pursuit',
    ...(N * d <= SMALL ? ['basis-pursuit-admm'] : []),
  ].map(decoderCalled)

/**
 * Which decoders read a dictionary of this size unless told otherwise, the cheapest first, and how many codes.
 *
 * @param hurried whether a large dictionary is read with fewer codes
 *
 * @since 0.2.0
 */
export function defaultReaders(N: number, d: number, hurried = false) {
  requireInteger('N', N, 1)
  requireInteger('d', d, 1)
  const small = N * d <= SMALL
  const codes = Math.min(CODES[1], Math.max(CODES[0], Math.floor(WORK / (N * d))))
  return {
    decoders: [...ONE_STEP_AND_GREEDY, ...(small ? SLOWER : [])].map(decoderCalled),
    codes: small || !hurried ? codes : Math.min(codes, HURRIED),
    /** Codewords that each is tried on. */
    suspects: Math.min(SUSPECTS, Math.floor(TRIED / (N * d * TRIES))),
    /** Names of those that are too slow at this size to be run unasked. */
    leftOut: small ? [] : SLOWER,
  }
}
