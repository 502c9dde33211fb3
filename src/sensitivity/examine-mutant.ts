import { checkContract } from '../check/check.js'
import { ruleProperties } from '../check/contract.js'
import { type Examiner, processExaminer } from '../check/examiner.js'
import type { Baseline } from '../gate/baseline/baseline.js'
import { runGate } from '../gate/gate.js'
import type { Drift, GateVerdict } from '../gate/gate-report.js'
import { repeatTrials } from '../gate/repeat.js'
import type { Transform } from '../success/processes/host-protocol.js'
import type { Sampler } from '../success/trials/sampler.js'
import { openSampler } from '../success/workers/open-sampler.js'
import type { Mutant } from './mutants/mutant.js'

/** What the contract check makes of a mutated decoder. */
export interface CheckTier {
  /** The first property that is broken. */
  readonly broken?: string
  readonly counterexample?: string
  /** Instances until then, or all. */
  readonly instances: number
  readonly seconds: number
}

/** What the gate's first tier makes of it: trials repeated, and those that came out otherwise. */
export interface RepeatTier {
  readonly trials: number
  readonly changed: number
  /** Trials that broke the contract. */
  readonly faults: number
  readonly seconds: number
}

/** What the whole gate makes of it. */
export interface BracketTier {
  readonly verdict: GateVerdict
  /** The cell that regressed, or the first. */
  readonly cell: string
  /** Trials at both dimensions of all cells. */
  readonly trials: number
  /** Of the first cell's dimension. */
  readonly drift?: Drift
  readonly seconds: number
}

export interface MutantReport {
  readonly id: string
  readonly what: string
  readonly check: CheckTier
  readonly repeat: RepeatTier
  /** Missing where the check has settled it. */
  readonly bracket?: BracketTier
}

export interface ExamineOptions {
  readonly seed: string
  /** What the check may take, roughly. */
  readonly seconds: number
  /** Of the gate: as recorded unless given. */
  readonly tolerance?: number | undefined
  /** The URL of a queue whose workers run the gate's trials. */
  readonly queue?: string | undefined
  /** Whether the gate is run even when the check has found something. */
  readonly thorough: boolean
  /** Milliseconds that one decode may take, and loading the decoder. */
  readonly timeLimit: number
  readonly startupLimit: number
}

/** Put a mutated decoder to the contract check and to the gate, in processes of its own. */
export async function examineMutant(
  nameOrPath: string,
  { id, what }: Pick<Mutant, 'id' | 'what'>,
  baseline: Baseline,
  { seed, seconds, tolerance, thorough, timeLimit, startupLimit, queue }: ExamineOptions,
): Promise<MutantReport> {
  const limits = { timeLimit, startupLimit, transform: mutation(id) }
  const examiner = await processExaminer(nameOrPath, limits)
  const check = await checkTier(examiner, seed, seconds).finally(() => examiner.close())
  const open = () => openSampler(nameOrPath, { ...limits, workers: 1, ...(queue !== undefined && { queue }) })
  const first = await open()
  const repeat = await repeatTier(first, baseline).finally(() => first.close())
  if (check.broken && !thorough) return { id, what, check, repeat }
  // The gate meets a decoder that has read nothing before.
  const second = await open()
  const bracket = await bracketTier(second, baseline, tolerance).finally(() => second.close())
  return { id, what, check, repeat, bracket }
}

/** What plants the mutant of this id in a decoder. */
export const mutation = (id: string): Transform => ({
  module: new URL('./mutation.js', import.meta.url).href,
  name: 'mutated',
  argument: id,
})

/** The contract, property by property, until one is broken. */
async function checkTier(examiner: Examiner, seed: string, limit: number): Promise<CheckTier> {
  const start = performance.now()
  let instances = 0
  const seconds = () => (performance.now() - start) / 1000
  for (const { id } of ruleProperties) {
    const { properties } = await checkContract(examiner, {
      seed,
      only: [id],
      seconds: limit / ruleProperties.length,
    })
    const [{ verdict, runs, counterexample }] = properties
    instances += runs
    if (verdict === 'broken')
      return { broken: id, ...(counterexample && { counterexample }), instances, seconds: seconds() }
  }
  return { instances, seconds: seconds() }
}

async function repeatTier(sampler: Sampler, { cells, seed }: Baseline): Promise<RepeatTier> {
  const start = performance.now()
  let [trials, changed, faults] = [0, 0, 0]
  for (const cell of cells) {
    const repeat = await repeatTrials(sampler, cell, seed, { first: [] })
    trials += repeat.trials
    changed += repeat.differences.length
    if (repeat.fault) faults++
  }
  return { trials, changed, faults, seconds: (performance.now() - start) / 1000 }
}

export async function bracketTier(
  sampler: Sampler,
  baseline: Baseline,
  tolerance?: number,
): Promise<BracketTier> {
  const options = tolerance === undefined ? {} : { tolerance }
  const { verdict, cells, seconds } = await runGate([sampler], baseline, options)
  const trials = cells.reduce(
    (sum, { repeated, lower, upper }) =>
      sum + Math.max(repeated, (lower?.trials ?? 0) + (upper?.trials ?? 0)),
    0,
  )
  const { drift } = cells[0]
  const cell = (cells.find((one) => one.verdict === verdict) ?? cells[0]).id
  return { verdict, cell, trials, ...(drift && { drift }), seconds }
}
