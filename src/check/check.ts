import fc from 'fast-check'
import { type Instance, instanceText } from '../arbitraries/instance.js'
import { stream } from '../random/stream.js'
import { contract, contractProperty } from './contract.js'
import type { Examination, Examiner } from './examiner.js'
import type { ContractProperty } from './property.js'

export interface CheckOptions {
  /** Of every random draw. '1' unless given. */
  readonly seed?: string
  /**
   * What the whole check may take, in seconds, beside `instances` and the replies of a decoder that hangs. 20 unless
   * given.
   */
  readonly seconds?: number
  /** Instances that each property is examined on at least, however slow the decoder is; 3 unless given. */
  readonly instances?: number
  /** Ids of the properties to examine; all unless given. */
  readonly only?: readonly string[] | undefined
  /** Called after each property with the number of those done. */
  onProperty?(done: number, report: PropertyReport): void
}

/**
 * How a property fared: `kept` on every instance; `broken` on one; `not examined`, since no instance said anything
 * about it; or it `does not apply` to this decoder.
 */
export type PropertyVerdict = 'kept' | 'broken' | 'not examined' | 'does not apply'

export interface PropertyReport {
  readonly id: string
  readonly statement: string
  readonly verdict: PropertyVerdict
  /** Kept, or it does not apply: what was not examined has not passed. */
  readonly passed: boolean
  /** Instances that it was examined on and that said something about it. */
  readonly runs: number
  /** The smallest instance found that breaks it, what the decoder does there, and what replays it, in one line. */
  readonly counterexample?: string
  /** Why it does not apply, or was not examined. */
  readonly note?: string
}

export interface ContractReport {
  readonly decoder: string
  /** Whether every property passed. */
  readonly passed: boolean
  readonly seed: string
  readonly properties: readonly PropertyReport[]
  readonly seconds: number
}

/**
 * Stops of the decoder's process, each of which takes the time limit, that a whole check puts up with before it stops
 * shrinking them.
 */
const PATIENCE = 3
/** Once the time is up, instances that are tried for each that is asked for, where some are unfit. */
const TRIES = 4
/** Unfit instances drawn for each that is fit. */
const SKIPS_PER_RUN = 20
/** A decoder that keeps a property afresh so many times, where it broke it after other problems, carries state. */
const FRESH_RUNS = 3

/**
 * Examine every property of the decoder contract on drawn instances; those that break it are shrunk. Rejects with
 * what is no fault of the decoder's.
 */
export async function checkContract(
  examiner: Examiner,
  { seed = '1', seconds = 20, instances = 3, only, onProperty }: CheckOptions = {},
): Promise<ContractReport> {
  if (!(seconds > 0)) throw new RangeError(`a check takes a positive number of seconds, not ${seconds}`)
  const chosen = only ? only.map(contractProperty) : contract
  if (!Number.isInteger(instances) || instances < 1) {
    throw new RangeError(`each property needs an integer of at least 1 instances, not ${instances}`)
  }
  const start = performance.now()
  const end = start + seconds * 1000
  let properties: PropertyReport[] = []
  let stops = 0
  for (const property of chosen) {
    const now = performance.now()
    const share = Math.max(0, end - now) / (chosen.length - properties.length)
    const { report, stopped } = await examineProperty(examiner, property, seed, {
      deadline: now + share,
      instances,
      stops: Math.max(1, PATIENCE - stops),
    })
    stops += stopped
    properties.push(report)
    properties = withLate(properties, examiner, seed)
    onProperty?.(properties.length, report)
  }
  return reported(examiner, seed, properties, start)
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
  const examined = await examiner.examine(id, instance, seed)
  const counterexample =
    examined.kind === 'broken' ? line(examiner, id, instance, seed, examined.message) : undefined
  const report = reportOf({ id, statement }, [examined], counterexample)
  return reported(examiner, seed, withLate([report], examiner, seed), start)
}

const reported = (
  { decoder }: Examiner,
  seed: string,
  properties: readonly PropertyReport[],
  start: number,
): ContractReport => ({
  decoder,
  passed: properties.every(({ passed }) => passed),
  seed,
  properties,
  seconds: (performance.now() - start) / 1000,
})

/** The report of a property from what its instances came to. */
function reportOf(
  { id, statement }: Pick<ContractProperty, 'id' | 'statement'>,
  examinations: readonly Examination[],
  counterexample: string | undefined,
): PropertyReport {
  const runs = examinations.filter(({ kind }) => kind !== 'unfit').length
  const unfit = examinations.filter((one) => one.kind === 'unfit')
  const about = { id, statement, runs }
  if (counterexample !== undefined) return { ...about, verdict: 'broken', passed: false, counterexample }
  if (runs > 0) return { ...about, verdict: 'kept', passed: true }
  const foreign = unfit.find((one) => !one.applies)
  const note = (foreign ?? unfit.at(-1))?.reason ?? 'no instance was drawn'
  return foreign === undefined
    ? { ...about, verdict: 'not examined', passed: false, note }
    : { ...about, verdict: 'does not apply', passed: true, note }
}

/** The reports with what decodes did after their answers: it breaks the property that they were for. */
function withLate(properties: PropertyReport[], examiner: Examiner, seed: string): PropertyReport[] {
  const late = examiner.takeLate()
  return properties.map((report) => {
    const breach = late.find(({ property }) => property === report.id)
    if (!breach || report.verdict === 'broken') return report
    const { note: _, ...about } = report
    const counterexample = line(examiner, report.id, breach.instance, seed, breach.message)
    return { ...about, verdict: 'broken', passed: false, counterexample }
  })
}

const line = (examiner: Examiner, id: string, instance: Instance, seed: string, message: string) =>
  `${instanceText(instance)}: it ${message}; replay: ${examiner.replay(id, instance, seed)}`

/** Whether the decoder, rather than the instance, is why nothing was said. */
const refused = (one: Examination): boolean => one.kind === 'unfit' && (one.refused || !one.applies)

async function examineProperty(
  examiner: Examiner,
  property: ContractProperty,
  seed: string,
  most: { readonly deadline: number; readonly instances: number; readonly stops: number },
): Promise<{ report: PropertyReport; stopped: number }> {
  const { id } = property
  const examinations: Examination[] = []
  let stopped = 0
  let broken: { instance: Instance; message: string; seeded: boolean } | undefined
  let failure: unknown
  let settled = false
  const predicate = fc.asyncProperty(property.instances, async (instance) => {
    const fit = examinations.reduce((count, { kind }) => count + Number(kind !== 'unfit'), 0)
    const enough = fit >= most.instances || (fit > 0 && examinations.length >= TRIES * most.instances)
    const late = enough && performance.now() > most.deadline
    // Ends the search, or the shrinking, with what is found so far.
    const hopeless = fit === 0 && examinations.filter(refused).length >= SKIPS_PER_RUN
    if (failure !== undefined || late || settled || hopeless || stopped >= most.stops)
      throw new fc.PreconditionFailure(true)
    const examined = await examiner.examine(id, instance, seed).catch((error: unknown) => {
      failure = error
      throw new fc.PreconditionFailure(true)
    })
    examinations.push(examined)
    // What a process is does not hang on the instance.
    if (examined.kind === 'unfit') settled ||= property.ofProcess === true && !examined.applies
    if (examined.kind === 'unfit') throw new fc.PreconditionFailure(settled)
    if (examined.kind === 'kept') return
    if (examined.stopped) stopped++
    broken = { instance, message: examined.message, seeded: examined.seeded }
    throw new Error(examined.message)
  })
  await fc.check(predicate, {
    seed: stream(seed, 'check', id).key()[0] | 0,
    numRuns: property.runs,
    maxSkipsPerRun: SKIPS_PER_RUN,
  })
  if (failure !== undefined) throw failure
  if (!broken) return { report: reportOf(property, examinations, undefined), stopped }
  const { instance, message, seeded } = broken
  const stateful = seeded && stopped === 0 && (await keepsAfresh(examiner, id, instance, seed))
  const hint = stateful ? ', but only after other problems: it carries state between them' : ''
  const counterexample = line(examiner, id, instance, seed, message + hint)
  return { report: reportOf(property, examinations, counterexample), stopped }
}

/** Whether a decoder that has read nothing before keeps the property on this instance, every time. */
async function keepsAfresh(
  examiner: Examiner,
  id: string,
  instance: Instance,
  seed: string,
): Promise<boolean> {
  if (!examiner.examineAfresh) return false
  for (let run = 0; run < FRESH_RUNS; run++) {
    if ((await examiner.examineAfresh(id, instance, seed)).kind !== 'kept') return false
  }
  return true
}
