import { readFileSync } from 'node:fs'
import { lusolve, type Matrix, multiply, transpose } from 'mathjs'
import { expect, test } from 'vitest'
import { builtInDecoders } from '../decoders/built-in.js'
import type { Leaderboard, LeaderboardRow } from '../results/report.js'
import { entropyApproximation } from './entropy-approximation.js'
import { type FittedLaw, fittedLaws, powerLaw } from './fitted-rules.js'
import { boundsOf } from './plan.js'

const { rows: board } = JSON.parse(readFileSync('reports/leaderboard.json', 'utf8')) as Leaderboard

/** What the numbers of a rule should be, with as many digits as they have. */
function refit({ decoder, sparsityPower }: FittedLaw): Omit<FittedLaw, 'name'> {
  const rows = board.filter((row) => row.decoder === decoder)
  const terms = ({ N, k }: LeaderboardRow) => [
    1,
    Math.log(entropyApproximation(N, k) / (k * Math.LN2)),
    ...(sparsityPower === 1 ? [] : [Math.log(k)]),
  ]
  const weighted = rows.map((row) => {
    const [low, high] = row.dimensionInterval
    const weight = 1 / Math.log(high / low)
    return [...terms(row), Math.log(row.dimension / row.k)].map((value) => weight * value)
  })
  const design = weighted.map((row) => row.slice(0, -1))
  const normal = multiply(transpose(design), design)
  const right = multiply(
    transpose(design),
    weighted.map((row) => row.at(-1)!),
  )
  const [constant, logPower, extra = 0] = (lusolve(normal, right) as unknown as Matrix[]).flat().map(Number)
  const found = {
    factor: Number(Math.exp(constant).toPrecision(3)),
    sparsityPower: Number((1 + extra).toFixed(3)),
    logPower: Number(logPower.toFixed(3)),
  }
  const misses = rows.map(({ N, k, dimension }) => Math.abs(powerLaw(found, N, k) / dimension - 1))
  return { decoder, ...found, worstPercent: Math.ceil(100 * Math.max(...misses)) }
}

test('each rule is the fit to the committed leaderboard', () => {
  expect(fittedLaws.map(refit)).toEqual(fittedLaws.map(({ name, ...law }) => law))
})

test('every built-in decoder has a statement of its own in the plan', () => {
  for (const { name, law } of builtInDecoders)
    if (law !== undefined) expect(boundsOf(law), name).not.toEqual([])
})
