import { InputError } from '../../io/input-error.js'
import { atOnce, inSlices, type Steps } from '../../io/slices.js'
import { withoutDead, withRows } from '../given-rows.js'
import type { Shape } from '../model.js'
import { type PreparedParts, preparation, withReading } from '../preparation.js'
import type { Dictionary } from '../problem.js'
import { type GivenDictionary, type ReadOptions, readDictionary } from '../read-dictionary.js'
import type { DictionaryFile, Preparation } from './description.js'
import {
  type PreparedRows,
  preparedRows,
  type SharedPreparation,
  sharedPreparation,
} from './prepared-rows.js'

/** Rows of a file's dictionary, and what another thread makes them of. */
export interface GivenRows {
  readonly rows: PreparedRows
  readonly shared: SharedPreparation
}

/**
 * The dictionary of a file, read once for all whose trials are over it. Codewords of hardly any norm are left out of
 * it.
 */
export class OpenedDictionary {
  /** How it was read. */
  readonly about: DictionaryFile
  /** The file that the tensor stands in: a shard where an index was given. */
  readonly path: string
  /** How that has its numbers. */
  readonly dtype: string
  /** Codewords of the file that are left out. */
  readonly dead: readonly number[]
  readonly #whole: Dictionary
  /** What is prepared is there as long as a sampler has it, and the last until the next. */
  readonly #prepared = new Map<string, WeakRef<GivenRows>>()
  #last: GivenRows | undefined

  /** Throws InputError where the file is malformed, or leaves open what is meant. */
  static async read(file: string, options: Omit<ReadOptions, 'encoder'> = {}): Promise<OpenedDictionary> {
    return new OpenedDictionary(file, await readDictionary(file, options))
  }

  private constructor(file: string, given: GivenDictionary) {
    const { sha256, tensor = '', orientation } = given
    const { dictionary, dead } = withoutDead(given.dictionary)
    this.about = { file, sha256, tensor, orientation }
    this.path = given.file
    this.dtype = given.dtype
    this.dead = dead
    this.#whole = dictionary
  }

  /** N and d of what is not left out. */
  get shape(): { readonly N: number; readonly d: number } {
    return { N: this.#whole.size, d: this.#whole.dimension }
  }

  /** N of its rows, drawn by the seed where there are more. Throws InputError for another d, or fewer rows. */
  rows(prepare: Preparation, shape: Pick<Shape, 'N' | 'd'>, seed: string): GivenRows {
    return atOnce(this.#rows(prepare, shape, seed))
  }

  /** Make those rows ready, in slices: `rows` then has them at once. */
  async makeReady(
    prepare: Preparation,
    shape: Pick<Shape, 'N' | 'd'>,
    seed: string,
    signal: AbortSignal | undefined,
  ): Promise<void> {
    await inSlices(this.#rows(prepare, shape, seed), signal)
  }

  *#rows(prepare: Preparation, { N, d }: Pick<Shape, 'N' | 'd'>, seed: string): Steps<GivenRows> {
    const { size, dimension } = this.#whole
    if (d !== dimension) {
      const { file, orientation } = this.about
      throw new InputError(
        `the codewords of '${file}', its ${orientation}, have ${dimension} entries each, not d = ${d}`,
      )
    }
    if (N > size) throw new InputError(`the dictionary has N = ${size}, less than N = ${N}`)
    const key = JSON.stringify(N === size ? [prepare] : [prepare, N, seed])
    const known = this.#prepared.get(key)?.deref()
    this.#last = known ?? givenRows(yield* preparation(withRows(this.#whole, N, seed), prepare))
    if (!known) this.#prepared.set(key, new WeakRef(this.#last))
    return this.#last
  }
}

const givenRows = (parts: PreparedParts): GivenRows => ({
  rows: preparedRows(withReading(parts)),
  shared: sharedPreparation(parts),
})
