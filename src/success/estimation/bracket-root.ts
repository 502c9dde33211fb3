export interface CrossingOptions {
  /** Where to look first. */
  readonly start: number
  /** A guess of df/d ln x near the crossing. */
  readonly slope: number
  /** How far apart the two sides may end, as a ratio above 1. */
  readonly tolerance: number
  readonly least: number
  readonly most: number
}

/** A point and the function's value there. */
export interface Sample {
  readonly x: number
  readonly y: number
}

/**
 * Both sides of a crossing: y < 0 at `below` and y ≥ 0 at `above`. Only one of them where there is none in the range.
 */
export interface RootBracket {
  readonly below: Sample | undefined
  readonly above: Sample | undefined
}

/** Longest step outwards, in ln x. */
const LONGEST = 0.7

/**
 * Bracket the place where a roughly increasing and costly function of x > 0 turns from negative to not: steps
 * outwards along the guessed slope until it is enclosed, then secants in ln x, each aimed a little past the root so
 * that the bracket closes from both sides, and bisection where they are slow.
 */
export async function bracketRoot(
  f: (x: number) => Promise<number>,
  { start, slope, tolerance, least, most }: CrossingOptions,
): Promise<RootBracket> {
  const gap = Math.log(tolerance)
  let below: Sample | undefined
  let above: Sample | undefined
  const look = async (x: number) => {
    const sample = { x, y: await f(x) }
    if (sample.y < 0) below = sample
    else above = sample
    return sample
  }

  let last = await look(Math.min(most, Math.max(least, start)))
  for (let shortest = gap / 2; !below || !above; shortest *= 2) {
    if (last.x === (below ? most : least)) return { below, above }
    const step = Math.max(shortest, Math.abs(last.y / slope) + 0.4 * gap)
    last = await look(clamp(last.x * Math.exp((below ? 1 : -1) * Math.min(LONGEST, step)), least, most))
  }

  for (let looks = 1; above.x > below.x * tolerance; looks++) {
    const width = Math.log(above.x / below.x)
    let share = below.y / (below.y - above.y)
    share += ((share < 0.5 ? 1 : -1) * 0.4 * gap) / width
    if (looks % 3 === 0) share = 0.5
    await look(below.x * Math.exp(width * clamp(share, 0.02, 0.98)))
  }
  return { below, above }
}

const clamp = (x: number, low: number, high: number): number => Math.min(high, Math.max(low, x))
