import { writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { npy } from '../io/npz.js'
import { callCli } from '../testing/call-cli.js'
import { tempFolder } from '../testing/temp-folder.js'

const files = tempFolder()
const [N, d] = [12, 8]
const path = files.path('rows.npy')
writeFileSync(
  path,
  npy({ shape: [N, d], values: Float32Array.from({ length: N * d }, (_, i) => Math.sin(i * i)) }),
)

const few = ['--workers', '1', '--quiet']
const over = ['--dictionary', path, '--orientation', 'rows', '--trials', '4', ...few]
/** Commands that run a decoder's trials, and what they say of one that answers none. */
const calls: Readonly<Record<string, (decoder: string) => string[]>> = {
  success: (decoder) => ['success', decoder, '-N', '16', '-k', '2', '-d', '12', '--trials', '4', ...few],
  measure: (decoder) => ['measure', decoder, '-N', '16', '-k', '2', ...few],
  'measure over a file': (decoder) => ['measure', decoder, ...over],
  capacity: (decoder) => [
    ...['capacity', path, '--orientation', 'rows', '--decoders', decoder, '--prepare', 'unit'],
    ...['--targets', '0.5', '--trials', '4', ...few],
  ],
}
const broken = files.write('broken.mjs', "export default { name: 'broken', decode: () => [NaN] }")

test.each(Object.entries(calls))(
  '%s: exit code 1 where the contract is broken in every trial',
  async (_, call) => {
    const { status, stdout, stderr } = await callCli(...call(broken))
    expect(status).toBe(1)
    expect(stdout + stderr).toMatch(/answered with[\s\S]*dpb check/)
  },
)

test.each(['success', 'measure'])('%s: exit code 3 where all trials are refused', async (command) => {
  const shy = "export default { name: 'shy', refuses: () => 'not today', decode: () => [0] }"
  const { status, stdout, stderr } = await callCli(...calls[command](files.write('shy.mjs', shy)))
  expect(status).toBe(3)
  expect(stdout + stderr).toMatch(/not today/)
})
