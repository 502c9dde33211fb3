import { distance } from 'fastest-levenshtein'

/** `did you mean 'top-k'?` for a name that is nearly one of these (at least one), or undefined. */
export function didYouMean(name: string, names: readonly string[]): string | undefined {
  const [nearest] = names.toSorted((a, b) => distance(name, a) - distance(name, b))
  return distance(name, nearest) <= Math.max(2, name.length / 3) ? `did you mean '${nearest}'?` : undefined
}
