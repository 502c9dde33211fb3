import { code } from '../io/text/markdown.js'
import type { RecallPrice, RecallPrices } from './recall-price.js'

const percent = (share: number): string => (100 * share).toFixed(1)
const whole = (d: number): string => Math.round(d).toLocaleString('en')

/** The prices for people, each beside its law. */
export function recallPriceMarkdown({ prices, command, confidence, N, k }: RecallPrices): string {
  return [
    '# What recall costs',
    '',
    `N = ${N}, k = ${k}, half-normal amplitudes, 10 % noise, a uniform subset over random signs; made by ` +
      `${code(`npx ${command}`)}. The dimension at which a share of the active codewords is named, as many being ` +
      `named as are active, with its ${100 * confidence} % interval: recall is measured at a dimension near it, and ` +
      'carried over along the slope of the law. The visibility of amplitudes is taken off as a control variate; ' +
      'intervals are Student’s, approximate.',
    '',
    'Top-k: given the members; its law is that of one-step reading. OMP: run on a dictionary that reveals only what ' +
      'wins. AMP: whole dictionaries. The law of both is the state evolution of AMP; OMP has none of its own.',
    '',
    '| recall | decoder | d | law | measured at | recall there, % | codes |',
    '| --: | --- | --: | --: | --: | --- | --: |',
    ...prices.map(row),
    '',
  ].join('\n')
}

const row = ({ decoder, share, law, at, recall, trials, dimension, interval }: RecallPrice): string => {
  const [low, high] = interval.map(whole)
  const [least, most] = recall.interval.map(percent)
  const cells = [
    `${100 * share} %`,
    decoder,
    `${whole(dimension)} [${low}, ${high}]`,
    whole(law),
    whole(at),
    `${percent(recall.value)} [${least}, ${most}]`,
    trials,
  ]
  return `| ${cells.join(' | ')} |`
}
