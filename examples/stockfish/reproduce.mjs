// Whether the network is read as the engine reads it: what `eval` prints of both parts of each of its eight stacks.
import { Engine } from './engine.mjs'
import { evaluate } from './network.mjs'

/** In Stockfish 15.1 a pawn is worth so much. */
const PAWN = 361
const LINE = /^\|\s+\d\s+\|\s*([ +-])\s*([\d.]+)\s*\|\s*([ +-])\s*([\d.]+)/

const printed = (value) => `${value < 0 ? '-' : value > 0 ? '+' : ' '}${(Math.abs(value) / PAWN).toFixed(2)}`

/** How many of the numbers that the engine prints of these boards come out alike. */
export async function reproduced(path, network, boards) {
  const engine = new Engine(path)
  let [alike, numbers] = [0, 0]
  for (const board of boards) {
    engine.send(`position fen ${board} - - 0 1`, 'eval', 'isready')
    const rows = (await engine.until(/^readyok/)).map((line) => LINE.exec(line)).filter((row) => row !== null)
    const said = rows.flatMap(([, a, material, b, positional]) => [a + material, b + positional])
    const own = evaluate(network, board).flat().map(printed)
    numbers += said.length
    alike += said.filter((text, i) => text === own[i]).length
  }
  await engine.close()
  return { alike, numbers }
}
