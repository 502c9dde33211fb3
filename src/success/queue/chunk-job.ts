import { createHash } from 'node:crypto'
import { z } from 'zod'
import { type ModelDescription, PREPARATIONS } from '../../codes/model/description.js'
import { drawnFamilySchema } from '../../codes/model/model-schema.js'
import { count, fits, mustFit, positiveCount } from '../../io/fields.js'
import { checked } from '../../io/read-json.js'
import { seriesFields } from '../records/record-line.js'
import type { Requested } from './allowed.js'

/** Trials of one job: more are no chunk, and a result of more is none. */
export const MOST_TRIALS = { simulation: 2 ** 16, conditional: 2 ** 17, own: 2 ** 11 }

const sha256 = z.string().regex(/^[0-9a-f]{64}$/)
const identifier = z.string().regex(/^[\w-]{1,64}$/)
const milliseconds = z
  .number()
  .min(1)
  .max(2 ** 31)

const law = z.string().min(1).max(100)

/** A dictionary in a file of the worker's: the file itself does not travel, nor does its path. */
const dictionarySchema = z.strictObject({
  sha256,
  tensor: z.string().max(1000),
  orientation: z.enum(['rows', 'columns']),
})

const modelSchema = z.strictObject({
  dictionary: z.union([drawnFamilySchema, dictionarySchema]),
  prepare: z.enum(PREPARATIONS),
  noise: z.number().min(0).lt(1),
  amplitudes: law,
  active: law,
  trials: z.literal('capacity').optional(),
})

/** A model as a job has it. */
export type JobModel = z.infer<typeof modelSchema>

/** The model of a job, for this description: what its trials are drawn from. */
export function jobModel({ criterion: _, ...model }: ModelDescription): JobModel {
  const { dictionary } = model
  if (typeof dictionary === 'string') return { ...model, dictionary }
  const { sha256, tensor, orientation } = dictionary
  return { ...model, dictionary: { sha256, tensor, orientation } }
}

const jobSchema = z
  .strictObject({
    /** The run that waits for it. */
    run: identifier,
    /** Of the package and its kernels that are to compute it. */
    version: z.string().min(1).max(100),
    /** A decoder of the user's, a script or a program, and its files; a built-in one has none. */
    bundle: z.strictObject({ kind: z.enum(['file', 'command']), sha256 }).optional(),
    /** A mutant that is planted in the decoder. */
    mutant: identifier.optional(),
    limits: z.strictObject({ time: milliseconds, startup: milliseconds, heapMiB: milliseconds.optional() }),
    ties: z.enum(['lowest-index', 'strict']).optional(),
    /** The paper's unless given. */
    model: modelSchema.optional(),
    /** Whether what answers recover is counted. */
    counts: z.boolean(),
    series: z.strictObject(seriesFields).refine(fits, mustFit),
    from: count,
    trials: positiveCount.max(MOST_TRIALS.conditional),
  })
  .refine(({ from, trials }) => Number.isSafeInteger(from + trials), {
    path: ['from'],
    message: 'expected trial numbers below 2^53',
  })
  .refine(({ series, bundle, trials }) => trials <= MOST_TRIALS[bundle ? 'own' : series.method], {
    path: ['trials'],
    message: 'expected fewer trials in one job',
  })

/** Trials from, …, from + trials − 1 of one series: what a worker is asked for. */
export type ChunkJob = z.infer<typeof jobSchema>

/** What all jobs of a run have in common. */
export type Order = Omit<ChunkJob, 'from' | 'trials'>

/** Characters of a job as JSON. */
export const LARGEST_JOB = 2 ** 16

/** The job that JSON stands for. Throws InputError, in one line, where it is none. */
export const parseJob = (json: unknown): ChunkJob => checked(jobSchema, json, 'the job')

/**
 * The key of a job: the same for the same trials, whoever asks for them. `run` is no part of it.
 * @returns 40 hexadecimal digits
 */
export const jobKey = ({ from, trials, ...order }: ChunkJob): string => keysOf(order)(from, trials)

/** The keys of an order's jobs, by their trials: there may be very many. */
export function keysOf(order: Order): (from: number, trials: number) => string {
  const { run, from: _, trials: __, ...asked } = parseJob({ ...order, from: 0, trials: 1 })
  const begin = createHash('sha256').update(JSON.stringify(asked))
  return (from, trials) => begin.copy().update(`${from} ${trials}`).digest().toString('hex', 0, 20)
}

/** What a job takes of a worker, who looks at it before it is run. */
export const askedOf = ({ bundle, model }: Pick<Order, 'bundle' | 'model'>): Requested => ({
  decoder: bundle ?? { kind: 'built-in' },
  ...(typeof model?.dictionary === 'object' && { dictionary: model.dictionary.sha256 }),
})
