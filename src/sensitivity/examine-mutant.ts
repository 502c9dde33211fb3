import { checkContract } from '../check/check.js'
import { contract } from '../check/contract.js'
import { localExaminer } from '../check/examiner.js'
import type { Declared } from '../decoders/decoder.js'
import type { Baseline } from '../gate/baseline/baseline.js'
import { runGate } from '../gate/gate.js'
import type { Drift, GateVerdict } from '../gate/gate-report.js'
import { repeatTrials } from '../gate/repeat.js'
import { simulationSampler } from '../success/trials/simulation-sampler.js'
import type { Mutant } from './mutants/mutant.js'

/** What the contract check makes of an mutated decoder. */
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
  /** Whether the gate is run even when the check has found something. */
  readonly thorough: boolean
}

/** Milliseconds that one decode may take, where it awaits. */
const DECODE_LIMIT = 10_000

/** Put an mutated decoder to the contract check and to the gate, in this thread. */
export async function examineMutant(
  decoder: Declared,
  { id, what, apply }: Mutant,
  baseline: Baseline,
  { seed, seconds, tolerance, thorough }: ExamineOptions,
): Promise<MutantReport> {
  const check = await checkTier(apply(decoder), seed, seconds)
  const repeat = await repeatTier(apply(decoder), baseline)
  if (check.broken && !thorough) return { id, what, check, repeat }
  return { id, what, check, repeat, bracket: await bracketTier(apply(decoder), baseline, tolerance) }
}

/** The contract, property by property, until one is broken. */
async function checkTier(decoder: Declared, seed: string, limit: number): Promise<CheckTier> {
  const examiner = localExaminer(decoder, DECODE_LIMIT)
  const start = performance.now()
  let instances = 0
  const seconds = () => (performance.now() - start) / 1000
  for (const { id } of contract) {
    const { properties } = await checkContract(examiner, {
      seed,
      only: [id],
      seconds: limit / contract.length,
    })
    const [{ passed, runs, counterexample }] = properties
    instances += runs
    if (!passed)
      return { broken: id, ...(counterexample && { counterexample }), instances, seconds: seconds() }
  }
  return { instances, seconds: seconds() }
}

async function repeatTier(decoder: Declared, { cells, seed }: Baseline): Promise<RepeatTier> {
  const sampler = simulationSampler(decoder)
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
  decoder: Declared,
  baseline: Baseline,
  tolerance?: number,
): Promise<BracketTier> {
  const options = tolerance === undefined ? {} : { tolerance }
  const { verdict, cells, seconds } = await runGate([simulationSampler(decoder)], baseline, options)
  const trials = cells.reduce(
    (sum, { repeated, lower, upper }) =>
      sum + Math.max(repeated, (lower?.trials ?? 0) + (upper?.trials ?? 0)),
    0,
  )
  const { drift } = cells[0]
  const cell = (cells.find((one) => one.verdict === verdict) ?? cells[0]).id
  return { verdict, cell, trials, ...(drift && { drift }), seconds }
}
