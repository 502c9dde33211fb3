import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { clientPath } from '../src/io/client-path.js'
import { median } from '../src/numerics/median.js'
import { openSampler } from '../src/success/workers/open-sampler.js'
import type { BenchResult } from './timing.js'

const shape = { N: 2 ** 10, k: 8, d: 160 }
const where = 'N = 2^10, k = 8, d = 160'
/** As many trials come before those that are timed, in which both sides compile what they run. */
const [TRIALS, PAIRS] = [4000, 7]

const TOP_K = 'p.dictionary.correlate(p.code).argpartition(-p.k)[-p.k:]'

/** A decoder, and the same numpy in a loop: a fresh dictionary of packed signs each time, as a trial has it. */
const decoder = (body: string) => `from dims_per_bit import serve
serve(lambda p: ${body})
`
const loop = `import sys, time
import numpy as np
from dims_per_bit import Dictionary, Problem
decode = lambda p: ${TOP_K}
packed = [np.random.default_rng(i).integers(0, 256, (${shape.N}, 24), np.uint8) for i in range(16)]
code = Dictionary(${shape.N}, ${shape.d}, packed=packed[0]).superpose(range(${shape.k}))
for turn in range(2):
    start = time.perf_counter()
    for i in range(${TRIALS}):
        decode(Problem(Dictionary(${shape.N}, ${shape.d}, packed=packed[i % 16]), code, ${shape.k}, i))
    seconds = time.perf_counter() - start
print(seconds / ${TRIALS})
`

/** What a trial of a decoder in Python costs, on one worker; nothing where there is no Python with numpy. */
export async function* pythonFigures(): AsyncGenerator<BenchResult> {
  const python = ['python3', '/usr/bin/python3'].find(
    (one) => spawnSync(one, ['-c', 'import numpy'], { stdio: 'ignore' }).status === 0,
  )
  if (python === undefined) return
  const folder = mkdtempSync(join(tmpdir(), 'dims-per-bit-bench-'))
  const file = (name: string, text: string) => {
    writeFileSync(join(folder, name), text)
    return join(folder, name)
  }
  try {
    copyFileSync(clientPath('python/dims_per_bit.py'), join(folder, 'dims_per_bit.py'))
    const programs = [decoder(TOP_K), decoder('range(p.k)')].map((text, i) => file(`${i}.py`, text))
    const alone = file('loop.py', loop)
    // In turns: the machine's speed drifts, and the median of the turns' ratios does not.
    const turns: { topK: number; nothing: number; alone: number }[] = []
    for (let pair = 0; pair < PAIRS; pair++) {
      turns.push({
        alone: loopSeconds(python, alone),
        topK: await trialSeconds(`exec:${python} ${programs[0]}`),
        nothing: await trialSeconds(`exec:${python} ${programs[1]}`),
      })
    }
    yield {
      id: 'python-top-k',
      what: `a trial of numpy top-k / the same numpy in a loop, ${where}, median of ${PAIRS} pairs`,
      value: median(turns.map(({ topK, alone }) => topK / alone)),
      unit: '×',
      bar: { atMost: 2 },
    }
    yield {
      id: 'python-null',
      what: `a trial of a decoder that does nothing, ${where}, median of ${PAIRS}`,
      value: 1000 * median(turns.map(({ nothing }) => nothing)),
      unit: 'ms',
      bar: { atMost: 0.5 },
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function trialSeconds(given: string): Promise<number> {
  const sampler = await openSampler(given, { workers: 1 })
  try {
    await sampler.run(shape, 'bench', 0, TRIALS)
    const start = performance.now()
    const { faults } = await sampler.run(shape, 'bench', TRIALS, TRIALS)
    const seconds = (performance.now() - start) / 1000
    if (faults.length > 0) throw new Error(`${given}: ${faults[0].message}`)
    return seconds / TRIALS
  } finally {
    await sampler.close()
  }
}

function loopSeconds(python: string, path: string): number {
  const env = {
    ...process.env,
    OMP_NUM_THREADS: '1',
    OPENBLAS_NUM_THREADS: '1',
    PYTHONDONTWRITEBYTECODE: '1',
  }
  const { stdout, stderr } = spawnSync(python, [path], { encoding: 'utf8', env })
  const seconds = Number(stdout)
  if (!(seconds > 0)) throw new Error(`${python} ${path}: ${stderr}`)
  return seconds
}
