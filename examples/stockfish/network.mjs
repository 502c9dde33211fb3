// The network inside Stockfish 15.1 (HalfKAv2_hm, 22,528 × 1,024, eight stacks of layers), as the engine exports it.
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Engine } from './engine.mjs'

export const DIMENSION = 1024
export const BUCKETS = 32
/** Features of one bucket of the king: 11 planes of 64 squares. */
export const PER_BUCKET = 704
export const FEATURES = BUCKETS * PER_BUCKET
const STACKS = 8
const [VERSION, ARCHITECTURE] = [0x7af32f20, 0x1c102ef2]
const SHA256 = 'ad9b423546714137916bd38978af6fd68d7b8951bef25ff76bf43da72d6cb786'

/** Have the engine write its network to a file that is gone afterwards, and read it. */
export async function readNetwork(path) {
  const folder = mkdtempSync(join(tmpdir(), 'dims-per-bit-network-'))
  const engine = new Engine(path)
  try {
    const file = join(folder, 'network.nnue')
    engine.send(`export_net ${file}`)
    await engine.until(/^(Network saved|Failed)/)
    await engine.close()
    return networkOf(readFileSync(file))
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** The parts of a network's bytes. Throws at any that are not those of Stockfish 15.1. */
export function networkOf(bytes) {
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  if (sha256 !== SHA256) {
    throw new Error(
      `this is not the network of Stockfish 15.1: its SHA-256 is ${sha256.slice(0, 12)}…, not ${SHA256.slice(0, 12)}…`,
    )
  }
  // Aligned for the typed arrays: the description before them is of odd length.
  let at = 12 + bytes.readUInt32LE(8)
  const take = (Type, count) => {
    const size = count * Type.BYTES_PER_ELEMENT
    const values = new Type(bytes.buffer.slice(bytes.byteOffset + at, bytes.byteOffset + at + size))
    at += size
    return values
  }
  if (bytes.readUInt32LE(0) !== VERSION || bytes.readUInt32LE(4) !== ARCHITECTURE) {
    throw new Error('its headers are not those of Stockfish 15.1')
  }
  take(Uint32Array, 1)
  const biases = take(Int16Array, DIMENSION)
  const rows = take(Int16Array, FEATURES * DIMENSION)
  const material = take(Int32Array, FEATURES * STACKS)
  const affine = (outputs, inputs) => ({
    biases: take(Int32Array, outputs),
    weights: take(Int8Array, outputs * inputs),
  })
  const stacks = Array.from({ length: STACKS }, () => {
    take(Uint32Array, 1)
    return [affine(16, DIMENSION), affine(32, 32), affine(1, 32)]
  })
  if (at !== bytes.length) throw new Error(`it has ${bytes.length} bytes, where ${at} are its parts`)
  return { sha256, biases, rows, material, stacks }
}

/** The men of a position in Forsyth–Edwards notation: [letter, square], square 0 = a1. */
export function menOf(fen) {
  const men = []
  fen
    .split(' ')[0]
    .split('/')
    .forEach((rank, r) => {
      let file = 0
      for (const one of rank) {
        if (one >= '1' && one <= '8') file += Number(one)
        else men.push([one, 8 * (7 - r) + file++])
      }
    })
  return men
}

/** Active features of a position, as one side sees it: 704 · bucket + 64 · plane + square. */
export function featuresOf(fen, side) {
  const own = (letter) => (letter === letter.toUpperCase()) === (side === 'w')
  const men = menOf(fen)
  const flip = side === 'w' ? 0 : 56
  const king = men.find(([letter]) => letter.toUpperCase() === 'K' && own(letter))[1] ^ flip
  const mirror = (king & 7) < 4 ? 7 : 0
  const home = king ^ mirror
  const bucket = 31 - 4 * (home >> 3) - ((home & 7) - 4)
  return men.map(([letter, square]) => {
    const kind = 'PNBRQ'.indexOf(letter.toUpperCase())
    const plane = kind < 0 ? 10 : 2 * kind + (own(letter) ? 0 : 1)
    return PER_BUCKET * bucket + 64 * plane + (square ^ flip ^ mirror)
  })
}

/** The 1,024 sums that the first layer makes of features, biases included. */
export function sumsOf({ biases, rows }, features) {
  const sums = Int32Array.from(biases)
  for (const i of features) for (let j = 0; j < DIMENSION; j++) sums[j] += rows[i * DIMENSION + j]
  return sums
}

/** What the network says of a position in each of its eight stacks: [material, positional], as the side to move. */
export function evaluate(network, fen) {
  const mover = fen.split(' ')[1]
  const views = [mover, mover === 'w' ? 'b' : 'w'].map((side) => featuresOf(fen, side))
  const inputs = new Uint8Array(DIMENSION)
  views.forEach((features, p) => {
    const sums = sumsOf(network, features).map((sum) => Math.max(0, Math.min(127, sum)))
    for (let j = 0; j < 512; j++) inputs[512 * p + j] = (sums[j] * sums[j + 512]) >> 7
  })
  return network.stacks.map((layers, s) => {
    const [own, other] = views.map((features) =>
      features.reduce((sum, i) => sum + network.material[i * STACKS + s], 0),
    )
    return [Math.trunc((own - other) / 2), propagate(layers, inputs)].map((value) => Math.trunc(value / 16))
  })
}

function propagate([first, second, third], inputs) {
  const hidden = affine(first, inputs)
  const squares = hidden.map((x) => Math.min(127, Math.floor((x * x) / 2 ** 19)))
  const [squared, straight] = [squares, hidden.map(clipped)].map((values) => values.slice(0, 15))
  const next = affine(second, [...squared, ...straight, 0, 0]).map(clipped)
  return affine(third, next)[0] + Math.trunc((hidden[15] * 9600) / (127 * 64))
}

const clipped = (x) => Math.max(0, Math.min(127, x >> 6))

const affine = ({ biases, weights }, inputs) =>
  Array.from(biases, (bias, o) =>
    inputs.reduce((sum, x, i) => sum + weights[o * inputs.length + i] * x, bias),
  )
