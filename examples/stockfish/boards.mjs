// The positions that are read, as codes: sums of the rows of the first layer.
import { readFileSync } from 'node:fs'
import { float32Dictionary } from 'dims-per-bit'
import { isLive } from './by-bucket.mjs'
import { DIMENSION, FEATURES, featuresOf, sumsOf } from './network.mjs'

/** Games up to this one are what models of boards are fitted to. */
const FITTED = 800

/** Boards of positions.csv: all of the fitted games, and one of each game held out. */
export function positions() {
  const lines = readFileSync(new URL('positions.csv', import.meta.url), 'utf8')
    .trim()
    .split('\n')
    .slice(1)
  const games = new Map()
  for (const line of lines) {
    const [game, , board] = line.split(',')
    games.set(Number(game), [...(games.get(Number(game)) ?? []), board])
  }
  const fitted = [...games].filter(([game]) => game < FITTED).flatMap(([, boards]) => boards)
  const heldOut = [...games]
    .filter(([game]) => game >= FITTED)
    .map(([game, boards]) => boards[game % boards.length])
  return { fitted, heldOut }
}

/** A board as the side to move sees it. */
export const viewOf = (board) => featuresOf(board, board.split(' ')[1])

/** The live rows of the first layer as a dictionary, on so many of the 1,024 coordinates, and the place of each row. */
export function liveRows({ rows }, coordinates = DIMENSION) {
  const live = Array.from({ length: FEATURES }, (_, i) => i).filter(isLive)
  const kept = coordinatesOf(coordinates)
  const entries = new Float32Array(live.length * coordinates)
  live.forEach((i, n) => {
    for (let m = 0; m < coordinates; m++) entries[n * coordinates + m] = rows[i * DIMENSION + kept[m]]
  })
  return {
    live,
    place: new Map(live.map((i, n) => [i, n])),
    dictionary: float32Dictionary(entries, coordinates),
  }
}

/** So many coordinates, evenly spread. */
const coordinatesOf = (count) => Array.from({ length: count }, (_, m) => Math.floor((m * DIMENSION) / count))

/** Boards with their sums, and their code on some of the coordinates: the sums without the biases. */
export function codesOf(network, boards, coordinates = DIMENSION) {
  const kept = coordinatesOf(coordinates)
  return boards.map((board) => {
    const features = viewOf(board)
    const sums = sumsOf(network, features)
    return { board, features, sums, code: Float64Array.from(kept, (j) => sums[j] - network.biases[j]) }
  })
}

/** The reader of `whitened`, in float32, which takes several codes a pass. */
export function inFloat32({ reader, read }) {
  const { size: N, dimension: d } = reader
  const entries = new Float32Array(N * d)
  for (let i = 0; i < N; i++) entries.set(reader.codeword(i), i * d)
  return { reader: float32Dictionary(entries, d), read }
}

/** What a decoder that is told how many men there are reads of codes: features, a list for each. */
export function readAll(decoder, { reader, read }, live, codes) {
  const answers = new Array(codes.length)
  const sizes = new Set(codes.map(({ features }) => features.length))
  for (const k of sizes) {
    const those = [...codes.keys()].filter((c) => codes[c].features.length === k)
    const vectors = those.map((c) => read(codes[c].code, k))
    decoder.decodeMany(reader, vectors, k).forEach((answer, m) => {
      answers[those[m]] = Array.from(answer, (n) => live[n])
    })
  }
  return answers
}

/** Whether an answer is the board, feature by feature. */
export const isBoard = (answer, features) =>
  answer.length === features.length && features.every((feature) => answer.includes(feature))
