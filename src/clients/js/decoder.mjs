// Top-k decoding: the k codewords that correlate best with the code. Try it: npx dpb check ./decoder.mjs

export default {
  name: 'mine',
  decode({ dictionary, code, k }) {
    const scores = dictionary.correlate(code) // ⟨f_i, X⟩ for every i
    return [...scores.keys()].sort((a, b) => scores[b] - scores[a]).slice(0, k)
  },
}
