import type { ScoredAnswer } from '../codes/problem.js'
import { largest } from './largest.js'

/** The choice of an answer: its list, or where it has none the k largest of its scores. */
export function listOf(answer: ArrayLike<number> | ScoredAnswer, k: number): ArrayLike<number> {
  if ('length' in answer) return answer
  return answer.list ?? largest(answer.scores!, k)
}
