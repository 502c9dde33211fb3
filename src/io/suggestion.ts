import { distance } from 'fastest-levenshtein'

/** `did you mean 'top-k'?` for a name that is nearly one of these (at least one), or undefined. */
export function didYouMean(name: string, names: readonly string[]): string | undefined {
  const [nearest] = names.toSorted((a, b) => distance(name, a) - distance(name, b))
  // Of a name of one letter or two, something has to be right.
  const most = Math.min(name.length - 1, Math.max(2, name.length / 3))
  return distance(name, nearest) <= most ? `did you mean '${nearest}'?` : undefined
}
