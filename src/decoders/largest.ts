/**
 * The k indices of largest score, the lowest index first among ties, in order of falling score.
 * One pass with a heap of k, so cheap for k ≪ N. Scores must be free of NaN.
 */
export function largest(scores: ArrayLike<number>, k: number): number[] {
  if (k <= 0) return []
  // A binary heap whose root is the worst of the k best so far.
  const heap: number[] = []
  const worse = (a: number, b: number) => scores[a] < scores[b] || (scores[a] === scores[b] && a > b)
  const sink = (from: number) => {
    let at = from
    for (;;) {
      let lowest = at
      for (const child of [2 * at + 1, 2 * at + 2]) {
        if (child < heap.length && worse(heap[child], heap[lowest])) lowest = child
      }
      if (lowest === at) return
      ;[heap[at], heap[lowest]] = [heap[lowest], heap[at]]
      at = lowest
    }
  }
  for (let i = 0; i < Math.min(k, scores.length); i++) heap.push(i)
  for (let i = heap.length >> 1; i >= 0; i--) sink(i)
  let bar = scores[heap[0]]
  for (let i = heap.length; i < scores.length; i++) {
    if (scores[i] > bar) {
      heap[0] = i
      sink(0)
      bar = scores[heap[0]]
    }
  }
  return heap.sort((a, b) => (worse(a, b) ? 1 : -1))
}
