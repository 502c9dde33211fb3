import fc from 'fast-check'
import { type Instance, instanceText } from '../arbitraries/instance.js'
import { stream } from '../random/stream.js'
import { contract, contractProperty } from './contract.js'
import type { Examiner } from './examiner.js'
import type { ContractProperty } from './property.js'

export interface CheckOptions {
  /** Of every random draw. '1' unless given. */
  readonly seed?: string
  /** What the whole check may take, in seconds, beside one run of each property and the replies of a decoder that hangs. 20 unless given. */
  readonly seconds?: number
  /** Ids of the properties to examine; all unless given. */
  readonly only?: readonly string[] | undefined
  /** Called after each property with the number of those done. */
  onProperty?(done: number, report: PropertyReport): void
}

/** How one property of the contract fared. */
export interface PropertyReport {
  readonly id: string
  readonly statement: string
  readonly passed: boolean
  /** Instances that it was examined on and that said something about it. */
  readonly runs: number
  /** The smallest instance found that breaks it, what the decoder does there, and what replays it, in one line. */
  readonly counterexample?: string
}

export interface ContractReport {
  readonly decoder: string
  readonly passed: boolean
  readonly seed: string
  readonly properties: readonly PropertyReport[]
  readonly seconds: number
}

/** Stops of the decoder's thread, each of which takes the time limit, that a whole check puts up with before it stops shrinking them. */
const PATIENCE = 3
/** Unfit instances drawn for each that is fit. */
const SKIPS_PER_RUN = 20

/** Examine every property of the decoder contract on drawn instances; those that break it are shrunk. */
export async function checkContract(
  examiner: Examiner,
  { seed = '1', seconds = 20, only, onProperty }: CheckOptions = {},
): Promise<ContractReport> {
  if (!(seconds > 0)) throw new RangeError(`a check takes a positive number of seconds, not ${seconds}`)
  const chosen = only ? only.map(contractProperty) : contract
  const start = performance.now()
  const end = start + seconds * 1000
  const properties: PropertyReport[] = []
  let stops = 0
  for (const property of chosen) {
    const now = performance.now()
    const share = Math.max(0, end - now) / (chosen.length - properties.length)
    const { report, stopped } = await examineProperty(examiner, property, seed, {
      deadline: now + share,
      stops: Math.max(1, PATIENCE - stops),
    })
    stops += stopped
    properties.push(report)
    onProperty?.(properties.length, report)
  }
  return {
    decoder: examiner.decoder,
    passed: properties.every(({ passed }) => passed),
    seed,
    properties,
    seconds: (performance.now() - start) / 1000,
  }
}

/** One property on one instance, as a counterexample names them. */
export async function replayInstance(
  examiner: Examiner,
  id: string,
  instance: Instance,
  seed = '1',
): Promise<ContractReport> {
  const { statement } = contractProperty(id)
  const start = performance.now()
  const outcome = await examiner.examine(id, instance, seed)
  const passed = outcome.kind !== 'broken'
  const report = { id, statement, passed, runs: outcome.kind === 'unfit' ? 0 : 1 }
  return {
    decoder: examiner.decoder,
    passed,
    seed,
    properties: [
      passed ? report : { ...report, counterexample: line(examiner, id, instance, seed, outcome.message) },
    ],
    seconds: (performance.now() - start) / 1000,
  }
}

const line = (examiner: Examiner, id: string, instance: Instance, seed: string, message: string) =>
  `${instanceText(instance)}: ${message}; replay: ${examiner.replay(id, instance, seed)}`

async function examineProperty(
  examiner: Examiner,
  { id, statement, instances, runs: numRuns }: ContractProperty,
  seed: string,
  most: { readonly deadline: number; readonly stops: number },
): Promise<{ report: PropertyReport; stopped: number }> {
  let [runs, stopped] = [0, 0]
  let broken: { instance: Instance; message: string } | undefined
  const property = fc.asyncProperty(instances, async (instance) => {
    const late = runs > 0 && performance.now() > most.deadline
    // Ends the search, or the shrinking, with what is found so far.
    if (late || stopped >= most.stops) throw new fc.PreconditionFailure(true)
    const outcome = await examiner.examine(id, instance, seed)
    if (outcome.kind === 'unfit') throw new fc.PreconditionFailure()
    runs++
    if (outcome.kind === 'kept') return
    if (outcome.stopped) stopped++
    broken = { instance, message: outcome.message }
    throw new Error(outcome.message)
  })
  await fc.check(property, {
    seed: stream(seed, 'check', id).key()[0] | 0,
    numRuns,
    maxSkipsPerRun: SKIPS_PER_RUN,
  })
  const report = { id, statement, passed: !broken, runs }
  if (!broken) return { report, stopped }
  const { instance, message } = broken
  const afresh = stopped > 0 ? undefined : await examiner.examineAfresh?.(id, instance, seed)
  const hint = afresh?.kind === 'kept' ? ', but only after other problems: it carries state between them' : ''
  const counterexample = line(examiner, id, instance, seed, message + hint)
  return { report: { ...report, counterexample }, stopped }
}
