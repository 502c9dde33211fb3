import { rademacherArena } from '../src/codes/rademacher.js'
import { drawTrial } from '../src/codes/trial.js'
import { matchingPursuit } from '../src/decoders/greedy/matching-pursuit.js'
import { bytesFor } from '../src/kernels/layout.js'
import { stream } from '../src/random/stream.js'
import { denseMatrix, denseScores } from './dense.js'
import { type BenchResult, time } from './timing.js'

const N = 2 ** 20
const k = 28
const d = 600
const BATCH = 8

/** Kernels and matching pursuit at the reference point on one thread, against the dense form and a plain copy. */
export function kernelFigures(): BenchResult[] {
  const arena = rademacherArena()
  const key = stream('bench').key()
  const generation = time(() => arena.draw(N, d, key))
  const { problem } = drawTrial({ N, k, d }, 'bench', 0, arena)
  const dictionary = arena.draw(N, d, stream('bench', 'dictionary', N, k, 0).key())
  const step = time(() => dictionary.argmaxMany([problem.code]))
  const pursuit = matchingPursuit()
  const decode = time(() => pursuit.decodeMany!(dictionary, [problem.code], k))
  const codes = Array.from({ length: BATCH }, () => problem.code)
  const batch = time(() => pursuit.decodeMany!(dictionary, codes, k), { minSamples: 3 })
  const copy = copyBandwidth()
  const dense = denseStep(problem.code)
  const bandwidth = bytesFor(N, d) / step.seconds
  const result = (
    id: string,
    what: string,
    value: number,
    unit: string,
    extra: Partial<BenchResult> = {},
  ): BenchResult => ({ id, what, value, unit, ...extra })
  const at = 'N = 2^20, d = 600'
  return [
    result('generate', `dictionary generated, ${at}`, generation.seconds, 's', {
      margin: generation.margin,
      bar: { atMost: 0.5 },
    }),
    result('step', `matching-pursuit step, ${at}, one thread`, step.seconds * 1e3, 'ms', {
      margin: step.margin,
      bar: { atMost: 18 },
    }),
    result('decode', `matching-pursuit decode, ${at}, k = 28, one thread`, decode.seconds * 1e3, 'ms', {
      margin: decode.margin,
    }),
    result(
      'dense-step',
      `the same step as a dense float32 product in typed arrays`,
      dense.seconds * 1e3,
      'ms',
      {
        margin: dense.margin,
      },
    ),
    result('dense-ratio', `dense step / packed step`, dense.seconds / step.seconds, '×', {
      bar: { atLeast: 8 },
    }),
    result('dense-decode-ratio', 'k dense steps / packed decode', (k * dense.seconds) / decode.seconds, '×', {
      bar: { atLeast: 8 },
    }),
    result('bandwidth', 'bytes of dictionary read by a step', bandwidth / 2 ** 30, 'GiB/s'),
    result('copy', 'bytes read by a plain copy loop', copy / 2 ** 30, 'GiB/s'),
    result('bandwidth-ratio', 'step / copy', bandwidth / copy, '×'),
    result('batch', `decodes of ${BATCH} codes a pass, one thread`, BATCH / batch.seconds, '/s', {
      margin: batch.margin,
    }),
  ]
}

/** Bytes read a second by a loop that copies doubles. */
function copyBandwidth(): number {
  const from = new Float64Array(2 ** 23).fill(1)
  const to = new Float64Array(from.length)
  const { seconds } = time(() => {
    for (let i = 0; i < from.length; i++) to[i] = from[i]
  })
  return from.byteLength / seconds
}

/** One greedy step as a matrix-vector product over N × d floats, and the argmax of its scores. */
function denseStep(code: Float64Array) {
  const matrix = denseMatrix(N, d)
  const x = Float32Array.from(code)
  const scores = new Float32Array(N)
  return time(
    () => {
      denseScores(matrix, x, scores)
      scores.indexOf(scores.reduce((most, score) => Math.max(most, score)))
    },
    { minSamples: 3, maxTime: 1 },
  )
}
