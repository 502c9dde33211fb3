import { incoherenceLevel } from '../../src/bounds/incoherence.js'
import { coherence } from '../../src/certificates/coherence.js'
import { uniformThreshold } from '../../src/certificates/uniform-threshold.js'
import { rademacherDictionary } from '../../src/codes/rademacher.js'
import type { Context } from '../../src/ledger/claim.js'
import { erratum } from '../../src/ledger/erratum.js'
import { stream } from '../../src/random/stream.js'

const k = 2
const N = 24

/** Dictionaries from narrow to wide, so that some are ε-orthogonal for each ε asked. */
const dictionaries = (seed: string) =>
  Array.from({ length: 60 }, (_, n) => rademacherDictionary(N, 40 + 20 * n, stream(seed, n).key()))

/** Whether ε-orthogonality certifies that threshold decoding recovers every k-subset, on drawn dictionaries. */
const certifies = (epsilon: number) => ({
  holds({ seed }: Context) {
    const within = dictionaries(seed).filter((dictionary) => coherence(dictionary) < epsilon)
    const misread = within.filter((dictionary) => !uniformThreshold(dictionary, k).certified).length
    return {
      truth: within.length > 0 && misread === 0,
      because: `${misread} of ${within.length} dictionaries within ε = ${epsilon} misread a ${k}-subset`,
    }
  },
})

/** Section 3.3, before Corollary 1. */
export const incoherenceLevelSlip = erratum({
  id: 'slip-01-incoherence-level',
  source: 'Section 3.3, before Corollary 1',
  account: {
    quantifiers: `
      k = 2, N = 24: one dictionary within ε = k/2 = 1 that misreads a subset refutes the printed form; the corrected
      form is incoherence-recovers, for every k.`,
    proof: `
      ε = k/2 ≥ ½ bounds nothing: any dictionary without repeated codewords is within ε = 1. The corrected form is
      proved at incoherence-recovers.`,
    computed: 'The exact certificate of each dictionary within ε.',
    sampled: '60 drawn dictionaries from narrow to wide.',
  },
  printed: { text: 'ε = k/2 makes every k-subset readable by a threshold', ...certifies(k / 2) },
  corrected: { text: 'ε = 1/(2k) does', ...certifies(incoherenceLevel(k)) },
})
