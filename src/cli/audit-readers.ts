import { entropyBits } from '../bounds/entropy.js'
import { type GivenDictionary, readDictionary } from '../codes/read-dictionary.js'
import { decoderCalled } from '../decoders/built-in.js'
import type { Audit } from '../dictionaries/audit.js'
import { InputError } from '../io/input-error.js'
import type { ReadingPreparation } from '../reading/reading.js'
import type { DescriptionResult } from './description-text.js'
import type { OutputOptions } from './output.js'
import { withProgress } from './progress.js'
import type { ReadingResult } from './reading-text.js'

/** What a call of `dpb audit` asks for. */
export interface AuditCall extends OutputOptions {
  readonly sparsity?: number
  readonly labels?: string
  readonly tensor?: string
  readonly orientation?: 'rows' | 'columns'
  readonly sample?: number
  readonly trials?: number
  readonly worst: number
  readonly decoders?: readonly string[]
  readonly prepare: readonly ReadingPreparation[]
  readonly reads?: number
  readonly codes?: string
  readonly suspects?: number
  readonly scale?: number
  readonly noise: number
  readonly amplitudes: string
  readonly confidence: number
  readonly threads?: number
  readonly seed: string
  readonly out?: string
}

/** What decoders and the encoder make of codes in a file. */
export async function descriptionOf(
  { dictionary, encoder, N, d }: GivenDictionary,
  { dead }: Audit,
  {
    codes: path = '',
    sparsity: k,
    reads,
    confidence,
    seed,
    decoders,
    quiet,
  }: AuditCall & { readonly sparsity: number },
  signal: AbortSignal,
): Promise<DescriptionResult> {
  const { describeCodes } = await import('../reading/given-codes.js')
  const { describingDecoders } = await import('../reading/default-readers.js')
  const { file, sha256, dictionary: codes } = await readDictionary(path, { orientation: 'rows' })
  const alive = aliveOf(N, dead)
  if (k > Math.min(alive.length, d)) {
    throw new InputError(
      `-k must be at most ${Math.min(alive.length, d)}: more codewords leave nothing of a code`,
    )
  }
  const report = await withProgress('codes', Boolean(quiet), (onProgress) =>
    describeCodes(dictionary, alive, codes, {
      k,
      decoders: decoders?.map(decoderCalled) ?? describingDecoders(alive.length, d),
      encoder: encoder?.refused === undefined ? encoder : undefined,
      ...(reads !== undefined && { codes: reads }),
      confidence,
      seed,
      signal,
      onProgress,
    }),
  )
  return { file, sha256, confidence, ...report }
}

function aliveOf(N: number, dead: readonly number[]): number[] {
  const gone = new Set(dead)
  return Array.from({ length: N }, (_, i) => i).filter((i) => !gone.has(i))
}

/** The same, with what codewords stand for. */
export function withLabels(result: ReadingResult, labels: readonly string[] | undefined): ReadingResult {
  if (labels === undefined || result.worst === undefined) return result
  const worst = result.worst.map(({ reader, codewords }) => ({
    reader,
    codewords: codewords.map((one) => ({ ...one, label: labels[one.index] })),
  }))
  return { ...result, worst }
}

/** What decoders and the encoder read of the codewords that are alive. */
export async function readingOf(
  { dictionary, encoder, N, d }: GivenDictionary,
  { dead, codewords = [], twins, dominated }: Audit,
  options: AuditCall & { readonly sparsity: number },
  signal: AbortSignal,
): Promise<ReadingResult> {
  const { sparsity: k, prepare, reads, scale, noise, amplitudes, confidence, seed } = options
  const { reading } = await import('../reading/reading.js')
  const { defaultReaders } = await import('../reading/default-readers.js')
  const alive = aliveOf(N, dead)
  const unlessGiven = defaultReaders(alive.length, d, options.sample !== undefined)
  const report = await withProgress('reading', Boolean(options.quiet), (onProgress) =>
    reading(dictionary, alive, {
      k,
      decoders: options.decoders?.map(decoderCalled) ?? unlessGiven.decoders,
      prepare,
      encoder: encoder?.refused === undefined ? encoder : undefined,
      scale,
      codes: reads ?? unlessGiven.codes,
      suspects: options.suspects ?? unlessGiven.suspects,
      likely: [...codewords.map(({ index }) => index), ...twins.flatMap(({ pair }) => pair), ...dominated],
      confidence,
      seed,
      noise,
      amplitudes,
      threads: options.threads,
      signal,
      onProgress,
    }),
  )
  const leftOut = options.decoders ? [] : unlessGiven.leftOut
  return { ...report, confidence, entropyBits: entropyBits(alive.length, k), d, noise, amplitudes, leftOut }
}
