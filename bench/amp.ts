import { drawTrial } from '../src/codes/trial.js'
import { ampBernoulli } from '../src/decoders/amp/amp.js'
import { bernoulli } from '../src/decoders/amp/denoiser.js'
import { bpdn } from '../src/decoders/lasso/bpdn.js'
import { denseMatrix, denseScores } from './dense.js'
import { type BenchResult, time } from './timing.js'

const N = 2 ** 20
const k = 28
const d = 360

/**
 * AMP at the reference size on one thread, against the same iteration over a dense matrix of floats; and BPDN at the
 * paper's setting.
 */
export function ampFigures(): BenchResult[] {
  const { problem } = drawTrial({ N, k, d }, 'bench', 0)
  const decoder = ampBernoulli()
  const { passes } = decoder.decodeWithReport(problem)
  const decode = time(() => decoder.decode(problem), { maxTime: 2 })
  const dense = denseIteration(problem.code)
  const lasso = drawTrial({ N: 2 ** 16, k, d: 300 }, 'bench', 0).problem
  const minimise = time(() => bpdn().decode(lasso), { maxTime: 2 })
  const at = 'N = 2^20, k = 28, d = 360'
  return [
    {
      id: 'amp-decode',
      what: `AMP decode, ${at}, ${passes} passes, one thread`,
      value: decode.seconds,
      unit: 's',
      margin: decode.margin,
      bar: { atMost: 5 },
    },
    {
      id: 'amp-dense-iteration',
      what: 'one iteration as two dense float32 products in typed arrays',
      value: dense.seconds,
      unit: 's',
      margin: dense.margin,
    },
    {
      id: 'amp-dense-ratio',
      what: `${passes} dense iterations / packed decode`,
      value: (passes * dense.seconds) / decode.seconds,
      unit: '×',
      bar: { atLeast: 3 },
    },
    {
      id: 'bpdn-decode',
      what: 'BPDN to its optimality conditions, N = 2^16, k = 28, d = 300, one thread',
      value: minimise.seconds,
      unit: 's',
      margin: minimise.margin,
      bar: { atMost: 2 },
    },
  ]
}

/** y ← η(y + Fᵀz), z ← X − Fy + memory·z, over N × d floats. */
function denseIteration(code: Float64Array) {
  const matrix = denseMatrix(N, d)
  const denoiser = bernoulli(N, k)
  const everything = Int32Array.from({ length: N }, (_, i) => i)
  const y = new Float32Array(N)
  const z = Float32Array.from(code)
  const scores = new Float64Array(N)
  const encoded = new Float32Array(d)
  return time(
    () => {
      denseScores(matrix, z, scores)
      for (let i = 0; i < N; i++) scores[i] += y[i]
      const { indices, values } = denoiser.estimate({ indices: everything, scores }, k / d)
      y.fill(0)
      indices.forEach((i, m) => {
        y[i] = values[m]
      })
      encoded.fill(0)
      for (let i = 0, at = 0; i < N; i++, at += d) {
        for (let j = 0; j < d; j++) encoded[j] += y[i] * matrix[at + j]
      }
    },
    { minSamples: 3, maxTime: 2 },
  )
}
