import type { Audit } from '../dictionaries/audit.js'
import { shareText } from '../io/quantity-text.js'
import { codewordsText, countText, digitsText } from '../results/number-text.js'
import { colors, intervalText } from './output.js'
import { table } from './text-table.js'

/** Two codewords that are nearly one, with what they stand for. */
interface Pair {
  readonly pair: readonly number[]
  readonly cosine: number
  readonly labels?: readonly string[]
}

/** What `dpb audit --json` prints of the dictionary itself. */
export interface AuditResult
  extends Omit<Audit, 'nearest' | 'spectrum' | 'centredSpectrum' | 'twins' | 'codewords'> {
  readonly file: string
  readonly sha256: string
  readonly tensor?: string
  readonly orientation: string
  readonly orientationBy: string
  readonly dtype: string
  readonly twins: readonly Pair[]
  readonly k?: number
  readonly trials?: number
  readonly codewords?: readonly (NonNullable<Audit['codewords']>[number] & { readonly label?: string })[]
  readonly seed: string
  readonly confidence: number
}

const figure = (value: number): string => digitsText(value, 3)

/** What was found of the dictionary itself, in one screen. */
export function auditText(result: AuditResult): string[] {
  const { file, N, d, dtype, tensor, orientation, orientationBy, sha256, norms, dead, coherence } = result
  const { interference, centred, participationRatio, dominated, guaranteedSparsity, sample } = result
  const by = orientationBy === 'name' ? ', by its name' : ''
  const [i, j] = coherence.pair
  return [
    `${file}: ${codewordsText(N)} in ${d} dimensions, ${orientation} of ${tensor ?? 'the array'}${by}, ` +
      `${dtype}, SHA-256 ${sha256.slice(0, 12)}`,
    `norms from ${figure(norms.least)} to ${figure(norms.greatest)}, median ${figure(norms.median)}; ` +
      `${dead.length} dead (below a tenth of the median) and left out`,
    `coherence ${sample ? 'at least ' : ''}${colors.bold(digitsText(coherence.value, 4))}, codewords ${i} and ${j}; ` +
      `Welch ${figure(coherence.welch)}, random signs ${figure(coherence.rademacher)}`,
    guaranteedSparsity === null
      ? 'a sample of codewords guarantees nothing'
      : `that guarantees k up to ${guaranteedSparsity}`,
    `d × mean squared cosine ${figure(interference.timesDimension)}` +
      (centred ? `, with the mean taken off ${figure(centred.interference.timesDimension)}` : '') +
      `; random 1, Welch ${figure(d * interference.welch)}`,
    `participation ratio ${figure(participationRatio)} of ${d} directions` +
      (centred ? `, with the mean taken off ${figure(centred.participationRatio)}` : ''),
    `${countText(dominated.length, 'codeword is', 'codewords are')} never read by plain inner products, even alone` +
      sampled(sample?.dominatedShare, sample),
    ...twinLines(result),
    ...rateLines(result),
  ]
}

const sampled = (
  share: NonNullable<Audit['sample']>['twinShare'] | undefined,
  sample: Audit['sample'],
): string =>
  share === undefined || sample === undefined
    ? ''
    : ` of the ${sample.rows} compared: ${shareText(share.value)} of all, ${100 * sample.confidence} % interval ` +
      `${shareText(share.interval[0])} to ${shareText(share.interval[1])}`

const SHOWN = 5

function twinLines({ twins, withTwin, sample }: AuditResult): string[] {
  const have = countText(withTwin, 'codeword has', 'codewords have')
  const head = `${have} a twin, of |cosine| ≥ 0.9${sampled(sample?.twinShare, sample)}`
  if (twins.length === 0) return [head]
  const rows = twins
    .slice(0, SHOWN)
    .map(({ pair, cosine, labels }) => [
      `${pair[0]}`,
      `${pair[1]}`,
      cosine.toFixed(4),
      labels?.join(', ') ?? '',
    ])
  return [head, ...table(['twin', 'and', 'cosine', ''], rows)]
}

function rateLines({ codewords, k, trials, confidence }: AuditResult): string[] {
  if (codewords === undefined) return []
  return [
    `with k = ${k}, ${trials} codes each, what top-k reads worst; ${100 * confidence} % intervals, all at once`,
    ...table(
      ['codeword', 'read', 'interval', ''],
      codewords
        .slice(0, 2 * SHOWN)
        .map(({ index, readRate, interval, label }) => [
          `${index}`,
          readRate.toFixed(3),
          intervalText(interval, 3),
          label ?? '',
        ]),
    ),
  ]
}
