import { shown } from '../io/arguments.js'
import { InputError } from '../io/input-error.js'
import { didYouMean } from '../io/suggestion.js'
import { shapeText, type Tensor } from './tensor.js'

/** Whether codewords are the rows of a matrix or its columns. @since 0.2.0 */
export type Orientation = 'rows' | 'columns'

/** What training libraries call their decoder, and how codewords stand in it. */
const KNOWN: ReadonlyMap<string, Orientation> = new Map([
  // SAELens, sparsify and Gemma Scope: d_sae × d_in.
  ['W_dec', 'rows'],
  // dictionary_learning and Llama Scope, as torch.nn.Linear keeps it: d_in × d_sae.
  ['decoder.weight', 'columns'],
])

/** The orientation that a name stands for, by its end: `layers.3.W_dec` is a `W_dec`. */
function knownOrientation(name: string): Orientation | undefined {
  for (const [known, orientation] of KNOWN) {
    if (name === known || name.endsWith(`.${known}`) || name.endsWith(`/${known}`)) return orientation
  }
  return undefined
}

/** What stands before a known name: `layers.3.` of `layers.3.W_dec`; all of it where it is none. */
export const prefixOf = (name: string): string => {
  const known = [...KNOWN.keys()].find((one) => name.endsWith(one))
  return known === undefined ? name : name.slice(0, name.length - known.length)
}

/**
 * The tensor that holds the dictionary: the one asked for, or the only one of a known name, or the only matrix. Throws
 * InputError where there is none, or there are several.
 */
export function dictionaryTensor(path: string, tensors: readonly Tensor[], asked?: string): Tensor {
  if (asked !== undefined) return askedTensor(path, tensors, asked)
  const matrices = tensors.filter(({ shape }) => shape.length === 2)
  const known = matrices.filter(({ name }) => name !== undefined && knownOrientation(name) !== undefined)
  const [found, ...others] = known.length > 0 ? known : matrices
  if (found === undefined) {
    const held = tensors.length === 0 ? 'nothing' : listed(tensors)
    throw new InputError(`'${path}' holds no matrix, N codewords by d coordinates, but ${held}`)
  }
  if (others.length > 0) {
    throw new InputError(`'${path}' holds ${listed([found, ...others])}: say which by --tensor NAME`)
  }
  return found
}

function askedTensor(path: string, tensors: readonly Tensor[], asked: string): Tensor {
  const found = tensors.find(({ name }) => name === asked)
  if (found === undefined) {
    const names = tensors.flatMap(({ name }) => name ?? [])
    if (names.length === 0) throw new InputError(`the array in '${path}' has no name: leave out --tensor`)
    const hint = didYouMean(asked, names) ?? `it holds ${listed(tensors)}`
    throw new InputError(`'${path}' holds no tensor ${shown(asked)}; ${hint}`)
  }
  if (found.shape.length === 2) return found
  throw new InputError(`${shown(asked)} in '${path}' is no matrix: ${shapeText(found.shape)}`)
}

const MOST_LISTED = 8

/** Tensors by name and shape, the first few of many. */
function listed(tensors: readonly Tensor[]): string {
  const some = tensors.slice(0, MOST_LISTED).map(({ name, shape }) => {
    const called = name === undefined ? 'an array' : shown(name).replace('the string ', '')
    return `${called} (${shapeText(shape)})`
  })
  const more = tensors.length > MOST_LISTED ? ` and ${tensors.length - MOST_LISTED} more` : ''
  return some.join(', ') + more
}

/**
 * How codewords stand in a matrix: as asked for, or by its name. Throws InputError where neither says, and where a
 * square matrix leaves no trace of it: nothing is guessed.
 */
export function orientationOf(
  { name, shape, path }: Tensor,
  asked?: Orientation,
): { orientation: Orientation; by: 'name' | 'option' } {
  if (asked !== undefined) return { orientation: asked, by: 'option' }
  const known = name === undefined ? undefined : knownOrientation(name)
  const [r, c] = shape
  if (known !== undefined && r !== c) return { orientation: known, by: 'name' }
  const what = known === undefined ? 'does not say' : 'is square and does not say'
  const choices = `rows: N = ${r} of d = ${c}; columns: N = ${c} of d = ${r}`
  throw new InputError(
    `'${path}' ${what} whether codewords are rows or columns: give --orientation rows|columns (${choices})`,
  )
}
