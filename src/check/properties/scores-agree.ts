import { instance } from '../../arbitraries/instances.js'
import { Breach, type ContractProperty, NotApplicable } from '../property.js'

export const scoresAgree: ContractProperty = {
  id: 'scores-agree',
  statement: 'where it answers with scores, none that it leaves out scores above one that it names',
  instances: instance({ d: { max: 64 }, codewords: ['rademacher', 'gaussian'] }),
  runs: 50,
  async examine(subject, drawn, seed) {
    const { indices, scores } = await subject.read(subject.draw(drawn, seed))
    if (!scores) throw new NotApplicable('it answers with lists alone')
    const named = new Set(indices)
    const least = indices.reduce((low, i) => (scores[i] < scores[low] ? i : low), indices[0])
    const over = scores.findIndex((score, i) => !named.has(i) && score > scores[least])
    if (over < 0) return
    throw new Breach(
      `names ${least}, of score ${scores[least]}, and leaves out ${over}, of score ${scores[over]}`,
    )
  },
}
