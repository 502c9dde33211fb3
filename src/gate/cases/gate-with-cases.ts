import { drawTrial } from '../../codes/trial.js'
import type { ContractViolation, Sampler } from '../../success/trials/sampler.js'
import { loadDecoder } from '../../success/workers/load-decoder.js'
import type { Baseline } from '../baseline/baseline.js'
import { type GateOptions, runGate } from '../gate.js'
import type { GateReport } from '../gate-report.js'
import type { TrialPlace } from '../repeat.js'
import { replay } from './replay.js'
import { dropCase, saveCase, savedCases } from './trial-case.js'

/** A gate's run and what it did to the saved cases. */
export interface GateWithCases {
  readonly report: GateReport
  /** Files of trials that failed in this run, and did not when they were recorded; the ones that failed before come first. */
  readonly cases: readonly string[]
  /** Files of earlier ones that failed no more, now removed. */
  readonly resolved: readonly string[]
}

/** A trial that fails now, and what the decoder did instead of answering. */
interface Failure extends TrialPlace {
  readonly fault?: ContractViolation
}

/** The gate with a folder of failed trials: those in it are repeated first, and it holds those that fail afterwards. */
export async function gateWithCases(
  nameOrPath: string,
  samplers: readonly Sampler[],
  baseline: Baseline,
  folder: string,
  options: GateOptions = {},
): Promise<GateWithCases> {
  const before = savedCases(folder)
  const report = await runGate(samplers, baseline, { ...options, first: [...before.values()] })
  const failsAgain = (one: TrialPlace) => report.failedAgain.some((place) => samePlace(place, one))
  const cases: string[] = []
  const resolved: string[] = []
  for (const [path, one] of before) (failsAgain(one) ? cases : resolved).push(path)
  resolved.forEach(dropCase)
  for (const failure of failures(report)) {
    if (!failsAgain(failure)) cases.push(await save(nameOrPath, baseline.seed, folder, failure))
  }
  return { report, cases, resolved }
}

/** The failed trials that a report shows: decodes alone, since a probability has no answer. */
function failures({ cells }: GateReport): Failure[] {
  return cells
    .filter(({ method }) => method === 'simulation')
    .flatMap(({ N, k, changedTrials, fault }): Failure[] => {
      if (fault) return [{ N, k, d: fault.d, trial: fault.trial, fault }]
      return changedTrials
        .filter(({ now, recorded }) => now < recorded)
        .map(({ d, trial }) => ({ N, k, d, trial }))
    })
}

/** A decoder that broke its contract may hang, or end this thread: it is not run again. */
async function save(nameOrPath: string, seed: string, folder: string, failure: Failure): Promise<string> {
  const { N, k, d, trial, fault } = failure
  const name = { N, k, d, seed, trial }
  if (fault) {
    const { subset } = drawTrial({ N, k, d }, seed, trial)
    return saveCase(folder, { decoder: nameOrPath, ...name, subset, fault: fault.message })
  }
  const { subset, answer } = await replay(await loadDecoder(nameOrPath), name)
  return saveCase(folder, { decoder: nameOrPath, ...name, subset, answer })
}

const samePlace = (a: TrialPlace, b: TrialPlace): boolean =>
  a.N === b.N && a.k === b.k && a.d === b.d && a.trial === b.trial
