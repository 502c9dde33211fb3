/** The kernels that make a pass over rows. */
export const PASSES = ['scores64', 'pairScores64', 'scores32', 'manyScores32'] as const
export type PassName = (typeof PASSES)[number]

/** Shares that a pass is cut into: a thread that waits for a core leaves more of them to the others. */
export const SHARES = 32
/** No kernel has more arguments. */
export const MOST_ARGUMENTS = 8

/**
 * What the threads of a crew have in common, 32-bit integers: the number of the pass, the next share that nobody has
 * taken, shares that are done, whether one failed, the kernel, the store, and the arguments of every share.
 */
export const [TURN, NEXT, DONE, FAILED, PASS, STORE, ARGUMENTS] = [0, 1, 2, 3, 4, 5, 6]
export const LENGTH = ARGUMENTS + SHARES * MOST_ARGUMENTS

/** Take shares of the pass on the board, as long as there are any, with this thread's kernels of its store. */
export function takeShares(board: Int32Array, kernelsOf: (store: number) => Kernels): void {
  // What is read after a share was taken is of its pass, for that waits for it.
  for (let share = Atomics.add(board, NEXT, 1); share < SHARES; share = Atomics.add(board, NEXT, 1)) {
    try {
      const at = ARGUMENTS + share * MOST_ARGUMENTS
      kernelsOf(board[STORE])[PASSES[board[PASS]]](...board.subarray(at, at + MOST_ARGUMENTS))
    } catch {
      Atomics.store(board, FAILED, 1)
    }
    Atomics.add(board, DONE, 1)
    Atomics.notify(board, DONE)
  }
}

/** A store's kernels, as functions of integers. */
export type Kernels = Readonly<Record<PassName, (...values: number[]) => void>>
