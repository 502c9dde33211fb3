import { InputError } from '../io/input-error.js'

/** The design of a spatially coupled dictionary, `coupled:ω/Λ/R`. @since 0.2.0 */
export interface Coupling {
  /** As it is given: `coupled:5/8/10`. */
  readonly text: `coupled:${string}`
  /** ω, row blocks that a column block stands on where none is cut off. */
  readonly width: number
  /** Λ, column blocks: codewords of one block stand on the same rows. */
  readonly columnBlocks: number
  /** R, row blocks. */
  readonly rowBlocks: number
}

const FORM = 'coupled:ω/Λ/R'
/** More column blocks than that have too few codewords each to be worth a pass. */
const MOST_BLOCKS = 1024

/** Whether a text stands for a coupled dictionary. */
export const isCoupled = (text: unknown): text is Coupling['text'] =>
  typeof text === 'string' && text.startsWith('coupled:')

/** The design of this text. Throws InputError with what is right. @since 0.2.0 */
export function parseCoupling(text: string): Coupling {
  const numbers = text.slice('coupled:'.length).split('/')
  const [width, columnBlocks, rowBlocks] = numbers.map((part) => (/^\d+$/.test(part) ? Number(part) : 0))
  const refuse = (what: string) => {
    throw new InputError(`a coupled dictionary is ${FORM}, as coupled:5/8/10; ${what}, not '${text}'`)
  }
  if (!isCoupled(text) || numbers.length !== 3) refuse('three integers')
  if (!(width >= 1 && columnBlocks >= 1 && columnBlocks <= MOST_BLOCKS)) {
    refuse(`with ω ≥ 1 and 1 ≤ Λ ≤ ${MOST_BLOCKS}`)
  }
  const most = columnBlocks + width - 1
  const least = Math.max(width, columnBlocks)
  if (!(rowBlocks >= least && rowBlocks <= most)) {
    refuse(`with ${least} ≤ R ≤ ${most} at this ω and Λ, so that every block has its rows and columns`)
  }
  return { text: `coupled:${width}/${columnBlocks}/${rowBlocks}`, width, columnBlocks, rowBlocks }
}

/** Codewords that stand on the same rows. @since 0.2.0 */
export interface ColumnBlock {
  /** Codewords first, …, first + size − 1. */
  readonly first: number
  readonly size: number
  /** Row blocks fromBlock, …, toBlock − 1. */
  readonly fromBlock: number
  readonly toBlock: number
  /** Coordinates from, …, to − 1. */
  readonly from: number
  readonly to: number
}

/** Where the entries of a coupled dictionary are not zero. @since 0.2.0 */
export interface CoupledLayout {
  /** Where row blocks begin, and d: length R + 1. */
  readonly rows: readonly number[]
  readonly columns: readonly ColumnBlock[]
}

/**
 * The blocks of N codewords in d dimensions, equal up to one: column block c stands on row blocks c, …, c + ω − 1,
 * those of them that there are. The Λ + ω − 1 − R last are cut off; codewords there have fewer and larger entries.
 * Throws RangeError unless every block has a row and a codeword.
 */
export function coupledLayout(coupling: Coupling, N: number, d: number): CoupledLayout {
  const { text, width, columnBlocks, rowBlocks } = coupling
  if (N < columnBlocks || d < rowBlocks) {
    throw new RangeError(`${text} needs N ≥ ${columnBlocks} and d ≥ ${rowBlocks}, not N = ${N}, d = ${d}`)
  }
  const rows = Array.from({ length: rowBlocks + 1 }, (_, r) => Math.floor((r * d) / rowBlocks))
  const firsts = Array.from({ length: columnBlocks + 1 }, (_, c) => Math.floor((c * N) / columnBlocks))
  const columns = firsts.slice(0, -1).map((first, c) => {
    const toBlock = Math.min(rowBlocks, c + width)
    return { first, size: firsts[c + 1] - first, fromBlock: c, toBlock, from: rows[c], to: rows[toBlock] }
  })
  return { rows, columns }
}

/** A dictionary without blocks, as one of one. */
export const oneBlock = (N: number, d: number): CoupledLayout => ({
  rows: [0, d],
  columns: [{ first: 0, size: N, fromBlock: 0, toBlock: 1, from: 0, to: d }],
})

/** For each column block, the share of a codeword's squared norm that is on each row block: length R, sum 1. */
export const columnShares = ({ rows, columns }: CoupledLayout): Float64Array[] =>
  columns.map(({ fromBlock, toBlock, from, to }) => {
    const shares = new Float64Array(rows.length - 1)
    for (let r = fromBlock; r < toBlock; r++) shares[r] = (rows[r + 1] - rows[r]) / (to - from)
    return shares
  })
