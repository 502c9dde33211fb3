import type { GeneralPlan, PlannedModelBound } from '../bounds/general/general-plan.js'
import type { WhatIsRead } from '../bounds/general/what-is-read.js'
import { modelId } from '../codes/model/description.js'
import { digitsText, inNotation, numberText } from '../results/number-text.js'
import { byKind } from './bound-order.js'
import { dimensionText, sizeText } from './output.js'
import { table } from './text-table.js'

/** A model's plan for people. */
export function generalPlanText({ N, k, p, model, entropyBits, bounds, reading }: GeneralPlan): string[] {
  return [
    `N = ${sizeText(N)}, k = ${k}, p = ${numberText(p)}, ${modelId(model)}: ` +
      `H = ${entropyBits.toPrecision(6)} bits say which codewords are active`,
    ...(reading ? [...readingText(reading, entropyBits), ''] : []),
    ...table(['decoder', 'kind', 'criterion', 'd', 'd/H', 'statement'], byKind(bounds).map(boundRow)),
  ]
}

const boundRow = ({
  decoder,
  kind,
  criterion,
  dimension,
  dimsPerBit,
  statement,
  source,
  reason,
}: PlannedModelBound): string[] => [
  decoder,
  kind,
  criterion,
  dimension === null ? '–' : dimensionText(dimension),
  dimsPerBit === null ? '–' : digitsText(dimsPerBit, 3),
  inNotation(`${statement}${reason ? `; here ${reason}` : ''} (${source})`),
]

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`
const bits = (value: number | null): string => (value === null ? '–' : value.toFixed(1))

function readingText(reading: WhatIsRead, H: number): string[] {
  const { d, readers, outOfReach, correlationWall, oneStepWall, capacity, capacityLessAmplitudes } = reading
  const rows = readers.map((row) => [
    row.decoder,
    row.law,
    percent(row.recall),
    percent(row.precision),
    row.visibleAmplitude.toFixed(3),
    bits(row.bitsRead),
    row.bitsRead === null ? '–' : percent(row.bitsRead / H),
    bits(row.softBitsRead),
  ])
  const walls = [
    `any encoder: Σ corr² with the amplitudes is at most ${correlationWall.toFixed(1)}`,
    oneStepWall !== null && `separate scores: at most ${bits(oneStepWall)} bits, by the Gaussian law`,
    capacity !== null &&
      `anyone: at most ${bits(capacity)} bits, ${bits(capacityLessAmplitudes)} after amplitudes`,
  ].filter((line) => line !== false)
  return [
    `What can be read of a code of d = ${d} dimensions, in expectation:`,
    ...table(
      ['decoder', 'by', 'recall', 'precision', 'visible from', 'bits read', 'of H', 'soft bits'],
      rows,
    ),
    `out of every decoder’s reach: ${percent(outOfReach)} of the active, at a precision as large as the recall`,
    ...walls,
  ]
}
