/** The indices of the scores at or above a bar, ascending. */
export function reaching(scores: Float64Array, bar: number): number[] {
  const chosen: number[] = []
  for (let i = 0; i < scores.length; i++) if (scores[i] >= bar) chosen.push(i)
  return chosen
}
