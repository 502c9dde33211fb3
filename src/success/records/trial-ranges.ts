/** The values of trials `from`, `from` + 1, … */
export interface Segment {
  readonly from: number
  readonly values: readonly number[]
}

const endOf = ({ from, values }: Segment): number => from + values.length

/**
 * Add a segment to sorted ones that neither touch nor overlap, and keep them so. Where trials overlap the values must
 * agree: else the number of the first trial that differs is returned, and nothing is added.
 */
export function addSegment(segments: Segment[], added: Segment): number | undefined {
  if (added.values.length === 0) return undefined
  const first = segments.findIndex((segment) => endOf(segment) >= added.from)
  const start = first < 0 ? segments.length : first
  let stop = start
  let joined = added
  while (stop < segments.length && segments[stop].from <= endOf(added)) {
    const conflict = differing(segments[stop], added)
    if (conflict !== undefined) return conflict
    joined = join(segments[stop++], joined)
  }
  segments.splice(start, stop - start, joined)
  return undefined
}

/** The parts of trials from, …, to − 1 that no segment holds. */
export function gaps(segments: readonly Segment[], from: number, to: number): { from: number; to: number }[] {
  const missing: { from: number; to: number }[] = []
  let at = from
  for (const segment of segments) {
    if (endOf(segment) <= at) continue
    if (segment.from >= to) break
    if (segment.from > at) missing.push({ from: at, to: segment.from })
    at = endOf(segment)
  }
  if (at < to) missing.push({ from: at, to })
  return missing
}

/** The values of trials from, …, to − 1, all of which the segments hold. */
export function valuesIn(segments: readonly Segment[], from: number, to: number): readonly number[] {
  const segment = segments.find((candidate) => endOf(candidate) >= to)
  return from < to && segment ? segment.values.slice(from - segment.from, to - segment.from) : []
}

function differing(a: Segment, b: Segment): number | undefined {
  for (let t = Math.max(a.from, b.from); t < Math.min(endOf(a), endOf(b)); t++) {
    if (a.values[t - a.from] !== b.values[t - b.from]) return t
  }
  return undefined
}

/** Two segments that touch or overlap, as one. */
function join(a: Segment, b: Segment): Segment {
  const [left, right] = a.from <= b.from ? [a, b] : [b, a]
  const overlap = endOf(left) - right.from
  return { from: left.from, values: left.values.concat(right.values.slice(overlap)) }
}
