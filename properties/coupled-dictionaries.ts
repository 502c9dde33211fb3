import { entropyBits } from '../src/bounds/entropy.js'
import { ampDimension } from '../src/bounds/state-evolution.js'
import { IDEAL } from '../src/codes/model/description.js'
import { modelOf } from '../src/codes/model/general.js'
import { rademacherArena } from '../src/codes/rademacher.js'
import { drawTrial } from '../src/codes/trial.js'
import { ampBernoulli } from '../src/decoders/amp/amp.js'
import { coupledAmp } from '../src/decoders/amp/coupled-amp.js'
import type { Claim } from '../src/ledger/claim.js'
import { sizeText } from '../src/results/number-text.js'
import { testRate } from '../src/statistics/sequential-test.js'
import { type CoupledRate, coupledRecord } from './records/coupled.js'
import { stored } from './records/stored-measurement.js'
import { described, reads, testDecoder } from './simulate.js'

const probe = { N: 2 ** 12, k: 100, d: 345 }
const dictionary = 'coupled:5/8/10'
const CAP = 100

/** A dictionary that is made for it takes AMP below what state evolution allows AMP over random signs. */
export const coupledDictionaries: Claim = {
  id: 'coupled-dictionaries',
  source: 'docs/coupled.md',
  kind: 'empirical',
  statement:
    'AMP over a spatially coupled dictionary reads most codes at dims per bit where AMP over random signs reads few.',
  expected: 'supported',
  besides: 'recorded rates, each interval 99 %',
  account: {
    quantifiers: `
      Checked at N = 2^16, k = 100 and 1000, and N = 2^18, k = 256, at one design and one dimension each, even odds; all
      rows counted, those at the ends too. A dictionary that the sender makes: nothing is said of learned ones.`,
    computed:
      'The dimension from which state evolution ends at 0 over random signs, above each recorded one.',
    sampled: `
      Recorded rates with 99 % intervals; in each run two sequential tests of whole decodes, of AMP over both
      dictionaries at N = 2^12, k = 100, d = 345.`,
  },
  check({ seed, alpha }) {
    const options = { bar: 0.5, alpha: alpha / 2, cap: CAP }
    const [model, arena] = [modelOf({ ...IDEAL, dictionary }), rademacherArena()]
    const test = testRate(options)
    const decoder = coupledAmp()
    while (!test.done) test.update(reads(decoder, drawTrial(probe, seed, test.trials, arena, model)))
    const plain = testDecoder(ampBernoulli(), probe, seed, options)
    const { data, command } = stored(coupledRecord)
    const coupled = data.rates.filter(({ decoder }) => decoder === 'coupled-amp')
    const beside = data.rates.filter(({ decoder }) => decoder !== 'coupled-amp')
    const holds =
      coupled.every(({ interval, N, k, d }) => interval[0] > 0.5 && d < ampDimension(N, k)) &&
      beside.every(({ interval }) => interval[1] < 0.5)
    return {
      verdict: holds && test.verdict === 'above' && plain.verdict === 'below' ? 'supported' : 'refuted',
      evidence:
        `recorded, each interval ${100 * data.confidence} %: ${coupled.map(rateText).join('; ')}; AMP over random ` +
        `signs there: ${beside.map(shortText).join(', ')}. Now, at N = ${sizeText(probe.N)}, k = ${probe.k}, d = ` +
        `${probe.d}: ${described(test)} over ${dictionary}, ${described(plain)} over random signs`,
      data: { rates: data.rates, command },
    }
  },
}

const shortText = ({ rate, interval: [low, high] }: CoupledRate): string =>
  `${rate.toFixed(3)} [${low.toFixed(3)}, ${high.toFixed(3)}]`

const rateText = (one: CoupledRate): string =>
  `${one.dictionary}, N = ${sizeText(one.N)}, k = ${one.k}, at ` +
  `${(one.d / entropyBits(one.N, one.k)).toFixed(2)} dims per bit ${shortText(one)}`
