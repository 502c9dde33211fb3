import { entropyBits } from '../bounds/entropy.js'
import type { Shape } from '../codes/trial.js'
import { requireProbability } from '../statistics/ranges.js'
import { type DecodeLikeOptions, disagreement } from './decode-like.js'
import { type DecoderUnderTest, readerUnderTest, samplerUnderTest } from './given-decoder.js'
import { type SuccessFinding, type SuccessTestOptions, testSuccess } from './success.js'

/** Where success is tested, and with what care. @since 0.1.0 */
export interface SucceedOptions extends Shape, SuccessTestOptions {}

/** The dims per bit that must do, and with what care that is tested. @since 0.1.0 */
export interface NeedOptions extends SuccessTestOptions {
  /** Largest d/H, H = log2 C(N, k). */
  readonly atMost: number
  readonly N: number
  readonly k: number
  /** The success probability that counts as decoding. @defaultValue `0.5` */
  readonly target?: number
}

interface MatcherResult {
  readonly pass: boolean
  message(): string
}

/**
 * Passes unless the decoder finds a subset that the other one does not, or the other way round, on the same trials.
 * With `exactly`, wrong answers must be the same too, as sets.
 */
export async function toDecodeLike(
  received: unknown,
  other: DecoderUnderTest,
  options?: DecodeLikeOptions,
): Promise<MatcherResult> {
  const readers = [await readerUnderTest(received), await readerUnderTest(other)] as const
  const found = await disagreement(readers, options).finally(() =>
    Promise.all(readers.map((reader) => reader.close())),
  )
  const [decoder, reference] = readers.map(({ declared }) => declared)
  if (!found) {
    return { pass: true, message: () => `${decoder.name} decodes like ${reference.name} on all trials` }
  }
  const { N, k, d, seed, trial, subset, answer, other: theirs } = found
  const list = (one: readonly number[] | string) => (typeof one === 'string' ? one : `{${one.join(', ')}}`)
  return {
    pass: false,
    message: () =>
      [
        `${decoder.name} does not decode like ${reference.name} at N = ${N}, k = ${k}, d = ${d}, seed ` +
          `${seed}, trial ${trial}`,
        `  sent: ${list(subset)}`,
        `  ${decoder.name}: ${list(answer)}`,
        `  ${reference.name}: ${list(theirs)}`,
      ].join('\n'),
  }
}

/**
 * Passes unless the decoder is shown to succeed with a probability below p. A decoder that does reach p fails with
 * probability at most `falseAlarm`; one that falls short by the margin passes with probability at most 0.001.
 */
export async function toSucceedWithProbability(
  received: unknown,
  p: number,
  { N, k, d, ...options }: SucceedOptions,
): Promise<MatcherResult> {
  const sampler = await samplerUnderTest(received)
  const finding = await testSuccess(sampler, { N, k, d }, p, options).finally(() => sampler.close())
  return result(finding, `${sampler.decoder} at N = ${N}, k = ${k}, d = ${d}`, `${p}`)
}

/**
 * Passes unless the decoder is shown to need more dims per bit: its success probability at d = ⌊atMost · H⌋ is tested
 * against the target as by toSucceedWithProbability.
 */
export async function toNeedDimsPerBit(
  received: unknown,
  { atMost, N, k, target = 0.5, ...options }: NeedOptions,
): Promise<MatcherResult> {
  requireProbability('the target', target)
  const bits = entropyBits(N, k)
  const d = Math.floor(atMost * bits)
  if (!(d >= 1)) {
    throw new RangeError(
      `atMost = ${atMost} leaves no dimension at N = ${N}, k = ${k}: H = ${bits.toPrecision(4)} bits`,
    )
  }
  const sampler = await samplerUnderTest(received)
  const finding = await testSuccess(sampler, { N, k, d }, target, options).finally(() => sampler.close())
  const where = `${sampler.decoder} with ${atMost} dims per bit (N = ${N}, k = ${k}, d = ${d})`
  return result(finding, where, `${target}`)
}

function result({ passed, test, fault }: SuccessFinding, where: string, p: string): MatcherResult {
  const { point, interval, confidence } = test.estimate()
  const rate = `success ${point.toFixed(3)} in [${interval.map((end) => end.toFixed(3)).join(', ')}]`
  const sure = `${test.trials} trials, false alarm at most ${Number((1 - confidence).toPrecision(2))}`
  const broken = fault ? `; trial ${fault.trial} broke the contract: it ${fault.message}` : ''
  return {
    pass: passed,
    message: () =>
      passed
        ? `${where} is not shown to succeed with probability below ${p}: ${rate} (${sure})`
        : `${where} succeeds with probability below ${p}: ${rate} (${sure})${broken}`,
  }
}
