import { processReader } from '../../success/processes/process-reader.js'
import type { ProblemReader } from '../../success/processes/reader.js'
import type { ContractViolation, Sampler } from '../../success/trials/sampler.js'
import type { Baseline } from '../baseline/baseline.js'
import { type GateOptions, runGate } from '../gate.js'
import type { GateReport } from '../gate-report.js'
import { shapeAt } from '../place.js'
import type { TrialPlace } from '../repeat.js'
import { replay, trialOf } from './replay.js'
import { dropCase, saveCase, savedCases } from './trial-case.js'

/** A gate's run and what it did to the saved cases, which never decides anything. */
export interface GateWithCases {
  readonly report: GateReport
  /** Files of trials that fail, and did not when they were recorded; the ones that failed before come first. */
  readonly cases: readonly string[]
  /** Files of earlier ones that were run and fail no more, now removed. */
  readonly resolved: readonly string[]
  /** Files of earlier ones that were not run: they stay. */
  readonly notRun: readonly string[]
  /** What could not be read, saved or removed, a line each. */
  readonly warnings: readonly string[]
}

export interface CasesOptions extends GateOptions {
  /** Milliseconds that a decode may take when a failed trial is looked at again. */
  readonly timeLimit?: number
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
  { timeLimit = 10_000, ...options }: CasesOptions = {},
): Promise<GateWithCases> {
  const { cases: before, warnings } = savedCases(folder)
  const report = await runGate(samplers, baseline, { ...options, first: [...before.values()] })
  const among = (places: readonly TrialPlace[]) => (one: TrialPlace) =>
    places.some((place) => samePlace(place, one))
  const failsAgain = among(report.failedAgain)
  const passesAgain = among(report.passedAgain)
  const paths = (which: (one: TrialPlace) => boolean) =>
    [...before].flatMap(([path, one]) => (which(one) ? [path] : []))
  const attempt = async <T>(act: () => T | Promise<T>): Promise<T | undefined> => {
    try {
      return await act()
    } catch (error) {
      warnings.push((error as Error).message)
      return undefined
    }
  }
  const resolved = paths(passesAgain)
  for (const path of resolved) await attempt(() => dropCase(path))
  const fresh = failures(report).filter((failure) => !failsAgain(failure))
  const saved = await attempt(() => saveAll(nameOrPath, baseline, folder, fresh, timeLimit, attempt))
  return {
    report,
    cases: [...paths(failsAgain), ...(saved ?? [])],
    resolved,
    notRun: paths((one) => !failsAgain(one) && !passesAgain(one)),
    warnings,
  }
}

/** The failed trials that a report shows: decodes alone, since a probability has no answer. */
function failures({ cells }: GateReport): Failure[] {
  return cells
    .filter(({ method }) => method === 'simulation')
    .flatMap(({ changedTrials, fault, ...cell }): Failure[] => {
      if (fault) return [{ N: fault.N, k: fault.k, d: fault.d, trial: fault.trial, fault }]
      return changedTrials
        .filter(({ now, recorded }) => now < recorded)
        .map((one) => ({ ...shapeAt(cell, one), trial: one.trial }))
    })
}

/** Save each failure with the decoder's answer; one that broke its contract is not run again. */
async function saveAll(
  nameOrPath: string,
  { seed, model }: Baseline,
  folder: string,
  fresh: readonly Failure[],
  timeLimit: number,
  attempt: <T>(act: () => T | Promise<T>) => Promise<T | undefined>,
): Promise<string[]> {
  const paths: string[] = []
  let reader: ProblemReader | undefined
  try {
    for (const { N, k, d, trial, fault } of fresh) {
      const name = { N, k, d, seed, trial, ...(model && { model }) }
      const path = await attempt(async () => {
        const { subset } = await trialOf(name)
        const about = { decoder: nameOrPath, ...name, subset }
        if (fault) return saveCase(folder, { ...about, fault: fault.message, detail: fault.detail })
        reader ??= await processReader(nameOrPath, { timeLimit })
        const { answer, fault: again, detail } = await replay(reader, name)
        return saveCase(folder, { ...about, answer, fault: again, detail })
      })
      if (path !== undefined) paths.push(path)
    }
  } finally {
    await reader?.close()
  }
  return paths
}

const samePlace = (a: TrialPlace, b: TrialPlace): boolean =>
  a.N === b.N && a.k === b.k && a.d === b.d && a.trial === b.trial
