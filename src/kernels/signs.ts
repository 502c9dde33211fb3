import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { PlainSigns } from './plain.js'
import type { SignMatrix } from './sign-matrix.js'
import { simdModule, WasmSigns } from './wasm.js'

/** Which kernel `createSigns` takes: SIMD where the engine has it. */
export const kernelName = (): 'wasm-simd' | 'plain' => (simdModule() ? 'wasm-simd' : 'plain')

/** An empty sign matrix on the fastest kernel that runs here. Both kernels give identical results. */
export function createSigns(): SignMatrix {
  const module = simdModule()
  return module ? new WasmSigns(module) : new PlainSigns()
}

let revision: string | undefined

/** What computes the signs and their products: a hash of the compiled kernels, whichever of them runs here. */
export function kernelRevision(): string {
  const binary = () => readFileSync(new URL('./signs.wasm', import.meta.url))
  revision ??= createHash('sha256').update(binary()).digest('hex').slice(0, 8)
  return revision
}
