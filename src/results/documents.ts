import { z } from 'zod'
import { modelSchema } from '../codes/model/model-schema.js'
import { count, interval, method, positive, positiveCount, seconds, share, size, unit } from '../io/fields.js'
import { leaderboardSchema } from './board-schema.js'
import { gateSchema, rateSchema, verificationSchema } from './verification-schema.js'

// What each command prints with --json, for its JSON Schema. Fields may be added in later versions.

const estimate = z.looseObject({ value: z.number(), interval })
const bound = z.looseObject({
  id: z.string(),
  kind: z.enum(['guarantee', 'converse', 'law', 'asymptote', 'rule']),
  decoder: z.string(),
  source: z.string(),
  statement: z.string(),
  dimension: z.number().nullable(),
  dimsPerBit: z.number().nullable(),
  reason: z.string().optional(),
})

const plan = z.looseObject({
  N: z.number(),
  k: count,
  p: share,
  entropyBits: z.number(),
  bounds: z.array(bound),
  model: modelSchema,
  d: positiveCount.optional(),
  readings: z.array(z.looseObject({ decoder: z.string(), answer: z.string(), by: z.string() })).optional(),
  reading: z.looseObject({ d: positiveCount }).optional(),
})

const unanswered = z.enum(['broken', 'refused']).optional()

const success = z.looseObject({
  ...rateSchema.shape,
  unanswered,
  metrics: z
    .looseObject({
      recall: estimate,
      precision: estimate,
      f1: estimate,
      bitsRead: estimate,
      bitsReadPerDimension: estimate,
    })
    .optional(),
  scores: z.looseObject({ auc: estimate, softBits: estimate, softBitsPerDimension: estimate }).optional(),
  amplitudes: z.looseObject({ squaredError: estimate, unexplained: estimate }).optional(),
})

const faults = { faultCount: count, faults: rateSchema.shape.faults, unanswered }

const measure = z.looseObject({
  decoder: z.string(),
  N: size,
  k: positiveCount,
  target: share,
  criterion: z.string(),
  model: modelSchema,
  entropyBits: positive,
  dimension: positive,
  dimsPerBit: positive,
  interval,
  dimensionInterval: interval,
  confidence: share,
  method,
  ties: z.enum(['lowest-index', 'strict']),
  trials: positiveCount,
  seed: z.string(),
  ...faults,
  seconds,
})

const check = z.looseObject({
  decoder: z.string(),
  passed: z.boolean(),
  seed: z.string(),
  properties: z.array(
    z.looseObject({
      id: z.string(),
      statement: z.string(),
      verdict: z.enum(['kept', 'broken', 'not examined', 'does not apply']),
      passed: z.boolean(),
      runs: count,
      counterexample: z.string().optional(),
      note: z.string().optional(),
    }),
  ),
  causes: z.array(z.looseObject({ verdict: z.string(), properties: z.array(z.string()), text: z.string() })),
  seconds,
})

const baseline = z.looseObject({
  baseline: z.literal('dims-per-bit'),
  version: z.int(),
  decoder: z.string(),
  seed: z.string(),
  falseAlarm: share,
  revision: z.string().optional(),
  engine: z.looseObject({ node: z.string() }),
  model: modelSchema.optional(),
  criterion: z.string().optional(),
  cells: z.array(z.looseObject({ N: size, k: positiveCount, method, tolerance: share, dimension: positive })),
  checksum: z.string(),
})

const dictionaryFile = {
  file: z.string(),
  sha256: z.string(),
  tensor: z.string().optional(),
  orientation: z.enum(['rows', 'columns']),
  dtype: z.string(),
  N: positiveCount,
  d: positiveCount,
  dead: z.array(count),
}

const audit = z.looseObject({
  ...dictionaryFile,
  norms: z.looseObject({ least: z.number(), median: z.number(), greatest: z.number() }),
  coherence: z.looseObject({
    value: unit,
    pair: z.tuple([count, count]),
    welch: unit,
    rademacher: unit,
  }),
  interference: z.looseObject({ value: z.number(), timesDimension: z.number(), welch: z.number() }),
  participationRatio: positive,
  dominated: z.array(count),
  guaranteedSparsity: count.nullable(),
  orientationBy: z.string().optional(),
  twins: z.array(z.looseObject({ pair: z.tuple([count, count]), cosine: z.number() })),
  withTwin: count,
  centred: z.looseObject({ participationRatio: positive }).optional(),
  sample: z.looseObject({ rows: positiveCount, confidence: share }).optional(),
  k: positiveCount.optional(),
  trials: positiveCount.optional(),
  decoder: z.string().optional(),
  seed: z.string().optional(),
  confidence: share.optional(),
  reading: z.unknown().optional(),
  files: z.array(z.string()).optional(),
  codewords: z
    .array(z.looseObject({ index: count, label: z.string().optional(), readRate: unit, interval }))
    .optional(),
})

const capacityRow = z.looseObject({
  decoder: z.string(),
  prepare: z.string(),
  target: share,
  sparsity: z.number(),
  interval,
  dimsPerBit: z.number().nullable(),
  trials: count,
})
const capacity = z.looseObject({
  ...dictionaryFile,
  seed: z.string(),
  confidence: share,
  model: z.looseObject({ dictionary: z.unknown(), noise: z.number(), amplitudes: z.string() }),
  rows: z.array(capacityRow),
  rademacher: z.array(capacityRow),
  curves: z.array(
    z.looseObject({
      decoder: z.string(),
      prepare: z.string(),
      points: z.array(z.looseObject({})),
      faultCount: count.optional(),
      faults: z.array(z.looseObject({ kind: z.string(), message: z.string() })).optional(),
      unanswered,
    }),
  ),
  files: z.array(z.string()),
})

const replay = z.looseObject({
  decoder: z.string(),
  N: size,
  k: count,
  d: positiveCount,
  seed: z.string(),
  trial: count,
  success: z.boolean(),
  subset: z.array(count),
  answer: z.array(count).optional(),
  fault: z.string().optional(),
  codewords: z.array(z.looseObject({ index: count, member: z.boolean(), score: z.number() })),
  margin: z.number(),
})

const files = z.looseObject({ files: z.array(z.string()) })

/** By command. */
export const documents = {
  plan,
  success,
  measure,
  check,
  baseline,
  gate: z.looseObject({ ...gateSchema.shape, cases: z.array(z.string()) }),
  replay,
  verify: verificationSchema,
  audit,
  capacity,
  decoders: z.looseObject({
    k: positiveCount,
    decoders: z.array(
      z.looseObject({
        name: z.string(),
        label: z.string(),
        family: z.string(),
        law: z.string().nullable(),
        coherenceGuarantee: z.number().nullable(),
        sizeVaries: z.boolean(),
        conditional: z.boolean(),
        source: z.string(),
      }),
    ),
  }),
  sensitivity: z.looseObject({
    reports: z.array(
      z.looseObject({
        decoder: z.string(),
        seed: z.string(),
        tolerance: share,
        rows: z.array(z.looseObject({ id: z.string(), what: z.string(), fate: z.string() })),
        seconds,
      }),
    ),
  }),
  merge: z.looseObject({ records: z.array(z.string()), out: z.string() }),
  figure: z.looseObject({
    figures: z.array(z.looseObject({ id: z.string(), files: z.array(z.string()), seconds })),
  }),
  leaderboard: z.looseObject({ files: z.array(z.string()) }).and(leaderboardSchema),
  table: files,
  report: files,
  init: files,
  bench: z.looseObject({
    figures: z.array(
      z.looseObject({
        id: z.string(),
        what: z.string(),
        value: z.number(),
        unit: z.string(),
        margin: z.number().optional(),
        bar: z.looseObject({ atLeast: z.number().optional(), atMost: z.number().optional() }).optional(),
      }),
    ),
  }),
}

/** The JSON Schema of what a command prints. */
export const jsonSchema = (command: keyof typeof documents): object => ({
  $id: `dims-per-bit/schema/${command}.json`,
  title: `what dpb ${command} --json prints`,
  ...z.toJSONSchema(documents[command], { io: 'input', unrepresentable: 'any' }),
})
