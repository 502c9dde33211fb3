import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { npy } from '../src/io/npz.js'
import { stream } from '../src/random/stream.js'
import type { BenchResult } from './timing.js'

const [N, d] = [65536, 768]
const at = `${N} × ${d}, k = 32`
const MIB = 2 ** 20
/** A fifth more than the file as float32, and 200 MiB. */
const MEMORY = (1.2 * 4 * N * d) / MIB + 200

const main = fileURLToPath(new URL('../src/cli/main.js', import.meta.url))
/** Says at the end how much memory the process had at most. */
const watch = `data:text/javascript,${encodeURIComponent(
  `import { peakMemory } from ${JSON.stringify(new URL('./memory.js', import.meta.url).href)}
process.on('exit', () => process.stderr.write('peak ' + peakMemory()))`,
)}`

/** What the command takes for a dictionary of random numbers, by the clock, with all threads; and its peak memory. */
export function* auditFigures(): Generator<BenchResult> {
  const folder = mkdtempSync(join(tmpdir(), 'dims-per-bit-bench-'))
  try {
    const path = join(folder, 'dictionary.npy')
    const { uniform } = stream('1', 'bench audit')
    writeFileSync(
      path,
      npy({ shape: [N, d], values: Float32Array.from({ length: N * d }, () => uniform() - 0.5) }),
    )
    yield* figures('audit', 'dpb audit', [path], 75)
    yield* figures('audit-sample', 'dpb audit --sample 4096', [path, '--sample', '4096'], 10)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function* figures(id: string, what: string, args: readonly string[], atMost: number): Generator<BenchResult> {
  const start = performance.now()
  const { status, stderr } = spawnSync(
    process.execPath,
    ['--import', watch, main, 'audit', ...args, '-k', '32', '--orientation', 'rows', '--quiet'],
    { encoding: 'utf8' },
  )
  const seconds = (performance.now() - start) / 1000
  const [, peak] = /peak ([\d.]+)$/.exec(stderr) ?? []
  if (status !== 0 || peak === undefined) throw new Error(`${what}: ${stderr}`)
  yield { id, what: `${what}, ${at}`, value: seconds, unit: 's', bar: { atMost } }
  yield {
    id: `${id}-memory`,
    what: `${what}, ${at}: peak memory`,
    value: Number(peak),
    unit: 'MiB',
    bar: { atMost: MEMORY },
  }
}
