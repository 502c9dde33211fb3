import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Float32Dictionary } from '../src/codes/float32-dictionary.js'
import { readDictionary } from '../src/codes/read-dictionary.js'
import { Passes } from '../src/dictionaries/passes.js'
import { npy } from '../src/io/npz.js'
import { processorSeconds } from '../src/io/processor-time.js'
import { withCrew } from '../src/kernels/float32/crew.js'
import type { BenchResult } from './timing.js'

const [N, d] = [65536, 768]
/** Codewords whose coherence is found. */
const FEWER = 16384
/** Kernels are compiled for speed while they run: the first turns are slower. */
const TURNS = 12

/** What numpy takes, in seconds of processor time, the least of a few turns, and which core it runs for. */
const program = `import ctypes, json, sys, time
import numpy as np
F = np.load(sys.argv[1])
draws = np.random.default_rng(1)
def least(call, turns):
    times = []
    for _ in range(turns):
        start = time.process_time()
        call()
        times.append(time.process_time() - start)
    return min(times)
seconds = {}
for codes in (1, 8, 64):
    V = draws.standard_normal((codes, F.shape[1])).astype(np.float32)
    seconds[codes] = least((lambda: F @ V[0]) if codes == 1 else (lambda: F @ V.T), ${TURNS})
G = F[:${FEWER}]
G = G / np.linalg.norm(G, axis=1, keepdims=True)
def coherence():
    most = 0
    for i in range(0, len(G), 2048):
        C = G[i:i + 2048] @ G.T
        C[np.arange(len(C)), np.arange(i, i + len(C))] = 0
        most = max(most, np.abs(C).max())
    return most
seconds['coherence'] = least(coherence, 1)
try:
    get = ctypes.CDLL('libopenblas.so.0').openblas_get_corename
    get.restype = ctypes.c_char_p
    core = 'OpenBLAS for ' + get().decode()
except (OSError, AttributeError):
    core = 'a BLAS that is not OpenBLAS'
print(json.dumps({'seconds': seconds, 'core': core}))
`

interface Numpy {
  readonly seconds: Readonly<Record<string, number>>
  readonly core: string
}

/** OpenBLAS's names of cores for which it has kernels of 512 bits. */
const WIDE = /SkylakeX|Cooperlake|SapphireRapids/i

/** Products with a float32 dictionary against numpy's in the same run, where there is one, and threads against one. */
export async function* float32Figures(): AsyncGenerator<BenchResult> {
  const folder = mkdtempSync(join(tmpdir(), 'dims-per-bit-bench-'))
  try {
    const path = join(folder, 'dictionary.npy')
    writeFileSync(path, npy({ shape: [N, d], values: pseudoRandom(N * d) }))
    const { dictionary } = await readDictionary(path, { orientation: 'rows' })
    const numpy = numpyTimes(path)
    for (const codes of [1, 8, 64]) yield productFigure(dictionary, codes, numpy)
    yield doublesFigure(dictionary)
    yield await sharedFigure(dictionary)
    yield* coherenceFigures(dictionary.take(Array.from({ length: FEWER }, (_, i) => i)), numpy)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Numbers in (−½, ½) without a pattern that matters here. */
function pseudoRandom(length: number): Float32Array {
  const values = new Float32Array(length)
  for (let i = 0, x = 1; i < length; i++) {
    x = (Math.imul(x, 1664525) + 1013904223) | 0
    values[i] = x * 2 ** -32
  }
  return values
}

const vectors = (codes: number) =>
  Array.from({ length: codes }, (_, c) => Float64Array.from({ length: d }, (_, j) => Math.sin(c * d + j)))

/** Seconds of processor time, the least of a few turns. */
function least(step: () => void, turns = TURNS): number {
  let most = Infinity
  for (let turn = 0; turn < turns; turn++) {
    const start = process.cpuUsage()
    step()
    most = Math.min(most, processorSeconds(start))
  }
  return most
}

const BITS = 16

function productFigure(dictionary: Float32Dictionary, codes: number, numpy: Numpy | undefined): BenchResult {
  const given = vectors(codes)
  const seconds = least(() => dictionary.correlateMany(given, BITS))
  const what = `${codes} code${codes > 1 ? 's' : ''} in float32, N = ${N}, d = ${d}`
  if (numpy === undefined) return { id: `float32-${codes}`, what, value: 1000 * seconds, unit: 'ms' }
  const wide = WIDE.test(numpy.core)
  const atMost = codes === 1 ? 1.3 : codes === 8 ? 1 : wide ? 2.8 : 1.8
  const against = `${what} / numpy, one thread each (${numpy.core})`
  return {
    id: `float32-${codes}`,
    what: against,
    value: seconds / numpy.seconds[codes],
    unit: '×',
    bar: { atMost },
  }
}

/** Passes by one thread and by two, in turns: the clock's, for a thread that waits takes no processor time. */
async function sharedFigure(dictionary: Float32Dictionary): Promise<BenchResult> {
  const given = vectors(16)
  const seconds = () => {
    const start = performance.now()
    dictionary.correlateMany(given, BITS)
    return (performance.now() - start) / 1000
  }
  seconds()
  const alone: number[] = []
  const shared: number[] = []
  for (let turn = 0; turn < TURNS; turn++) {
    alone.push(seconds())
    await withCrew(N * d, 2, async () => {
      seconds()
      shared.push(seconds())
    })
  }
  return {
    id: 'float32-shared',
    what: `16 codes in float32, N = ${N}, d = ${d}: one thread / two, by the clock`,
    value: Math.min(...alone) / Math.min(...shared),
    unit: '×',
    bar: { atLeast: 1.8 },
  }
}

function doublesFigure(dictionary: Float32Dictionary): BenchResult {
  const given = vectors(2)
  const seconds = least(() => dictionary.correlateMany(given)) / 2
  return {
    id: 'float32-doubles',
    what: 'a code of two a pass, summed in doubles',
    value: 1000 * seconds,
    unit: 'ms',
  }
}

async function* coherenceFigures(
  dictionary: Float32Dictionary,
  numpy: Numpy | undefined,
): AsyncGenerator<BenchResult> {
  const scales = dictionary.norms().map((norm) => 1 / norm)
  const run = async (threads: number) => {
    const passes = new Passes(dictionary, { threads })
    try {
      // Threads start, and kernels are compiled for speed, before the clock does.
      await passes.nearest(
        scales,
        Int32Array.from({ length: 512 }, (_, i) => i),
      )
      const [start, wall] = [process.cpuUsage(), performance.now()]
      await passes.nearest(scales)
      return { processor: processorSeconds(start), wall: (performance.now() - wall) / 1000 }
    } finally {
      await passes.close()
    }
  }
  const [one, two] = [await run(1), await run(2)]
  const what = `coherence of ${FEWER} codewords, d = ${d}`
  yield numpy === undefined
    ? { id: 'float32-coherence', what, value: one.processor, unit: 's' }
    : {
        id: 'float32-coherence',
        what: `${what} / numpy, one thread each (${numpy.core})`,
        value: one.processor / numpy.seconds.coherence,
        unit: '×',
        bar: { atMost: WIDE.test(numpy.core) ? 4 : 2.3 },
      }
  yield {
    id: 'float32-threads',
    what: `${what}: one thread / two, by the clock`,
    value: one.wall / two.wall,
    unit: '×',
    bar: { atLeast: 1.8 },
  }
}

function numpyTimes(path: string): Numpy | undefined {
  const python = ['python3', '/usr/bin/python3'].find(
    (one) => spawnSync(one, ['-c', 'import numpy'], { stdio: 'ignore' }).status === 0,
  )
  if (python === undefined) return undefined
  const env = { ...process.env, OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1' }
  const { stdout, stderr, status } = spawnSync(python, ['-c', program, path], { encoding: 'utf8', env })
  if (status !== 0) throw new Error(`${python}: ${stderr}`)
  return JSON.parse(stdout)
}
