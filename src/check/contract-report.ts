import { type ExaminedInstance, instanceText } from '../arbitraries/instance.js'
import type { Examination, Examiner } from './examiner.js'
import type { ContractProperty } from './property.js'

/**
 * How a property fared: `kept` on every instance; `broken` on one; `not examined`, since no instance said anything
 * about it; or it `does not apply` to this decoder.
 *
 * @since 0.2.0
 */
export type PropertyVerdict = 'kept' | 'broken' | 'not examined' | 'does not apply'

/** How one property of the contract fared. @since 0.1.0 */
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

/** Why properties are not kept: said once, whatever number of them it touches. @since 0.2.0 */
export interface Cause {
  readonly verdict: Exclude<PropertyVerdict, 'kept'>
  /** Their ids. */
  readonly properties: readonly string[]
  /** The counterexample of the smallest instance among theirs, or their note. */
  readonly text: string
}

/** What `dpb check --json` prints. @since 0.1.0 */
export interface ContractReport {
  readonly decoder: string
  /** Whether every property passed. */
  readonly passed: boolean
  readonly seed: string
  readonly properties: readonly PropertyReport[]
  /** Of the properties that are not kept, in their order. */
  readonly causes: readonly Cause[]
  /** By the clock, not of the processor. */
  readonly seconds: number
}

/** What the decoder does on an instance that breaks a property. */
export interface BreakingInstance {
  readonly instance: ExaminedInstance
  readonly message: string
}

/** What became of a property. */
export interface ExaminedProperty {
  readonly report: PropertyReport
  readonly broken?: BreakingInstance | undefined
}

/** What counterexamples are told with. */
export interface Telling {
  readonly examiner: Examiner
  readonly seed: string
}

type Named = Pick<ContractProperty, 'id' | 'statement'>

/**
 * The finding of a property from what its instances came to, of which there are to be so many unless it is for other
 * reasons than time that there are fewer.
 */
export function findingOf(
  { id, statement }: Named,
  examinations: readonly Examination[],
  broken: BreakingInstance | undefined,
  { least, ...telling }: Telling & { readonly least: number },
): ExaminedProperty {
  const runs = examinations.filter(({ kind }) => kind !== 'unfit').length
  const about = { id, statement, runs }
  if (broken) return brokenBy(about, broken, telling)
  const unfit = examinations.filter((one) => one.kind === 'unfit')
  const late = unfit.find((one) => one.late)
  if (late && runs < least) return notExamined({ id, statement }, late.reason, runs)
  if (runs > 0) return { report: { ...about, verdict: 'kept', passed: true } }
  const foreign = unfit.find((one) => !one.applies)
  const note = (foreign ?? unfit.at(-1))?.reason ?? 'no instance was drawn'
  return foreign === undefined
    ? notExamined({ id, statement }, note)
    : { report: { ...about, verdict: 'does not apply', passed: true, note } }
}

/** The finding of a property that nothing is known about, or too little, and why. */
export const notExamined = ({ id, statement }: Named, note: string, runs = 0): ExaminedProperty => ({
  report: { id, statement, runs, verdict: 'not examined', passed: false, note },
})

/** The finding with what decodes did after their answers, where it shows the property to be broken after all. */
export function withLate(
  finding: ExaminedProperty,
  late: ReturnType<Examiner['takeLate']>,
  telling: Telling,
): ExaminedProperty {
  const { id, statement, runs, verdict } = finding.report
  const breach = late.find(({ property }) => property === id)
  return breach && verdict !== 'broken' ? brokenBy({ id, statement, runs }, breach, telling) : finding
}

function brokenBy(
  about: Pick<PropertyReport, 'id' | 'statement' | 'runs'>,
  { instance, message }: BreakingInstance,
  { examiner, seed }: Telling,
): ExaminedProperty {
  const replay = examiner.replay(about.id, instance, seed)
  const counterexample = `${instanceText(instance)}: it ${message}; replay: ${replay}`
  return {
    report: { ...about, verdict: 'broken', passed: false, counterexample },
    broken: { instance, message },
  }
}

/** The causes among these findings: breaches that differ in numbers alone are one. */
export function causesOf(findings: readonly ExaminedProperty[]): Cause[] {
  const groups = new Map<string, { verdict: Cause['verdict']; members: ExaminedProperty[] }>()
  for (const finding of findings) {
    const { verdict, note } = finding.report
    if (verdict === 'kept') continue
    const key = `${verdict}: ${finding.broken ? withoutNumbers(finding.broken.message) : note}`
    const group = groups.get(key) ?? { verdict, members: [] }
    groups.set(key, group)
    group.members.push(finding)
  }
  return [...groups.values()].map(({ verdict, members }) => {
    const [{ report }] = members.toSorted((a, b) => sizeOf(a) - sizeOf(b))
    return {
      verdict,
      properties: members.map((one) => one.report.id),
      text: report.counterexample ?? report.note ?? '',
    }
  })
}

/** Whether two breaches differ in numbers alone. */
export const sameCause = (a: string, b: string): boolean => withoutNumbers(a) === withoutNumbers(b)

const sizeOf = ({ broken }: ExaminedProperty): number => (broken ? broken.instance.N * broken.instance.d : 0)

/** A message without the numbers that hang on the instance: not those of lines, nor those within words. */
const withoutNumbers = (message: string): string =>
  message.replace(/(?<![\w:.])\d+(\.\d+)?/g, '#').replace(/#(,#)+/g, '#')
