// What theory says of a size, before anything is run: node examples/plan.mjs
import { plan } from 'dims-per-bit'

const { entropyBits, bounds } = plan({ N: 2 ** 16, k: 16 })
console.log(`H = ${entropyBits.toFixed(1)} bits: a subset of 16 out of 2^16 codewords`)
for (const { id, kind, dimension, dimsPerBit, reason } of bounds) {
  const said =
    dimension === null ? reason : `d = ${dimension.toFixed(0)}, ${dimsPerBit?.toFixed(2)} dims per bit`
  console.log(`${kind.padEnd(10)} ${id.padEnd(28)} ${said}`)
}
