// Dims per bit of two decoders, each with its interval: node examples/measure.mjs
import { measure, openSampler } from 'dims-per-bit'

for (const name of ['top-k', 'orthogonal-matching-pursuit']) {
  // Built in, or the path of a file, or a program: openSampler('./my-decoder.ts') works as well.
  const sampler = await openSampler(name, { method: 'conditional' })
  try {
    const { dimsPerBit, interval, confidence, trials } = await measure(sampler, {
      N: 256,
      k: 4,
      precision: 0.05,
      seed: 'example',
    })
    const [low, high] = interval.map((end) => end.toFixed(2))
    const sure = `${100 * confidence} % interval [${low}, ${high}]`
    console.log(`${name}: ${dimsPerBit.toFixed(2)} dims per bit, ${sure}, ${trials} trials`)
  } finally {
    await sampler.close()
  }
}
