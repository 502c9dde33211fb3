import fc from 'fast-check'
import type { ExaminedInstance } from '../arbitraries/instance.js'
import { requireInteger, requirePositive } from '../io/arguments.js'
import { stream } from '../random/stream.js'
import { contract, contractProperty } from './contract.js'
import {
  type ContractReport,
  causesOf,
  type ExaminedProperty,
  findingOf,
  notExamined,
  type PropertyReport,
  sameCause,
  type Telling,
  withLate,
} from './contract-report.js'
import type { Examination, Examiner } from './examiner.js'
import type { ContractProperty } from './property.js'

/** How long, and on what, a decoder is examined. @since 0.1.0 */
export interface CheckOptions {
  /** Of every random draw. @defaultValue `'1'` */
  readonly seed?: string
  /** What the whole check may take, in seconds, beside `instances` and answers that do not come. @defaultValue `20` */
  readonly seconds?: number
  /** Instances that each property is examined on at least, however slow the decoder is. @defaultValue `3` */
  readonly instances?: number
  /**
   * Seconds after which nothing more is examined, whatever has come of it. They count from when the examiner was
   * made, without the time spent waiting for a core.
   *
   * @defaultValue `Infinity`
   */
  readonly limit?: number
  /** Ids of the properties to examine. @defaultValue all */
  readonly only?: readonly string[] | undefined
  /** Called after each property with the number of those done. */
  onProperty?(done: number, report: PropertyReport): void
}

/**
 * How often the decoder's process may be stopped in a whole check before such breaches are shrunk no more: each stop
 * takes the time limit.
 */
const PATIENCE = 3
/** A decoder that has answered nothing by so many stops is given up. */
const FIRST_STOPS = 2
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
  { seed = '1', seconds = 20, instances = 3, limit = Infinity, only, onProperty }: CheckOptions = {},
): Promise<ContractReport> {
  requirePositive('seconds', seconds)
  requireInteger('instances', instances, 1)
  if (!(limit > 0)) throw new RangeError(`limit must be a positive number of seconds, not ${limit}`)
  const chosen = (only ? only.map(contractProperty) : contract).map((property) => asked(property, examiner))
  const start = performance.now()
  const telling = { examiner, seed }
  const [soft, hard] = [examiner.now() + seconds * 1000, limit * 1000]
  let findings: ExaminedProperty[] = []
  let stops = 0
  for (const property of chosen) {
    const now = examiner.now()
    const left = chosen.length - findings.length
    // Once it is known that answers may not come, each property waits for them no longer than its share.
    examiner.until = stops > 0 ? Math.min(hard, now + Math.max(0, hard - now) / left) : hard
    const given = stops >= FIRST_STOPS && !examiner.answered
    const { finding, stopped } = given
      ? { finding: notExamined(property, 'it answered nothing before'), stopped: 0 }
      : await examineProperty(telling, property, {
          deadline: now + Math.max(0, soft - now) / left,
          instances,
          stops: Math.max(1, PATIENCE - stops),
          known: (message) => findings.some(({ broken }) => broken && sameCause(broken.message, message)),
        })
    stops += stopped
    findings = withTheLate([...findings, finding], telling)
    onProperty?.(findings.length, finding.report)
  }
  return reported(telling, findings, start)
}

/** One property on one instance, as a counterexample names them. */
export async function replayInstance(
  examiner: Examiner,
  id: string,
  instance: ExaminedInstance,
  seed = '1',
): Promise<ContractReport> {
  const start = performance.now()
  const telling = { examiner, seed }
  const examined = await examiner.examine(id, instance, seed)
  const broken = examined.kind === 'broken' ? { instance, message: examined.message } : undefined
  const finding = findingOf(asked(contractProperty(id), examiner), [examined], broken, {
    ...telling,
    least: 1,
  })
  return reported(telling, withTheLate([finding], telling), start)
}

/** The property as it is asked of this decoder. */
const asked = (property: ContractProperty, { sizeVaries }: Examiner): ContractProperty =>
  sizeVaries && property.ofVaryingSize ? { ...property, statement: property.ofVaryingSize } : property

function withTheLate(findings: readonly ExaminedProperty[], telling: Telling): ExaminedProperty[] {
  const late = telling.examiner.takeLate()
  return findings.map((finding) => withLate(finding, late, telling))
}

const reported = (
  { examiner: { decoder }, seed }: Telling,
  findings: readonly ExaminedProperty[],
  start: number,
): ContractReport => ({
  decoder,
  passed: findings.every(({ report }) => report.passed),
  seed,
  properties: findings.map(({ report }) => report),
  causes: causesOf(findings),
  seconds: (performance.now() - start) / 1000,
})

/** Whether the decoder, rather than the instance, is why nothing was said. */
const refused = (one: Examination): boolean => one.kind === 'unfit' && (one.refused || !one.applies)

async function examineProperty(
  telling: Telling,
  property: ContractProperty,
  most: {
    readonly deadline: number
    readonly instances: number
    readonly stops: number
    /** Whether a breach is one that an earlier property has shown already, of a decoder afresh. */
    known(message: string): boolean
  },
): Promise<{ finding: ExaminedProperty; stopped: number }> {
  const { examiner, seed } = telling
  const { id } = property
  const examinations: Examination[] = []
  let stopped = 0
  let broken: { instance: ExaminedInstance; message: string; seeded: boolean } | undefined
  let failure: unknown
  let settled = false
  const predicate = fc.asyncProperty(property.instances.map(examiner.fit), async (instance) => {
    const fit = examinations.reduce((count, { kind }) => count + Number(kind !== 'unfit'), 0)
    const enough = fit >= most.instances || (fit > 0 && examinations.length >= TRIES * most.instances)
    const late = enough && examiner.now() > most.deadline
    // Ends the search, or the shrinking, with what is found so far.
    const hopeless = fit === 0 && examinations.filter(refused).length >= SKIPS_PER_RUN
    if (failure !== undefined || late || settled || hopeless || stopped >= most.stops)
      throw new fc.PreconditionFailure(true)
    const examined = await examiner.examine(id, instance, seed).catch((error: unknown) => {
      failure = error
      throw new fc.PreconditionFailure(true)
    })
    examinations.push(examined)
    // What a process is does not hang on the instance; and time that is up stays so.
    if (examined.kind === 'unfit')
      settled ||= examined.late || (property.ofProcess === true && !examined.applies)
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
  const counted = { ...telling, least: most.instances }
  if (!broken) return { finding: findingOf(property, examinations, undefined, counted), stopped }
  const { instance, message, seeded } = broken
  const doubtful = seeded && stopped === 0 && !most.known(message)
  const stateful = doubtful && (await keepsAfresh(examiner, id, instance, seed))
  const hint = stateful ? ', but only after other problems: it carries state between them' : ''
  const counterexample = { instance, message: message + hint }
  return { finding: findingOf(property, examinations, counterexample, counted), stopped }
}

/** Whether a decoder that has read nothing before keeps the property on this instance, every time. */
async function keepsAfresh(
  examiner: Examiner,
  id: string,
  instance: ExaminedInstance,
  seed: string,
): Promise<boolean> {
  if (!examiner.examineAfresh) return false
  for (let run = 0; run < FRESH_RUNS; run++) {
    if ((await examiner.examineAfresh(id, instance, seed)).kind !== 'kept') return false
  }
  return true
}
