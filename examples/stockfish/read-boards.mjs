// Which boards can be read back from the first layer of Stockfish, and how:
// node examples/stockfish/read-boards.mjs [--out reports]
import { parseArgs } from 'node:util'
import {
  basisPursuitAdmm,
  binomialInterval,
  bpdn,
  DenseDictionary,
  finishedVamp,
  matchingPursuit,
  orthogonalMatchingPursuit,
  topK,
  whitened,
} from 'dims-per-bit'
import { table, within, writeResults } from '../write.mjs'
import { codesOf, inFloat32, isBoard, liveRows, positions, readAll, viewOf } from './boards.mjs'
import { bucketReaders, liveIn } from './by-bucket.mjs'
import { findEngine, MISSING } from './engine.mjs'
import { modelsOf } from './entropy.mjs'
import { BUCKETS, DIMENSION, PER_BUCKET, readNetwork, sumsOf } from './network.mjs'
import { reproduced } from './reproduce.mjs'

const { values } = parseArgs({ options: { engine: { type: 'string' }, out: { type: 'string' } } })
const path = findEngine(values.engine)
if (path === undefined) {
  console.log(MISSING)
  process.exit()
}
const confidence = 0.999
const [REPRODUCED, READ, PURSUED, CLIPPED] = [350, 200, 60, 40]
const command =
  'node examples/stockfish/positions.mjs --seed 1 && node examples/stockfish/read-boards.mjs --out reports'
const bucketOf = (feature) => Math.floor(feature / PER_BUCKET)

const network = await readNetwork(path)
const { fitted, heldOut } = positions()
const same = await reproduced(path, network, fitted.slice(0, REPRODUCED))
console.log(`${same.alike} of ${same.numbers} numbers that the engine prints are reproduced`)
if (same.alike !== same.numbers) throw new Error('the network is not read as the engine reads it')

const rate = (successes, trials) => {
  const { point, interval } = binomialInterval(successes, trials, confidence)
  return { rate: point, interval: interval.map((end) => Number(end.toFixed(4))) }
}

/** The rate at which boards of so many men are read, in parts of eight. */
const byMen = (answers, codes) =>
  [8, 16, 24, 32].flatMap((most) => {
    const those = [...codes.keys()].filter((c) => Math.ceil(codes[c].features.length / 8) * 8 === most)
    if (those.length === 0) return []
    const read = those.filter((c) => isBoard(answers[c], codes[c].features)).length
    return [{ most, boards: those.length, ...rate(read, those.length) }]
  })

/** What became of the answers: boards read, boards whose king was found, and what the wrong men have wrong. */
function outcome(name, sums, codes, answers) {
  const ofKing = (answer, { features }) =>
    answer.filter((i) => bucketOf(i) === bucketOf(features[0])).length > answer.length / 2
  const wrong = answers.flatMap((answer, c) =>
    answer.filter((i) => !codes[c].features.includes(i)).map((i) => [i % PER_BUCKET, codes[c].features]),
  )
  const underOther = wrong.filter(([place, features]) => features.some((i) => i % PER_BUCKET === place))
  const counted = (rule) => rate(answers.filter((answer, c) => rule(answer, codes[c])).length, codes.length)
  const row = {
    reader: name,
    sums,
    boards: codes.length,
    read: counted((answer, { features }) => isBoard(answer, features)),
    king: counted(ofKing),
    byMen: byMen(answers, codes),
    wrong: wrong.length,
    underOtherKing: underOther.length,
  }
  const [read, king] = [row.read, row.king].map(({ rate, interval }) => within(rate, interval))
  console.log(`${name}, ${sums}: of ${codes.length} boards reads ${read}, finds the king of ${king}`)
  return row
}

const codes = codesOf(network, heldOut.slice(0, READ))
const { live, dictionary } = liveRows(network)
const plain = { reader: dictionary, read: (code) => code }
const white = inFloat32(whitened(dictionary))
const clip = (sum) => Math.max(0, Math.min(127, sum))
const clippedCodes = codes.map((one) => ({
  ...one,
  code: Float64Array.from(one.sums, (sum, j) => clip(sum) - network.biases[j]),
}))
const rows = []

const oneByOne = [topK(), matchingPursuit(), orthogonalMatchingPursuit()]
for (const decoder of oneByOne) {
  for (const [how, prepared] of [
    ['', plain],
    [', whitened', white],
  ]) {
    for (const [sums, some] of [
      ['before the ReLU', codes],
      ['after the ReLU', clippedCodes],
    ]) {
      rows.push(outcome(decoder.name + how, sums, some, readAll(decoder, prepared, live, some)))
    }
  }
}
for (const decoder of [basisPursuitAdmm(), finishedVamp()]) {
  const some = codes.slice(0, PURSUED)
  rows.push(outcome(decoder.name, 'before the ReLU', some, readAll(decoder, plain, live, some)))
}

/** The answer where one bucket has one; none where several have. */
const only = (found) => (found.length === 1 ? found[0] : [])
const readers = bucketReaders(network)
const solved = codes.map(({ code }) =>
  only(readers.map((read) => read(code)).filter((one) => one !== undefined)),
)
rows.push(outcome('least squares, king by king', 'before the ReLU', codes, solved))

/** Boards of a bucket that non-negative basis pursuit finds on the sums that were not clipped, and that encode to all. */
function unclipped({ features, sums }) {
  const open = [...sums.keys()].filter((j) => sums[j] > 0 && sums[j] < 127)
  const code = Float64Array.from(open, (j) => sums[j] - network.biases[j])
  return Array.from({ length: BUCKETS }, (_, bucket) => {
    const candidates = liveIn(bucket)
    const entries = candidates.flatMap((i) => open.map((j) => network.rows[i * DIMENSION + j]))
    const reader = new DenseDictionary(Float64Array.from(entries), open.length)
    const [answer] = bpdn({ range: 'non-negative' }).decodeMany(reader, [code], features.length)
    const found = Array.from(answer, (n) => candidates[n])
    const again = sumsOf(network, found)
    return sums.every((sum, j) => clip(sum) === clip(again[j])) ? found : undefined
  }).filter((found) => found !== undefined)
}
const few = codes.slice(0, CLIPPED)
rows.push(
  outcome(
    'basis pursuit on the unclipped, king by king',
    'after the ReLU',
    few,
    few.map((one) => only(unclipped(one))),
  ),
)

const models = modelsOf(fitted.map(viewOf), live.length)
const worth = Object.entries(models).map(([model, bitsOf]) => {
  const bits = heldOut.map((board) => bitsOf(viewOf(board)))
  const mean = bits.reduce((a, b) => a + b) / bits.length
  const variance = bits.reduce((sum, one) => sum + (one - mean) ** 2, 0) / (bits.length - 1)
  // So many boards that their mean is normal.
  const half = 3.291 * Math.sqrt(variance / bits.length)
  return { model, boards: bits.length, bits: mean, interval: [mean - half, mean + half] }
})
const worthTable = table(
  ['model of boards', 'bits a board', 'dims per bit'],
  worth.map(({ model, bits, interval: [low, high] }) => [
    model,
    within(bits, [low, high], 1),
    within(DIMENSION / bits, [DIMENSION / high, DIMENSION / low], 1),
  ]),
)
console.log(worthTable)

const data = { sha256: network.sha256, confidence, reproduced: same, rows, worth }
if (values.out !== undefined) {
  const { boardsText, boardsFigure } = await import('./report.mjs')
  writeResults(values.out, 'stockfish', {
    text: boardsText(data, worthTable, command),
    figure: boardsFigure(data, command),
    record: { command, seed: '1', data },
  })
}
