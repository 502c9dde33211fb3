import { drawTrial } from '../src/codes/trial.js'
import { builtInDecoders } from '../src/decoders/table.js'
import { type Figure, time } from './timing.js'

const shape = { N: 2 ** 12, k: 10, d: 256 }

/** Decodes a second of every built-in decoder, one code at a time on one thread. */
export async function decoderFigures(): Promise<Figure[]> {
  const { problem } = drawTrial(shape, 'bench', 0)
  const figures: Figure[] = []
  for (const decoder of builtInDecoders) {
    if (decoder.refuses?.(shape)) continue
    const { seconds, margin } = time(() => decoder.decode(problem), { maxTime: 0.3 })
    figures.push({
      id: `decode-${decoder.name}`,
      what: `${decoder.name}, N = 2^12, k = 10, d = 256`,
      value: 1 / seconds,
      unit: 'decodes/s',
      margin,
    })
  }
  return figures
}
