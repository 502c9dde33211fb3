import { fileURLToPath } from 'node:url'
import { type Baseline, readBaseline } from '../gate/baseline/baseline.js'
import { runGate } from '../gate/gate.js'
import type { GateReport } from '../gate/gate-report.js'
import { driftText, evidenceText, falseAlarmText, headline } from '../report/gate/gate-text.js'
import { samplerUnderTest } from './given-decoder.js'

/**
 * A baseline, or the file that `dpb baseline` wrote: a path from the working directory, or a URL such as new
 * URL('x.json', import.meta.url).
 *
 * @since 0.1.0
 */
export type BaselineFile = Baseline | string | URL

/** The drift gate of a decoder against its baseline. */
export async function driftFrom(
  decoder: unknown,
  file: BaselineFile,
  tolerance?: number,
): Promise<GateReport> {
  const baseline = loaded(file)
  const methods = new Set(baseline.cells.map(({ method }) => method))
  const samplers = await Promise.all(
    [...methods].map((method) => samplerUnderTest(decoder, method, baseline.model)),
  )
  return runGate(samplers, baseline, tolerance === undefined ? {} : { tolerance }).finally(() =>
    Promise.all(samplers.map((sampler) => sampler.close())),
  )
}

function loaded(file: BaselineFile): Baseline {
  if (file instanceof URL) return readBaseline(fileURLToPath(file))
  return typeof file === 'string' ? readBaseline(file) : file
}

/** Whether the gate lets it pass. */
export const passes = ({ verdict }: GateReport): boolean =>
  verdict !== 'regressed' && verdict !== 'inconclusive'

/** The verdict and its evidence, for a failed test. */
export const driftMessage = (report: GateReport): string =>
  [
    headline(report),
    ...report.cells.map(
      (cell) => `  ${cell.id}: ${cell.verdict}, drift ${driftText(cell)}; ${evidenceText(cell)}`,
    ),
    falseAlarmText(report),
  ].join('\n')
