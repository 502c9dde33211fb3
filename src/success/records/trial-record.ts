import { InputError } from '../../io/input-error.js'
import type { ContractViolation, TrialValues } from '../trials/sampler.js'
import { recordFile } from './record-file.js'
import type { RecordLine, Series, TrialViolation } from './record-line.js'
import { addSegment, gaps, type Segment, valuesIn } from './trial-ranges.js'

/** Trial values by series, in memory and, where it has a path, in a file of one JSON line an entry. */
export interface TrialRecord {
  /** Which of the trials from, …, to − 1 it lacks. */
  missing(series: Series, from: number, to: number): { from: number; to: number }[]
  /** The values of these trials, none of which is missing. */
  read(series: Series, from: number, to: number): TrialValues
  /** Add an entry, and append it to the file. Throws InputError when it holds another value for one of the trials. */
  add(entry: RecordLine): void
  /** All of it in canonical form: the same whatever the order and the cuts in which it came. */
  entries(): RecordLine[]
  /** Replace the file by its canonical form. */
  settle(): void
}

interface Filed {
  readonly series: Series
  readonly segments: Segment[]
  readonly faults: Map<number, TrialViolation>
}

/** Trials on one line of the canonical form. */
const LINE_TRIALS = 4096

/**
 * The record in this file, which need not exist yet; without a path, one in memory alone. Several processes may have
 * one file open: what each adds is kept. Throws InputError for a file that is no record, or that cannot be written.
 */
export function openRecord(path?: string): TrialRecord {
  const file = path ? recordFile(path) : undefined
  const filed = new Map<string, Filed>()

  const put = (entry: RecordLine) => {
    const { from, values, faults, ...series } = entry
    const key = JSON.stringify(order(series))
    const file = filed.get(key) ?? { series, segments: [], faults: new Map() }
    filed.set(key, file)
    const conflict = addSegment(file.segments, { from, values })
    if (conflict !== undefined) {
      const [old] = valuesIn(file.segments, conflict, conflict + 1)
      const values = `${old} and ${entry.values[conflict - from]}`
      throw new InputError(`two values for trial ${conflict} of ${describe(series)}: ${values}`)
    }
    for (const fault of faults) file.faults.set(fault.trial, fault)
  }
  const find = (series: Series) => filed.get(JSON.stringify(order(series)))

  const record: TrialRecord = {
    missing: (series, from, to) => gaps(find(series)?.segments ?? [], from, to),
    read(series, from, to) {
      const { segments, faults } = find(series) ?? { segments: [], faults: new Map<number, TrialViolation>() }
      return { values: valuesIn(segments, from, to), faults: faultsIn(faults, from, to).map(whole(series)) }
    },
    add(entry) {
      put(entry)
      file?.append(entry)
    },
    entries: () =>
      [...filed.values()]
        .toSorted((a, b) => compare(order(a.series), order(b.series)))
        .flatMap(({ series, segments, faults }) =>
          segments.flatMap(inLines).map(({ from, values }) => ({
            ...series,
            from,
            values,
            faults: faultsIn(faults, from, from + values.length),
          })),
        ),
    settle() {
      file?.replace((news) => {
        news.forEach(put)
        return record.entries()
      })
    },
  }

  file?.news().forEach(put)
  return record
}

const order = ({ decoder, revision = '', method, model = '', count, N, k, d, seed }: Series) =>
  [decoder, revision, method, model, count ?? '', N, k, d, seed] as const

function compare(a: readonly (string | number)[], b: readonly (string | number)[]): number {
  const at = a.findIndex((value, i) => value !== b[i])
  return a[at] < b[at] ? -1 : 1
}

const describe = ({ decoder, method, model, N, k, d, seed }: Series): string =>
  `${decoder} by ${method}${model ? ` of ${model}` : ''} at N = ${N}, k = ${k}, d = ${d}, seed ${seed}`

const faultsIn = (faults: ReadonlyMap<number, TrialViolation>, from: number, to: number) =>
  [...faults.values()].filter(({ trial }) => trial >= from && trial < to).sort((a, b) => a.trial - b.trial)

const whole =
  ({ N, k, d, seed }: Series) =>
  ({ kind, message, trial }: TrialViolation): ContractViolation => ({ kind, message, N, k, d, seed, trial })

/** A segment cut at the multiples of LINE_TRIALS. */
function inLines({ from, values }: Segment): Segment[] {
  const lines: Segment[] = []
  for (let at = 0; at < values.length; ) {
    const next = Math.min(values.length, at + LINE_TRIALS - ((from + at) % LINE_TRIALS))
    lines.push({ from: from + at, values: values.slice(at, next) })
    at = next
  }
  return lines
}
