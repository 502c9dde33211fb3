import { drawTrial, type Shape } from '../src/codes/trial.js'
import { builtInDecoders } from '../src/decoders/built-in.js'
import { sizeText } from '../src/results/number-text.js'
import { type BenchResult, time } from './timing.js'

/** So few codewords that the cost of the calls shows. */
const tiny = { N: 2 ** 4, k: 3, d: 8 }
const small = { N: 2 ** 12, k: 10, d: 256 }
/** At one dimension per bit. */
const large = { N: 2 ** 20, k: 28, d: 462 }

const at = ({ N, k, d }: Shape) => `N = ${sizeText(N)}, k = ${k}, d = ${d}`

/** Decodes a second of every built-in decoder, one code at a time on one thread. */
export function* decoderFigures(): Generator<BenchResult> {
  yield* decodesASecond('decode-tiny', tiny)
  yield* decodesASecond('decode', small)
}

function* decodesASecond(id: string, shape: Shape): Generator<BenchResult> {
  const { problem } = drawTrial(shape, 'bench', 0)
  for (const decoder of builtInDecoders) {
    if (decoder.refuses?.(shape)) continue
    const { seconds, margin } = time(() => decoder.decode(problem), { maxTime: 0.3 })
    yield {
      id: `${id}-${decoder.name}`,
      what: `${decoder.name}, ${at(shape)}`,
      value: 1 / seconds,
      unit: 'decodes/s',
      margin,
    }
  }
}

/**
 * Seconds of one decode over a dictionary of the reference size, of every built-in decoder that takes it; those that
 * iterate take up to half a minute.
 */
export function* largeDecoderFigures(): Generator<BenchResult> {
  const { problem } = drawTrial(large, 'bench', 0)
  for (const decoder of builtInDecoders) {
    if (decoder.refuses?.(large)) continue
    const { seconds } = time(() => decoder.decode(problem), { minSamples: 1, maxTime: 0.1 })
    yield {
      id: `decode-large-${decoder.name}`,
      what: `${decoder.name}, ${at(large)}`,
      value: seconds,
      unit: 's',
    }
  }
}
