import { z } from 'zod'
import { count, positive, positiveCount, share, unit } from '../../src/io/fields.js'
import { ends, listFor } from './fields.js'
import type { StoredResult } from './stored-measurement.js'

const sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'expected 64 hexadecimal digits')

/** Decoders, read in such ways at such success rates. */
interface Task {
  readonly decoders: readonly string[]
  readonly prepare: readonly string[]
}

/** The largest k that a decoder reads of a dictionary at one success rate. */
interface ReadRow {
  readonly decoder: string
  readonly prepare: string
  readonly target: number
  readonly sparsity: number
  readonly interval: readonly [number, number]
  readonly dimsPerBit: number
  readonly trials: number
}

/** What is read of a dictionary from a file, by decoder and preparation. */
export interface ReadDictionary {
  readonly sha256: string
  readonly N: number
  readonly d: number
  /** Of each interval by itself. */
  readonly confidence: number
  readonly rows: readonly ReadRow[]
}

/** A row at even odds. */
export const evenRow = ({ rows }: ReadDictionary, decoder: string, prepare: string): ReadRow =>
  rows.find((row) => row.decoder === decoder && row.prepare === prepare && row.target === 0.5)!

/** Its k in a phrase. */
export const sparsityText = ({ sparsity, interval: [low, high] }: ReadRow): string =>
  `${sparsity.toFixed(1)} [${low}, ${high}]`

const readDictionarySchema = (tasks: readonly Task[], targets: readonly number[]) =>
  z.strictObject({
    sha256,
    N: positiveCount,
    d: positiveCount,
    confidence: share,
    rows: listFor(
      z.strictObject({
        decoder: z.string(),
        prepare: z.string(),
        target: share,
        sparsity: positive,
        interval: ends(count),
        dimsPerBit: positive,
        trials: positiveCount,
      }),
      tasks.flatMap(({ decoders, prepare }) =>
        prepare.flatMap((how) => decoders.flatMap((name) => targets.map((at) => `${name}, ${how}, ${at}`))),
      ),
      ({ decoder, prepare, target }) => `${decoder}, ${prepare}, ${target}`,
    ),
  })

const STEPWISE = ['top-k', 'matching-pursuit', 'orthogonal-matching-pursuit']

/** The 4,096 most frequent words of GloVe. */
export const gloveRecord: StoredResult<ReadDictionary> = {
  name: 'glove',
  command: (seed) => `node examples/glove/glove.mjs --data glove-data --out reports --seed ${seed}`,
  schema: readDictionarySchema(
    [
      { decoders: STEPWISE, prepare: ['unit', 'whitened', 'rewhitened', 'rademacher'] },
      { decoders: ['omp-finished', 'ols-finished'], prepare: ['unit', 'whitened'] },
      { decoders: ['basis-pursuit-admm', 'vamp-finished'], prepare: ['unit'] },
    ],
    [0.5, 0.9],
  ),
}

/** 4,096 live rows of the first layer of Stockfish. */
export const firstLayerRecord: StoredResult<ReadDictionary> = {
  name: 'first-layer',
  command: (seed) => `node examples/stockfish/first-layer.mjs --out reports --seed ${seed}`,
  schema: readDictionarySchema([{ decoders: STEPWISE, prepare: ['unit', 'whitened', 'rademacher'] }], [0.5]),
}

const rate = z.strictObject({ rate: unit, interval: ends(unit) })
const [BEFORE, AFTER] = ['before the ReLU', 'after the ReLU']
const readers = [
  ...STEPWISE.flatMap((decoder) => [decoder, `${decoder}, whitened`]).flatMap((reader) => [
    `${reader}: ${BEFORE}`,
    `${reader}: ${AFTER}`,
  ]),
  `basis-pursuit-admm: ${BEFORE}`,
  `vamp-finished: ${BEFORE}`,
  `least squares, king by king: ${BEFORE}`,
  `basis pursuit on the unclipped, king by king: ${AFTER}`,
]

const boards = z.strictObject({
  sha256,
  confidence: share,
  reproduced: z
    .strictObject({ alike: positiveCount, numbers: positiveCount })
    .refine(({ alike, numbers }) => alike === numbers, 'expected all numbers to be alike'),
  rows: listFor(
    z.strictObject({
      reader: z.string(),
      sums: z.string(),
      boards: positiveCount,
      read: rate,
      king: rate,
      byMen: z.array(rate.extend({ most: positiveCount, boards: positiveCount })).min(1),
      wrong: count,
      underOtherKing: count,
    }),
    readers,
    ({ reader, sums }) => `${reader}: ${sums}`,
  ),
  worth: listFor(
    z.strictObject({
      model: z.string(),
      boards: positiveCount,
      bits: positive,
      interval: ends(positive),
    }),
    ['uniform subset', 'square by square', 'square by square, given the king'],
    ({ model }) => model,
  ),
})

/** Boards read from the first layer of Stockfish. */
export type Boards = z.infer<typeof boards>

/** What one reader makes of the boards before the ReLU. */
export const boardsRow = ({ rows }: Boards, name: string): Boards['rows'][number] =>
  rows.find(({ reader, sums }) => reader === name && sums === BEFORE)!

/** The boards of self-play, read back from the sums of the first layer. */
export const boardsRecord: StoredResult<Boards> = {
  name: 'stockfish',
  command: (seed) =>
    `node examples/stockfish/positions.mjs --seed ${seed} && node examples/stockfish/read-boards.mjs --out reports`,
  schema: boards,
}

const metric = (field: z.ZodType<number>) => z.strictObject({ value: field, interval: ends(field) })

const autoencoder = z.strictObject({
  sha256,
  latents: positiveCount,
  k: positiveCount,
  d: positiveCount,
  steps: positiveCount,
  confidence: share,
  heldOut: positiveCount,
  /** Shares of real vectors that are left unexplained, and how much less OMP leaves than the encoder’s latents. */
  vectors: z.strictObject({
    encoder: metric(unit),
    refitted: metric(unit),
    pursuit: metric(unit),
    gain: metric(unit),
  }),
  rows: listFor(
    z.strictObject({
      reader: z.string(),
      successRate: metric(unit),
      recall: metric(unit),
      bitsRead: metric(positive),
    }),
    ['encoder', 'encoder told k', ...STEPWISE, 'vamp-finished', 'basis-pursuit-admm'],
    ({ reader }) => reader,
  ),
})

/** An autoencoder trained on word vectors, and what reads its dictionary. */
export const autoencoderRecord: StoredResult<z.infer<typeof autoencoder>> = {
  name: 'autoencoder',
  command: (seed) =>
    `node examples/autoencoder/autoencoder.mjs --data glove-data --out reports --steps 4000 --seed ${seed}`,
  schema: autoencoder,
}
