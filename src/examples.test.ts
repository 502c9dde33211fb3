import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { givenDictionary } from './codes/dense.js'
import { stream } from './random/stream.js'

const path = (name: string) => new URL(`../../examples/${name}`, import.meta.url)
const load = (name: string) => import(path(name).href)
const { featuresOf, networkOf, PER_BUCKET } = await load('stockfish/network.mjs')
const { isLive, liveIn } = await load('stockfish/by-bucket.mjs')
const { modelsOf } = await load('stockfish/entropy.mjs')
const { unexplained } = await load('autoencoder/unexplained.mjs')

const boards = readFileSync(fileURLToPath(path('stockfish/positions.csv')), 'utf8')
  .trim()
  .split('\n')
  .slice(1)
  .map((line) => line.split(',')[2])

const START = 'rnbqkbnr/pppppppp/8/8/8/8/PPPPPPPP/RNBQKBNR w'
const sorted = (features: number[]) => features.toSorted((a, b) => a - b)
/** The board with colours and ranks changed, or with its files reversed. */
const turned = (board: string) =>
  board
    .split(' ')[0]
    .split('/')
    .reverse()
    .join('/')
    .replace(/[a-z]/gi, (one) => (one === one.toUpperCase() ? one.toLowerCase() : one.toUpperCase()))
const reversed = (board: string) =>
  board
    .split(' ')[0]
    .split('/')
    .map((rank) => [...rank].reverse().join(''))
    .join('/')

test('features of Stockfish: e1 is bucket 31, of a board as many as men, live, the same turned and reversed', () => {
  const start = sorted(featuresOf(START, 'w'))
  expect(start).toHaveLength(32)
  // White's pawn on a2 and its king on e1, black's king on e8.
  expect(start).toEqual(expect.arrayContaining([8, 640 + 4, 640 + 60].map((i) => 31 * PER_BUCKET + i)))
  expect(Array.from({ length: 32 }, (_, bucket) => liveIn(bucket).length)).toEqual(Array(32).fill(672))
  expect(boards.length).toBeGreaterThan(4000)
  for (const board of boards.filter((_, i) => i % 20 === 0)) {
    const features = sorted(featuresOf(board, 'w'))
    expect(features).toHaveLength(board.split(' ')[0].replace(/[^a-z]/gi, '').length)
    expect(features.every(isLive)).toBe(true)
    expect(sorted(featuresOf(turned(board), 'b'))).toEqual(features)
    expect(sorted(featuresOf(reversed(board), 'w'))).toEqual(features)
  }
})

test('another network is refused', () => {
  expect(() => networkOf(Buffer.from('no network'))).toThrow(
    /^this is not the network of Stockfish 15\.1: [^\n]+$/,
  )
})

test('models of boards: a board is worth log2 C(N, k) bits, and less to those that have seen boards like it', () => {
  const views = boards.map((board) => featuresOf(board, board.split(' ')[1]))
  const models = modelsOf(views.slice(0, 2000), 21_504)
  const [uniform, squares, given] = Object.values(models).map((bits) => {
    const test = views.slice(2000, 2400)
    return test.reduce((sum, features) => sum + (bits as (of: number[]) => number)(features), 0) / test.length
  })
  expect((models['uniform subset'] as (of: number[]) => number)([1, 2])).toBeCloseTo(
    Math.log2((21_504 * 21_503) / 2),
  )
  expect(squares).toBeLessThan(uniform / 2)
  expect(given).toBeLessThan(squares)
})

test('what codewords leave: nothing of their own sums, what is orthogonal of others', () => {
  const random = stream('1', 'unexplained')
  const rows = Array.from({ length: 3 }, () => Array.from({ length: 5 }, () => random.uniform() - 0.5))
  const dictionary = givenDictionary([...rows, [0, 0, 0, 0, 1]])
  const code = dictionary.superpose([0, 1, 2])
  expect(unexplained(dictionary, code, [0, 1, 2])).toBeCloseTo(0)
  expect(unexplained(dictionary, code, [0, 1, 2], [1, 1, 1])).toBeCloseTo(0)
  expect(unexplained(dictionary, Float64Array.of(3, 0, 0, 0, 4), [3])).toBeCloseTo(9 / 25)
})
