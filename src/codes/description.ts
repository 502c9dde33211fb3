import type { Key } from '../random/key.js'
import { CoupledDictionary, coupledDictionary } from './coupled.js'
import { type Coupling, parseCoupling } from './coupling.js'
import { DenseDictionary } from './dense.js'
import type { Dictionary } from './problem.js'
import { dictionaryOfRows, type RademacherArena, RademacherDictionary } from './rademacher.js'
import { ReindexedDictionary } from './reindexed.js'

/** A dictionary as plain data, from which another process makes it again. */
export type DictionaryDescription =
  | { readonly kind: 'drawn'; readonly N: number; readonly d: number; readonly key: Key }
  | {
      readonly kind: 'coupled'
      readonly coupling: Coupling['text']
      readonly N: number
      readonly d: number
      readonly key: Key
    }
  /** `rowWords(d)` words a codeword: bit j % 32 of word ⌊j/32⌋ is set iff sign j is −1. */
  | { readonly kind: 'signs'; readonly N: number; readonly d: number; readonly rows: Int32Array }
  /** Codeword after codeword. */
  | { readonly kind: 'dense'; readonly d: number; readonly entries: Float64Array }
  | { readonly kind: 'reindexed'; readonly of: DictionaryDescription; readonly order: Uint32Array }

/** What describes this dictionary: its signs, its entries, or those of the one that it is a view of. */
export function describeDictionary(dictionary: Dictionary): DictionaryDescription {
  const { size: N, dimension: d } = dictionary
  if (dictionary instanceof RademacherDictionary) return { kind: 'signs', N, d, rows: dictionary.rows() }
  if (dictionary instanceof CoupledDictionary) {
    const { coupling, key } = dictionary
    return { kind: 'coupled', coupling: coupling.text, N, d, key }
  }
  if (dictionary instanceof ReindexedDictionary) {
    return { kind: 'reindexed', of: describeDictionary(dictionary.of), order: dictionary.order }
  }
  return denseDescription(dictionary)
}

/** The entries of a dictionary, all of them. */
export function denseDescription(
  dictionary: Dictionary,
): Extract<DictionaryDescription, { readonly kind: 'dense' }> {
  const { size: N, dimension: d } = dictionary
  const entries = new Float64Array(N * d)
  for (let i = 0; i < N; i++) entries.set(dictionary.codeword(i), i * d)
  return { kind: 'dense', d, entries }
}

/** The dictionary of a description; one that is drawn lives in the arena until the next is. */
export function dictionaryFrom(description: DictionaryDescription, arena: RademacherArena): Dictionary {
  switch (description.kind) {
    case 'drawn':
      return arena.draw(description.N, description.d, description.key)
    case 'coupled': {
      const { coupling, N, d, key } = description
      return coupledDictionary(parseCoupling(coupling), N, d, key, arena)
    }
    case 'signs':
      return dictionaryOfRows(description.N, description.d, description.rows)
    case 'dense':
      return new DenseDictionary(description.entries, description.d)
    case 'reindexed':
      return new ReindexedDictionary(dictionaryFrom(description.of, arena), description.order)
  }
}
