import { drawSamples, LAYERS, SAMPLES, SEED, trainLayers } from '../src/decoders/lista/training.js'
import { writeWhole } from '../src/io/write-atomic.js'

/** `npm run train-lista`: learn the layers of LISTA and write them into its source. A minute of one core. */
const target = new URL('../../src/decoders/lista/layers.ts', import.meta.url)

const lines: string[] = []
for (const { layer, error } of trainLayers(drawSamples(SEED, SAMPLES))) {
  const { step, threshold, keep } = layer
  lines.push(`  { step: ${step}, threshold: ${threshold}, keep: ${keep} },`)
  console.log(`layer ${lines.length}: ‖y − Y‖²/k = ${error.toPrecision(4)}`)
  if (lines.length === LAYERS) break
}
writeWhole(
  target.pathname,
  `import type { Layer } from './layer.js'

/** Learned by \`npm run train-lista\` (training.ts says on what): ${LAYERS} layers. */
export const layers: readonly Layer[] = [
${lines.join('\n')}
]
`,
)
