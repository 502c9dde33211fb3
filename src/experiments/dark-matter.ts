import { entropyBits } from '../bounds/entropy.js'
import { argmax } from '../codes/batched-dictionary.js'
import type { Dictionary } from '../codes/problem.js'
import { rademacherDictionary } from '../codes/rademacher.js'
import { randomSubset, sameSubset } from '../codes/subset.js'
import { pursueOrthogonally } from '../decoders/greedy/omp.js'
import { topK } from '../decoders/one-step/top-k.js'
import { type Stream, stream } from '../random/stream.js'
import { encode, learnedDictionary, trainSparseAutoencoder } from './sparse-autoencoder.js'

/**
 * An atom counts as learned when a learned codeword is at least this close to it, and stands for the atom it is
 * closest to.
 */
const LEARNED = 0.9
const TEST_CODES = 400

/** Superposition codes that a sparse autoencoder with as many latents as atoms is trained on. */
export interface DarkMatterOptions {
  readonly N: number
  readonly k: number
  readonly d: number
  /** Training steps, and codes a step. */
  readonly steps: number
  readonly batch: number
}

/** What was learned, and what each way to read fresh codes recovers of their members: shares, in [0, 1]. */
export interface DarkMatter extends DarkMatterOptions {
  readonly dimsPerBit: number
  /** Codes that top-k decoding over the true dictionary reads without error. */
  readonly topKReads: number
  /** Atoms learned. */
  readonly learned: number
  /** Members found by the autoencoder's own top-k encoder, by OMP over its dictionary, and by OMP over the true one. */
  readonly encoder: number
  readonly ompLearned: number
  readonly ompTrue: number
}

/** Train an autoencoder on codes of uniform k-subsets over one Rademacher dictionary, and read fresh codes with it. */
export function darkMatter(options: DarkMatterOptions, seed: string): DarkMatter {
  const { N, k, d, steps, batch } = options
  const truth = rademacherDictionary(N, d, stream(seed, 'atoms', N, d).key())
  const atoms = Array.from({ length: N }, (_, i) => truth.codeword(i))
  const codes = stream(seed, 'codes', N, k, d)
  const sae = trainSparseAutoencoder(
    (code) => {
      code.fill(0)
      for (const i of randomSubset(N, k, codes)) for (let j = 0; j < d; j++) code[j] += atoms[i][j]
    },
    { latents: N, k, dimension: d, steps, batch, random: stream(seed, 'start', N, d) },
  )
  const dictionary = learnedDictionary(sae)
  const atomOf = nearestAtoms(truth, dictionary)
  const found = { topKReads: 0, encoder: 0, ompLearned: 0, ompTrue: 0 }
  const fresh: Stream = stream(seed, 'fresh', N, k, d)
  for (let t = 0; t < TEST_CODES; t++) {
    const subset = randomSubset(N, k, fresh)
    const code = truth.superpose(subset)
    const share = (members: readonly (number | undefined)[]) =>
      subset.filter((i) => members.includes(i)).length / k
    const { indices, shifted } = encode(sae, code)
    const [read] = topK().decodeMany!(truth, [code], k)
    found.topKReads += Number(sameSubset(read, subset))
    found.encoder += share(indices.map((i) => atomOf[i]))
    found.ompLearned += share(pursueOrthogonally(dictionary, [shifted], k)[0].map((i) => atomOf[i]))
    found.ompTrue += share(pursueOrthogonally(truth, [code], k)[0])
  }
  const mean = (total: number) => total / TEST_CODES
  return {
    ...options,
    dimsPerBit: d / entropyBits(N, k),
    topKReads: mean(found.topKReads),
    learned: new Set(atomOf.filter((i) => i !== undefined)).size / N,
    encoder: mean(found.encoder),
    ompLearned: mean(found.ompLearned),
    ompTrue: mean(found.ompTrue),
  }
}

/** The atom that each learned codeword stands for, if any. */
function nearestAtoms(truth: Dictionary, learned: Dictionary): (number | undefined)[] {
  return Array.from({ length: learned.size }, (_, latent) => {
    const { index, score } = argmax(truth.correlate(learned.codeword(latent)))
    return score >= LEARNED ? index : undefined
  })
}
