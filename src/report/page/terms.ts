import { h } from './dom.js'

/** What a newcomer must know, a sentence each; the word that it explains stands between stars. */
const sentences = [
  'A *superposition code* is the sum of the codewords of the active elements.',
  '*N* is the number of codewords, the columns of a random d × N matrix.',
  '*k* of them are active in one code.',
  '*Threshold decoding* names every codeword whose inner product with the code is above a bar.',
  '*Top-k decoding* names the k codewords with the largest inner products.',
  '*Dims per bit* is d, the length of the code, for each bit that says which codewords are active.',
]

/** The words of the page's first screen, explained. */
export const termsElement = (): HTMLElement =>
  h(
    'ul',
    {},
    sentences.map((sentence) =>
      h(
        'li',
        {},
        sentence.split('*').map((part, i) => (i % 2 === 1 ? h('strong', {}, part) : part)),
      ),
    ),
  )
