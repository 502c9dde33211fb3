import type { Claim } from '../src/ledger/claim.js'
import {
  autoencoderRecord,
  boardsRecord,
  boardsRow,
  evenRow,
  firstLayerRecord,
  gloveRecord,
  sparsityText,
} from './records/examples.js'
import { stored } from './records/stored-measurement.js'

/** The paper's closing question, asked of two real dictionaries and of the boards of a real network. */
export const realOneStep: Claim = {
  id: 'real-one-step',
  source: 'Sections 1 and 4; a reviewer',
  kind: 'empirical',
  statement: 'Real dictionaries hold codes that one-step estimates do not read and iterative decoders do.',
  expected: 'supported',
  besides: 'recorded largest k and boards, each interval 99.9 %',
  account: {
    quantifiers: `
      Checked on 4,096 words of GloVe, d = 100, and on 4,096 rows of the first layer of Stockfish 15.1, d = 1,024, at
      even odds of uniform k-subsets: top-k with its reader whitened or not, against unit-step matching pursuit
      with the same whitened reader. So on boards of self-play as that network holds them, over all 21,504 rows; and
      on sums of 8 codewords of a top-k autoencoder of 1,024 latents trained on word vectors, its own encoder against
      matching pursuit over its dictionary. The data are these four, chosen by hand: it is said of no others.`,
    computed: 'Nothing beyond the records.',
    sampled: `
      Recorded largest k and shares of boards, eleven intervals of 99.9 % each by itself: all hold at once with
      probability at least 98.9 %.`,
  },
  check() {
    const records = [gloveRecord, firstLayerRecord].map(stored)
    const sizes = records.map(({ data }) => {
      const steps = ['unit', 'whitened'].map((how) => evenRow(data, 'top-k', how))
      return { steps, iterated: evenRow(data, 'matching-pursuit', 'whitened') }
    })
    const { data, command } = stored(boardsRecord)
    const boards = ['top-k', 'top-k, whitened', 'matching-pursuit, whitened'].map((name) =>
      boardsRow(data, name),
    )
    const [plain, white, pursuit] = boards.map(({ read }) => read)
    const learned = stored(autoencoderRecord)
    const [encoder, over] = ['encoder', 'matching-pursuit'].map(
      (name) => learned.data.rows.find(({ reader }) => reader === name)!.successRate,
    )
    const further =
      encoder.interval[1] < over.interval[0] &&
      sizes.every(({ steps, iterated }) =>
        steps.every(({ interval }) => interval[1] <= iterated.interval[0]),
      ) &&
      Math.max(plain.interval[1], white.interval[1]) < pursuit.interval[0]
    const told = sizes.map(
      ({ steps: [unit, whitened], iterated }, i) =>
        `${['word vectors', 'the first layer of Stockfish'][i]}: k at even odds of top-k ${sparsityText(unit)}, ` +
        `whitened ${sparsityText(whitened)}, of whitened matching pursuit ${sparsityText(iterated)}`,
    )
    const share = (rate: number, [low, high]: readonly [number, number]) =>
      `${(100 * rate).toFixed(0)} % [${(100 * low).toFixed(0)}, ${(100 * high).toFixed(0)}]`
    return {
      verdict: further ? 'supported' : 'inconclusive',
      evidence:
        `${told.join('; ')}; of ${boards[0].boards} boards top-k reads ${share(plain.rate, plain.interval)}, ` +
        `whitened ${share(white.rate, white.interval)}, ` +
        `matching pursuit whitened ${share(pursuit.rate, pursuit.interval)}; of sums of ${learned.data.k} ` +
        `codewords of an autoencoder its encoder reads ${share(encoder.value, encoder.interval)}, ` +
        `matching pursuit over its dictionary ${share(over.value, over.interval)}`,
      data: {
        sizes,
        boards,
        encoder,
        over,
        commands: [...records.map((record) => record.command), command, learned.command],
      },
    }
  },
}
