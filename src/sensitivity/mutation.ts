import type { Declared } from '../decoders/decoder.js'
import { faults } from './mutants/faults.js'
import { allRewrites } from './mutants/rewrites.js'

/** The decoder with the mutant of this id: what a decoder's process does once it has loaded it. */
export const mutated = (decoder: Declared, id: string): Declared =>
  [...allRewrites, ...faults].find((one) => one.id === id)!.apply(decoder)
