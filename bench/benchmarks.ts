import { ampFigures } from './amp.js'
import { conditionalFigures } from './conditional.js'
import { decoderFigures, largeDecoderFigures } from './decoders.js'
import { gateFigures } from './gate.js'
import { kernelFigures } from './kernels.js'
import { memoryFigures } from './memory.js'
import type { Figure } from './timing.js'
import { workerFigures } from './workers.js'

/** Every benchmark by name: throughput, and what the drift gate detects in how long. */
export const benchmarks: Readonly<
  Record<string, () => Figure[] | Promise<Figure[]> | Iterable<Figure> | AsyncIterable<Figure>>
> = {
  kernels: kernelFigures,
  decoders: decoderFigures,
  'large-decoders': largeDecoderFigures,
  amp: ampFigures,
  conditional: conditionalFigures,
  gate: gateFigures,
  workers: workerFigures,
  memory: memoryFigures,
}

/** Run these benchmarks, all by default, one after another; each figure is passed on as it is found. */
export async function runBenchmarks(
  names: readonly string[] = [],
  onFigure: (figure: Figure) => void = () => {},
): Promise<Figure[]> {
  const all: Figure[] = []
  for (const name of names.length > 0 ? names : Object.keys(benchmarks)) {
    for await (const figure of await benchmarks[name]()) {
      all.push(figure)
      onFigure(figure)
    }
  }
  return all
}
