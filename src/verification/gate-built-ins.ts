import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readBaseline } from '../gate/baseline/baseline.js'
import { runGate } from '../gate/gate.js'
import type { GateReport } from '../gate/gate-report.js'
import type { Method } from '../success/trials/sampler.js'
import { localSampler } from '../success/workers/local-sampler.js'

/**
 * The committed baselines of the built-in decoders: `npx dpb baseline NAME --tolerance 0.003 --false-alarm 5e-8 --out
 * reports/baselines/NAME.json`.
 */
export const baselinesFolder = fileURLToPath(new URL('../../../reports/baselines', import.meta.url))

export interface BuiltInsOptions {
  /** The false-alarm probability that all their runs together may have, as recorded in the baselines. */
  readonly alpha: number
  /** Called with the share of the work that is done, in [0, 1], roughly, and the decoder that it is at. */
  onProgress?(done: number, decoder: string): void
  readonly signal?: AbortSignal | undefined
}

/**
 * The drift gate of every built-in decoder that has a committed baseline, in this thread: a change of a decoder, a
 * kernel or the conditional method that moves dims per bit shows here.
 */
export async function gateBuiltIns({ alpha, onProgress, signal }: BuiltInsOptions): Promise<GateReport[]> {
  const names = readdirSync(baselinesFolder).filter((name) => name.endsWith('.json'))
  const reports: GateReport[] = []
  for (const [i, name] of names.sort().entries()) {
    const baseline = readBaseline(join(baselinesFolder, name))
    const methods = [...new Set(baseline.cells.map(({ method }) => method))]
    const open = (method: Method) => localSampler(baseline.decoder, { method })
    const samplers = await Promise.all(methods.map(open))
    reports.push(
      await runGate(samplers, baseline, {
        onProgress: (done) => onProgress?.((i + done) / names.length, baseline.decoder),
        signal,
      }),
    )
  }
  const recorded = reports.reduce((sum, { falseAlarm }) => sum + falseAlarm.run, 0)
  if (recorded > alpha * (1 + 1e-9)) {
    throw new Error(
      `the baselines' false-alarm probability is ${recorded} together, above their share ${alpha}`,
    )
  }
  return reports
}
