import { z } from 'zod'
import { IDEAL } from '../codes/model/description.js'
import { modelSchema } from '../codes/model/model-schema.js'
import type { CellReport, GateReport, GateVerdict } from '../gate/gate-report.js'
import {
  count,
  fits,
  interval,
  method,
  mustFit,
  oneOf,
  positive,
  positiveCount,
  seconds,
  share,
  size,
  unit,
} from '../io/fields.js'
import type { Kind, Row, Verdict } from '../ledger/claim.js'
import type { IntervalRule } from '../success/estimation/rate-interval.js'
import type { SuccessRate } from '../success/estimation/success-rate.js'
import { violationKind } from '../success/records/record-line.js'
import type { ContractViolation, Ties } from '../success/trials/sampler.js'
import type { ReferenceRow, VerificationReport } from './report.js'

const budgetRow = z.looseObject({ id: z.string(), weight: positive, share: unit, spent: z.boolean() })

const verdict = oneOf<Verdict>({
  proved: true,
  supported: true,
  'in part': true,
  refuted: true,
  erratum: true,
  inconclusive: true,
})

const kind = oneOf<Kind>({
  theorem: true,
  'deterministic theorem': true,
  empirical: true,
  conjecture: true,
  arithmetic: true,
  slip: true,
})

const claim = z
  .looseObject({
    id: z.string().min(1),
    source: z.string(),
    kind,
    statement: z.string(),
    expected: verdict,
    verdict,
    part: z.string().exactOptional(),
    besides: z.string().exactOptional(),
    evidence: z.string(),
    data: z.unknown().optional(),
    passed: z.boolean(),
    alpha: unit,
    seconds,
    replay: z.string(),
  })
  .refine((row) => row.passed === (row.verdict === row.expected), {
    path: ['passed'],
    message: 'expected whether the verdict is the expected one',
  }) satisfies z.ZodType<Row>

const shape = { N: size, k: count, d: positiveCount }

const violation = z.looseObject({
  ...shape,
  kind: violationKind,
  message: z.string(),
  seed: z.string(),
  trial: count,
}) satisfies z.ZodType<ContractViolation>

/** What `dpb success` prints. */
export const rateSchema = z
  .looseObject({
    ...shape,
    decoder: z.string(),
    method,
    // Files from before it was said.
    ties: oneOf<Ties>({ 'lowest-index': true, strict: true }).default('lowest-index'),
    trials: positiveCount,
    from: count,
    seed: z.string(),
    // Files from before there were others.
    model: modelSchema.default(IDEAL),
    successRate: unit,
    interval,
    confidence: share,
    rule: oneOf<IntervalRule>({
      'clopper-pearson': true,
      betting: true,
      'empirical-bernstein': true,
      'control-variates': true,
    }),
    faultCount: count,
    faults: z.array(violation),
    seconds,
  })
  .refine(fits, mustFit) satisfies z.ZodType<Omit<SuccessRate, 'metrics'>>

const reference = z
  .looseObject({
    decoder: z.string(),
    N: size,
    k: positiveCount,
    dimension: positive,
    dimensionInterval: interval,
    dimsPerBit: positive,
    interval,
    confidence: share,
    conditional: rateSchema,
    simulation: rateSchema,
    passed: z.boolean(),
    alpha: unit,
    seconds,
    replay: z.string(),
  })
  .refine(fits, mustFit) satisfies z.ZodType<ReferenceRow>

const gateVerdict = oneOf<GateVerdict>({
  unchanged: true,
  equivalent: true,
  improved: true,
  regressed: true,
  inconclusive: true,
})

const power = { drift: positive, detected: unit, firstTier: unit.optional(), confirmed: unit }

const side = z.looseObject({
  d: positiveCount,
  verdict: z.enum(['above', 'below', 'undecided']),
  trials: count,
  rate: z.looseObject({ point: unit, interval, confidence: share }),
  paired: z.looseObject({ trials: count, gains: count, losses: count }),
})

const cell = z
  .looseObject({
    id: z.string(),
    method,
    N: size,
    k: positiveCount,
    target: share,
    verdict: gateVerdict,
    dimension: positive,
    dimsPerBit: positive,
    interval,
    tolerance: share,
    cap: positiveCount,
    repeated: count,
    changed: count,
    changedTrials: z.array(z.looseObject({ d: positiveCount, trial: count, recorded: unit, now: unit })),
    lower: side.exactOptional(),
    upper: side.exactOptional(),
    drift: z
      .looseObject({
        estimate: z.number().exactOptional(),
        above: z.number().exactOptional(),
        below: z.number().exactOptional(),
      })
      .exactOptional(),
    fault: violation.exactOptional(),
    power: z.looseObject(power),
    powerUsed: z.looseObject(power).exactOptional(),
  })
  .refine(fits, mustFit) satisfies z.ZodType<CellReport>

const place = z.looseObject({ ...shape, trial: count })

/** What `dpb gate` prints. */
export const gateSchema = z.looseObject({
  verdict: gateVerdict,
  decoder: z.string(),
  cells: z.array(cell).min(1),
  falseAlarm: z.looseObject({ total: unit, run: unit, cells: z.array(budgetRow) }),
  power: z.array(z.looseObject({ ...power, cell: z.string(), trials: count })),
  failedAgain: z.array(place),
  passedAgain: z.array(place),
  notes: z.array(z.string()),
  seconds,
}) satisfies z.ZodType<GateReport>

/** What `dpb verify` stores. */
export const verificationSchema: z.ZodType<VerificationReport> = z.looseObject({
  version: z.string(),
  seed: z.string(),
  budget: z.looseObject({ total: unit, rows: z.array(budgetRow) }),
  claims: z.array(claim),
  reference: z.array(reference),
  gate: z.array(gateSchema),
  environment: z.looseObject({ node: z.string(), kernel: z.string() }),
  seconds,
})
