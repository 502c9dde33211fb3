// Its contract and its quality as tests: npx vitest run examples
import { assertDecoderContract } from 'dims-per-bit'
import { expect, test } from 'vitest'
import 'dims-per-bit/vitest'
import decoder from './my-decoder.js'

test('it keeps the contract of decoders', () => assertDecoderContract(decoder, { seconds: 2 }))

test('it needs at most 1.6 dims per bit where top-k needs 1.8', async () => {
  await expect(decoder).toNeedDimsPerBit({ atMost: 1.6, N: 128, k: 4 })
})
