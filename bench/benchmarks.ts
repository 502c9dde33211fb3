import { ampFigures } from './amp.js'
import { auditFigures } from './audit.js'
import { conditionalFigures } from './conditional.js'
import { decoderFigures, largeDecoderFigures } from './decoders.js'
import { float32Figures } from './float32.js'
import { gateFigures } from './gate.js'
import { generalFigures } from './general.js'
import { kernelFigures } from './kernels.js'
import { memoryFigures } from './memory.js'
import { pythonFigures } from './python.js'
import { scaleFigures } from './scale.js'
import { startupFigures } from './startup.js'
import type { BenchResult } from './timing.js'
import { workerFigures } from './workers.js'

/** Every benchmark by name: throughput, and what the drift gate detects in how long. */
export const benchmarks: Readonly<
  Record<
    string,
    () => BenchResult[] | Promise<BenchResult[]> | Iterable<BenchResult> | AsyncIterable<BenchResult>
  >
> = {
  kernels: kernelFigures,
  decoders: decoderFigures,
  dense: float32Figures,
  audit: auditFigures,
  'large-decoders': largeDecoderFigures,
  amp: ampFigures,
  conditional: conditionalFigures,
  general: generalFigures,
  gate: gateFigures,
  workers: workerFigures,
  scale: scaleFigures,
  memory: memoryFigures,
  startup: startupFigures,
  python: pythonFigures,
}

/** Run these benchmarks, all by default, one after another; each result is passed on as it is found. */
export async function runBenchmarks(
  names: readonly string[] = [],
  onFigure: (result: BenchResult) => void = () => {},
): Promise<BenchResult[]> {
  const all: BenchResult[] = []
  for (const name of names.length > 0 ? names : Object.keys(benchmarks)) {
    for await (const result of await benchmarks[name]()) {
      all.push(result)
      onFigure(result)
      // Signals are heard between figures.
      await new Promise(setImmediate)
    }
  }
  return all
}
