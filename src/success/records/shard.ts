import { InputError } from '../../io/input-error.js'

/** Part number `index`, from 1 on, of `of`. */
export interface Shard {
  readonly index: number
  readonly of: number
}

/** The shard written as i/n, 1 ≤ i ≤ n. Throws InputError for anything else. */
export function parseShard(text: string): Shard {
  const [index, of] = (/^(\d+)\/(\d+)$/.exec(text) ?? []).slice(1).map(Number)
  if (!(index >= 1 && index <= of))
    throw new InputError(`a shard is i/n with 1 ≤ i ≤ n, such as 2/4, not '${text}'`)
  return { index, of }
}

/** The part of a list that a shard takes: every n-th. */
export const inShard = <T>(items: readonly T[], { index, of }: Shard): T[] =>
  items.filter((_, i) => i % of === index - 1)
