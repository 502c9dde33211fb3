import { builtInDecoder } from '../src/decoders/built-in.js'
import type { Claim } from '../src/ledger/claim.js'
import { sizeText } from '../src/results/number-text.js'
import { evenOdds, evenText, iterativeRecord, k } from './records/iterative-decoders.js'
import { stored } from './records/stored-measurement.js'
import { testDecoder } from './simulate.js'

const [small, large] = [2 ** 12, 2 ** 16]
const d = 240
const probes = [
  { decoder: 'amp-soft', expected: 'above' },
  { decoder: 'amp-soft-without-onsager', expected: 'below' },
]

/** The Onsager correction lowers the sampling ratio needed, against ISTA. */
export const responseOnsager: Claim = {
  id: 'response-onsager',
  source: 'Discussion, author response',
  kind: 'empirical',
  statement: 'The Onsager correction lowers the sampling ratio that soft thresholding needs.',
  expected: 'supported',
  besides: 'recorded even odds, each interval 99 %',
  account: {
    quantifiers: 'Checked at N = 2^12 and 2^16, k = 28, Rademacher dictionaries, even odds.',
    computed: 'Nothing beyond the decodes.',
    sampled: `
      Recorded dimensions of even odds with 99 % intervals; two sequential tests of whole decodes in each run.`,
  },
  check({ seed, alpha }) {
    const tests = probes.filter(({ decoder, expected }) => {
      const options = { bar: 0.5, alpha: alpha / probes.length, cap: 200 }
      return testDecoder(builtInDecoder(decoder)!, { N: small, k, d }, seed, options).verdict === expected
    }).length
    const { data, command } = stored(iterativeRecord)
    const pairs = [
      { N: small, on: 'amp-soft', off: 'amp-soft-without-onsager' },
      { N: large, on: 'amp-soft', off: 'amp-soft-without-onsager' },
      { N: small, on: 'amp-soft-signed', off: 'ista' },
    ].map(({ N, on, off }) => ({ N, on: evenOdds(data, on, N), off: evenOdds(data, off, N) }))
    const lower = pairs.every(({ on, off }) => on.interval[1] < off.interval[0])
    const told = pairs.map(
      ({ N, on, off }) =>
        `${on.decoder} at ${evenText(on)}, ${off.decoder} at ${evenText(off)} (N = ${sizeText(N)})`,
    )
    return {
      verdict: lower && tests === probes.length ? 'supported' : 'refuted',
      evidence:
        `even odds as recorded at k = ${k}, each interval ${100 * data.confidence} %: ` +
        `${told.join('; ')}; with it above and without it below even odds at N = ${sizeText(small)}, d = ` +
        `${d}, by ${tests} of ${probes.length} sequential tests now`,
      data: { pairs, command },
    }
  },
}
