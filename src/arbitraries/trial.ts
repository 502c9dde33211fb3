import fc from 'fast-check'
import type { Dictionary, Problem } from '../codes/problem.js'
import type { Trial } from '../codes/trial.js'
import { requireString } from '../io/arguments.js'
import { drawInstance, type Instance } from './instance.js'
import { type InstanceConstraints, instance } from './instances.js'

/** What trials are drawn from. @since 0.1.0 */
export interface TrialConstraints extends InstanceConstraints {
  /** The run's seed: with the instance, it draws the problem again. @defaultValue `'1'` */
  readonly seed?: string
}

/** A problem, its answer, and the parameters that draw it again. @since 0.1.0 */
export interface DrawnTrial extends Trial {
  readonly instance: Instance
  readonly seed: string
}

/**
 * Problems with their answers. A counterexample prints as the call of `drawInstance` that gives it back.
 *
 * @since 0.1.0
 */
export function trial({ seed = '1', ...constraints }: TrialConstraints = {}): fc.Arbitrary<DrawnTrial> {
  requireString('seed', seed)
  return instance(constraints).map((drawn) =>
    printed({ ...drawInstance(drawn, seed), instance: drawn, seed }, call(drawn, seed)),
  )
}

/** Problems without their answers. @since 0.1.0 */
export function problem({ seed = '1', ...constraints }: TrialConstraints = {}): fc.Arbitrary<Problem> {
  requireString('seed', seed)
  return instance(constraints).map((drawn) =>
    printed(drawInstance(drawn, seed).problem, `${call(drawn, seed)}.problem`),
  )
}

/** Dictionaries: N codewords in d dimensions. @since 0.1.0 */
export function dictionary({
  seed = '1',
  ...constraints
}: Omit<TrialConstraints, 'k'> = {}): fc.Arbitrary<Dictionary> {
  requireString('seed', seed)
  return instance({ ...constraints, k: 0 }).map((drawn) =>
    printed(drawInstance(drawn, seed).problem.dictionary, `${call(drawn, seed)}.problem.dictionary`),
  )
}

/** Uniform k-subsets of {0, …, N − 1}, ascending. @since 0.1.0 */
export function subset({
  seed = '1',
  ...constraints
}: Pick<TrialConstraints, 'N' | 'k' | 'seed'> = {}): fc.Arbitrary<readonly number[]> {
  requireString('seed', seed)
  return instance({ ...constraints, d: 1, codewords: ['rademacher'] }).map(
    (drawn) => drawInstance(drawn, seed).subset,
  )
}

const call = (drawn: Instance, seed: string) =>
  `drawInstance(${fc.stringify(drawn)}, ${JSON.stringify(seed)})`

/** The value, printed by fast-check as this text. */
const printed = <T extends object>(value: T, text: string): T =>
  Object.defineProperty(value, fc.toStringMethod, { value: () => text })
