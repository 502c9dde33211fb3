import { checkContract } from '../../check/check.js'
import { contract } from '../../check/contract.js'
import { localExaminer } from '../../check/examiner.js'
import type { Declared } from '../../decoders/decoder.js'
import { simulationSampler } from '../../success/simulation.js'
import type { Baseline } from '../baseline.js'
import type { Alteration } from '../faults/fault.js'
import { runGate } from '../gate.js'
import { repeatTrials } from '../repeat.js'
import type { Drift, GateVerdict } from '../report.js'

/** What the contract check makes of an altered decoder. */
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

export interface AlterationReport {
  readonly id: string
  readonly what: string
  readonly check: CheckTier
  readonly repeat: RepeatTier
  readonly bracket: BracketTier
}

/** Milliseconds that one decode may take, where it awaits. */
const DECODE_LIMIT = 10_000

/**
 * Put an altered decoder to the contract check and to the gate, in this thread.
 * @param seconds what the check may take, roughly.
 */
export async function examineAlteration(
  decoder: Declared,
  { id, what, apply }: Alteration,
  baseline: Baseline,
  { seed, seconds }: { readonly seed: string; readonly seconds: number },
): Promise<AlterationReport> {
  const check = await checkTier(apply(decoder), seed, seconds)
  const repeat = await repeatTier(apply(decoder), baseline)
  const bracket = await bracketTier(apply(decoder), baseline)
  return { id, what, check, repeat, bracket }
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

export async function bracketTier(decoder: Declared, baseline: Baseline): Promise<BracketTier> {
  const { verdict, cells, seconds } = await runGate([simulationSampler(decoder)], baseline)
  const trials = cells.reduce(
    (sum, { repeated, lower, upper }) =>
      sum + Math.max(repeated, (lower?.trials ?? 0) + (upper?.trials ?? 0)),
    0,
  )
  const { drift } = cells[0]
  const cell = (cells.find((one) => one.verdict === verdict) ?? cells[0]).id
  return { verdict, cell, trials, ...(drift && { drift }), seconds }
}
