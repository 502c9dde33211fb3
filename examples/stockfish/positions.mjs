// Self-play of Stockfish, for positions to read: node examples/stockfish/positions.mjs [--games 1200] [--seed 1]
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import seedrandom from 'seedrandom'
import { Engine, findEngine, MISSING } from './engine.mjs'

const { values } = parseArgs({
  options: {
    games: { type: 'string', default: '1200' },
    seed: { type: 'string', default: '1' },
    engine: { type: 'string' },
    out: { type: 'string', default: fileURLToPath(new URL('positions.csv', import.meta.url)) },
  },
})
const KEPT = 4
const LONGEST = 200
const path = findEngine(values.engine)
if (path === undefined) {
  console.log(MISSING)
  process.exit()
}

/** A game from random moves: then depth 1–4, one move in twelve random. Positions at drawn plies, none in check. */
async function play(engine, random) {
  const below = (n) => Math.floor(n * random())
  const opening = 2 + below(19)
  const [moves, quiet] = [[], []]
  engine.send('ucinewgame')
  for (let ply = 0; ply < LONGEST; ply++) {
    engine.send(`position startpos moves ${moves.join(' ')}`, 'd')
    const [fen, , checkers] = (await engine.until(/^Checkers:/)).slice(-3)
    if (ply >= opening && /^Checkers:\s*$/.test(checkers))
      quiet.push([ply, fen.split(' ').slice(1, 3).join(' ')])
    const move = await next(engine, ply < opening || below(12) === 0 ? undefined : 1 + below(4), below)
    if (move === undefined) break
    moves.push(move)
  }
  const kept = Array.from(
    { length: Math.min(KEPT, quiet.length) },
    () => quiet.splice(below(quiet.length), 1)[0],
  )
  return kept.sort(([a], [b]) => a - b)
}

/** The engine's move at a depth, or a random one; undefined where the game is over. */
async function next(engine, depth, below) {
  if (depth !== undefined) {
    engine.send(`go depth ${depth}`)
    const move = (await engine.until(/^bestmove/)).at(-1).split(' ')[1]
    return move === '(none)' ? undefined : move
  }
  engine.send('go perft 1')
  const legal = (await engine.until(/^Nodes searched/)).filter((line) => /^[a-h][1-8][a-h][1-8]/.test(line))
  return legal.length > 0 ? legal[below(legal.length)].split(':')[0] : undefined
}

const engine = new Engine(path)
engine.send('setoption name Threads value 1')
const lines = ['game,ply,board']
for (let game = 0; game < Number(values.games); game++) {
  const kept = await play(engine, seedrandom(`${values.seed}/${game}`))
  for (const [ply, fen] of kept) lines.push(`${game},${ply},${fen}`)
}
await engine.close()
writeFileSync(values.out, `${lines.join('\n')}\n`)
console.log(`${lines.length - 1} positions of ${values.games} games, written to ${values.out}`)
