import { criterionOf, isMet } from '../../codes/model/criterion.js'
import { IDEAL, type ModelDescription } from '../../codes/model/description.js'
import { openModel } from '../../codes/model/open-model.js'
import { rademacherArena } from '../../codes/rademacher.js'
import { drawTrial, type Shape, type Trial } from '../../codes/trial.js'
import { inParts } from '../../success/estimation/judged-sampler.js'
import type { ProblemReader } from '../../success/processes/reader.js'
import { recoveryOf } from '../../success/trials/recovery.js'

/** One trial of a run. */
export interface TrialName extends Shape {
  readonly seed: string
  readonly trial: number
  /** The paper's unless given. */
  readonly model?: ModelDescription | undefined
}

/** The problem of a trial, and its answer. Throws InputError where its dictionary's file is another, or gone. */
export const trialOf = async ({ N, k, d, seed, trial, model }: TrialName): Promise<Trial> =>
  drawTrial({ N, k, d }, seed, trial, rademacherArena(), model && (await openModel(model)))

/** A codeword that matters to what became of a trial. */
export interface ScoredCodeword {
  readonly index: number
  /** Whether it was sent, and whether it was chosen. */
  readonly member: boolean
  readonly chosen: boolean
  /** ⟨f, X⟩, and its place among all N, from 1. */
  readonly score: number
  readonly rank: number
  /** ⟨f, X − Σ of the members that were chosen⟩: what a pursuit has left to go by. */
  readonly residualScore: number
}

/** What a decoder made of a trial, and what there was to go by. */
export interface Replay extends TrialName {
  readonly decoder: string
  readonly success: boolean
  /** Y, ascending. */
  readonly subset: readonly number[]
  /** Ascending; undefined when the decoder broke its contract instead. */
  readonly answer?: readonly number[]
  readonly fault?: string
  /** The whole of what it said, where the fault is only a part. */
  readonly detail?: string | undefined
  /** The members, those wrongly chosen, and the non-member of largest score. */
  readonly codewords: readonly ScoredCodeword[]
  /** The least score of a member less the largest of a non-member: positive iff top-k decoding succeeds. */
  readonly margin: number
}

function meets(
  { declared }: ProblemReader,
  { N, k, model = IDEAL }: TrialName,
  subset: readonly number[],
  answer: readonly number[],
): boolean {
  const { name: decoder, sizeVaries } = declared
  const parts = inParts(criterionOf(model), { decoder, sizeVaries, model }, { N, k })
  const { hits, falsePositives } = recoveryOf(subset, answer)
  return isMet(parts, hits, falsePositives, subset.length)
}

/** Decode one trial again and look at the scores. */
export async function replay(reader: ProblemReader, name: TrialName): Promise<Replay> {
  const drawn = await trialOf(name)
  const { problem, subset } = drawn
  const { dictionary, code } = problem
  const outcome = await reader.read(drawn)
  const answer = outcome.kind === 'answer' ? outcome.indices.toSorted((a, b) => a - b) : undefined
  const members = new Set(subset)
  const chosen = new Set(answer)
  const scores = dictionary.correlate(code).slice()
  const found = dictionary.superpose(subset.filter((i) => chosen.has(i)))
  const residual = dictionary.correlate(code.map((entry, j) => entry - found[j]))
  let rival = -1
  scores.forEach((score, i) => {
    if (!members.has(i) && (rival < 0 || score > scores[rival])) rival = i
  })
  const shown = new Set([...subset, ...chosen, ...(rival < 0 ? [] : [rival])])
  return {
    decoder: reader.declared.name,
    ...name,
    success: answer !== undefined && meets(reader, name, subset, answer),
    subset,
    ...(answer && { answer }),
    ...(outcome.kind === 'violation' && {
      fault: outcome.violation.message,
      detail: outcome.violation.detail,
    }),
    codewords: [...shown]
      .sort((a, b) => scores[b] - scores[a] || a - b)
      .map((index) => ({
        index,
        member: members.has(index),
        chosen: chosen.has(index),
        score: scores[index],
        rank: 1 + scores.reduce((above, score) => above + Number(score > scores[index]), 0),
        residualScore: residual[index],
      })),
    margin: Math.min(...subset.map((i) => scores[i])) - (rival < 0 ? -Infinity : scores[rival]),
  }
}
