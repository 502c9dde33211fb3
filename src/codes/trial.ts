import { stream } from '../random/stream.js'
import type { Problem } from './problem.js'
import { type RademacherArena, rademacherArena } from './rademacher.js'
import { randomSubset } from './subset.js'

/** The size of a problem: N codewords, k of them sent, in d dimensions. */
export interface Shape {
  readonly N: number
  readonly k: number
  readonly d: number
}

/** A problem and its answer. */
export interface Trial {
  readonly problem: Problem
  /** Y, ascending. */
  readonly subset: readonly number[]
}

/**
 * Trial number `index` of a run: a fresh Rademacher dictionary, a uniform k-subset and the decoder's own randomness, all
 * from (seed, N, k, index). d is no part of the seed: the codewords at a smaller d are prefixes of those at a larger
 * one, so that outcomes move smoothly with d.
 */
export function drawTrial(
  { N, k, d }: Shape,
  seed: string,
  index: number,
  arena: RademacherArena = rademacherArena(),
): Trial {
  const name = (part: string) => stream(seed, part, N, k, index)
  const subset = randomSubset(N, k, name('subset'))
  const dictionary = arena.draw(N, d, name('dictionary').key())
  const problem = { dictionary, code: dictionary.superpose(subset), k, random: name('decoder').uniform }
  return { problem, subset }
}
