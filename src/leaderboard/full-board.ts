/** The sizes of the whole board. */
export const FULL_BOARD = { sizes: [2 ** 12, 2 ** 16, 2 ** 20], sparsities: [10, 28, 100] } as const
