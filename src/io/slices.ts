import { setImmediate } from 'node:timers/promises'

/** Work that can pause between its steps. */
export type Steps<T> = Generator<undefined, T>

/** Milliseconds between pauses. */
const SLICE = 50

/** Do all the work at once. */
export function atOnce<T>(steps: Steps<T>): T {
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
  }
}

/** Do the work in slices, between which all else of this thread has its turn: Ctrl-C. */
export async function inSlices<T>(steps: Steps<T>, signal: AbortSignal | undefined): Promise<T> {
  let since = performance.now()
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
    if (performance.now() - since < SLICE) continue
    await setImmediate()
    signal?.throwIfAborted()
    since = performance.now()
  }
}
