// The results of read-boards.mjs for people: Markdown, and a figure.
import { table, within } from '../write.mjs'

const rateText = ({ rate, interval }) => within(rate, interval)

export function boardsText({ sha256, confidence, reproduced, rows, worth }, worthTable, command) {
  const kingOf = (name, sums) => rows.find(({ reader, sums: where }) => reader === name && where === sums)
  const pursuit = kingOf('matching-pursuit', 'before the ReLU')
  const white = kingOf('matching-pursuit, whitened', 'before the ReLU')
  const squares = kingOf('least squares, king by king', 'before the ReLU')
  const board = worth.at(-1)
  return `${[
    '# Boards in the first layer of Stockfish',
    `Stockfish 15.1, network SHA-256 ${sha256.slice(0, 12)}…, read from the installed engine; no weight is kept here. ` +
      `Made by \`${command}\`; every interval ${100 * confidence} %, each by itself, rates by exact binomial tests.`,
    `**It is read as the engine reads it.** Of the numbers that the engine's own \`eval\` prints of the eight stacks ` +
      `(material and positional parts), ${reproduced.alike} of ${reproduced.numbers} come out alike.`,
    '**Which king?** A board *is* the sum of the rows of its men, 22,528 × 1,024 numbers, 1,024 of the rows pawns where ' +
      'none can stand. A row is for a man on a square *and* for one of 32 places of the own king: within one such ' +
      'bucket 672 rows are independent in 1,024 dimensions, and nothing is in superposition. Superposition is across ' +
      `buckets: the same man under another king. A reader that tries the 32 kings in turn and solves least squares ` +
      `reads ${rateText(squares.read)} of the boards, each with one answer; matching pursuit with the rows as they are ` +
      `finds the king of ${rateText(pursuit.king)} and reads ${rateText(pursuit.read)}, with its reader whitened ` +
      `${rateText(white.king)} and ${rateText(white.read)}.`,
    '“One man under another king” counts men on the right square in the wrong bucket, of all men wrongly named. ' +
      'Readers but those “king by king” take all 21,504 live rows as codewords, and are told the number of men.',
    table(
      ['reader', 'sums', 'boards', 'read', 'king found', 'wrong men', 'of these under another king'],
      rows.map(({ reader, sums, boards, read, king, wrong, underOtherKing }) => [
        reader,
        sums,
        boards,
        rateText(read),
        rateText(king),
        wrong,
        underOtherKing,
      ]),
    ),
    'After the clipped ReLU a sum is known only where it is from 1 to 126, some 300 of 1,024: basis pursuit on these ' +
      'alone still finds the board, which then encodes to all of them. (The engine goes on to multiply pairs.)',
    worthTable,
    `So 1,024 sums carry ${within(board.bits, board.interval, 0)} bits of board: the layer spends dimensions freely ` +
      'where a good reader of random codes needs 0.7 to 1 for a bit. Sums are exact integers, which hold more than a ' +
      'bit each: dims per bit says how readers do, and is no limit here.',
    'Boards are from self-play of the engine (`positions.csv`, made by `positions.mjs`), the models fitted to games ' +
      '0–799, everything else from later games, one board a game.',
  ].join('\n\n')}\n`
}

const INKS = ['brick', 'ochre', 'teal', 'blue', 'violet', 'rose']

/** The share of boards read against their men, before and after the ReLU. */
export function boardsFigure({ rows, confidence }, command) {
  const readers = [...new Set(rows.map(({ reader }) => reader))]
  const panel = (sums) => ({
    title: sums,
    x: { label: 'men, in parts of eight', scale: 'linear', domain: [4, 32] },
    y: { label: 'boards read', scale: 'linear', domain: [0, 1] },
    layers: rows
      .filter((row) => row.sums === sums)
      .map(({ reader, byMen }) => ({
        kind: 'curve',
        name: reader,
        role: 'measured',
        ink: INKS[readers.indexOf(reader) % INKS.length],
        ...(readers.indexOf(reader) >= INKS.length && { dash: 'dashed' }),
        points: byMen.map(({ most, rate, interval }) => ({
          x: most - 4,
          y: Number(rate.toFixed(4)),
          interval,
        })),
      })),
  })
  return {
    id: 'stockfish',
    title: 'Boards read from the first layer of Stockfish',
    caption:
      'A position is the sum of at most 32 rows of 21,504 in 1,024 dimensions. With the rows as they are hardly a ' +
      'board is read; with the reader whitened, or by solving for every sum at once, nearly all.',
    command,
    seed: '1',
    confidence,
    columns: 2,
    panels: ['before the ReLU', 'after the ReLU'].map(panel),
  }
}
