import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readBaseline } from '../src/gate/baseline.js'
import { runGate } from '../src/gate/gate.js'
import type { GateReport } from '../src/gate/report.js'
import { localSampler } from '../src/success/local-sampler.js'
import type { Method } from '../src/success/sampler.js'

/** The committed baselines of the built-in decoders: `npx dpb baseline NAME --tolerance 0.003 --out reports/baselines/NAME.json`. */
export const baselinesFolder = fileURLToPath(new URL('../../reports/baselines', import.meta.url))

export interface BuiltInsOptions {
  /** Called with the share of the work that is done, in [0, 1], roughly, and the decoder that it is at. */
  onProgress?(done: number, decoder: string): void
  readonly signal?: AbortSignal | undefined
}

/**
 * The drift gate of every built-in decoder that has a committed baseline, in this thread: a change of a decoder, a kernel or the conditional
 * method that moves dims per bit shows here.
 */
export async function gateBuiltIns({ onProgress, signal }: BuiltInsOptions = {}): Promise<GateReport[]> {
  const names = readdirSync(baselinesFolder).filter((name) => name.endsWith('.json'))
  const reports: GateReport[] = []
  for (const [i, name] of names.sort().entries()) {
    const baseline = readBaseline(join(baselinesFolder, name))
    const methods = [...new Set(baseline.cells.map(({ method }) => method))]
    const open = (method: Method) => localSampler({ kind: 'built-in', name: baseline.decoder }, method)
    const samplers = await Promise.all(methods.map(open))
    reports.push(
      await runGate(samplers, baseline, {
        onProgress: (done) => onProgress?.((i + done) / names.length, baseline.decoder),
        signal,
      }),
    )
  }
  return reports
}
