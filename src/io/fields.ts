import { z } from 'zod'

/** Fields that files have in common. */
export const count = z.int().min(0)
export const positiveCount = z.int().min(1)
/** A number of codewords, which may be beyond 2^53. */
export const size = z.number().min(1).refine(Number.isInteger, 'expected a whole number')
export const share = z.number().gt(0).lt(1)
export const unit = z.number().min(0).max(1)
export const positive = z.number().positive()
export const seconds = z.number().min(0)
export const method = z.enum(['simulation', 'conditional'])

/** Two ends in order. */
export const interval = z
  .tuple([z.number(), z.number()])
  .refine(([low, high]) => low <= high, 'expected the lower end first')

/** That a subset of k fits among N. */
export const fits = ({ N, k }: { readonly N: number; readonly k: number }): boolean => k <= N
export const mustFit = { path: ['k'], message: 'expected at most N' }

/** One of the values of a type, all of which are named: a new one does not compile until it is. */
export const oneOf = <T extends string>(values: Readonly<Record<T, true>>) =>
  z.enum(Object.keys(values) as T[])
