import { InputError } from '../io/input-error.js'
import { acrossProcesses } from './properties/across-processes.js'
import { batchAsSingle, batchOrder } from './properties/batches.js'
import { beyond16Bits } from './properties/beyond-16-bits.js'
import { flippedCoordinates } from './properties/flipped-coordinates.js'
import { freshProcess } from './properties/fresh-process.js'
import { incoherent } from './properties/incoherent.js'
import { inputsUnchanged } from './properties/inputs-unchanged.js'
import { noState } from './properties/no-state.js'
import { oddDimension } from './properties/odd-dimension.js'
import { oneDictionary } from './properties/one-dictionary.js'
import { orthogonal } from './properties/orthogonal.js'
import { permutedCodewords } from './properties/permuted-codewords.js'
import { permutedCoordinates } from './properties/permuted-coordinates.js'
import { endsOnEof, quietOutput } from './properties/programs.js'
import { sameAnswer } from './properties/same-answer.js'
import { scoresAgree } from './properties/scores-agree.js'
import { sparsityExtremes } from './properties/sparsity-extremes.js'
import { validAnswer } from './properties/valid-answer.js'
import type { ContractProperty } from './property.js'

/** What every decoder must satisfy, in the order of examination. */
export const contract: readonly ContractProperty[] = [
  validAnswer,
  sparsityExtremes,
  inputsUnchanged,
  sameAnswer,
  noState,
  oneDictionary,
  orthogonal,
  oddDimension,
  incoherent,
  permutedCodewords,
  permutedCoordinates,
  flippedCoordinates,
  scoresAgree,
  beyond16Bits,
  acrossProcesses,
  freshProcess,
  batchAsSingle,
  batchOrder,
  quietOutput,
  endsOnEof,
]

/** What is about a decoder's rule alone, whatever process runs it. */
export const ruleProperties: readonly ContractProperty[] = contract.filter(({ ofProcess }) => !ofProcess)

/** The property of this id. Throws InputError where there is none. */
export function contractProperty(id: string): ContractProperty {
  const property = contract.find((one) => one.id === id)
  if (property) return property
  throw new InputError(
    `the contract has no property '${id}', only ${contract.map((one) => one.id).join(', ')}`,
  )
}
