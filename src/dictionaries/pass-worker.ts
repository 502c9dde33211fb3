import { workerData } from 'node:worker_threads'
import { Float32Dictionary, type SharedRows } from '../codes/float32-dictionary.js'
import { type NearestShare, nearestShare } from '../kernels/float32/nearest.js'
import { type ProductsShare, productsShare } from '../kernels/float32/products.js'

/** One kernel for all passes: its scratch stays in the memory that threads share. */
const kernel = Float32Dictionary.from(workerData as SharedRows).kernel()

/** A thread's share of a pass over the pairs of codewords. */
export const nearest = (share: NearestShare) => nearestShare(kernel, share)

/** A thread's share of a pass over the pairs of coordinates. */
export const products = (share: ProductsShare) => productsShare(kernel, share)
