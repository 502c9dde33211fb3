// How the shares that are left unexplained are spread over the vectors.

const NAMES = {
  encoder: 'encoder',
  refitted: 'encoder, amplitudes fitted',
  pursuit: 'as many latents by OMP',
}
const INKS = { encoder: 'brick', refitted: 'ochre', pursuit: 'teal' }
const POINTS = 101

/** Shares left unexplained, a list for each reader, by their quantiles. */
export const gapFigure = (left, about) => ({
  id: 'autoencoder',
  title: 'An autoencoder on word vectors: what is left unexplained',
  caption:
    'Held-out vectors by a top-k autoencoder, from the best explained to the worst: by its encoder in one step, by ' +
    'the same latents with amplitudes fitted, and by as many latents that orthogonal matching pursuit names.',
  ...about,
  columns: 1,
  panels: [
    {
      title: 'over the same dictionary, as many latents each',
      x: { label: 'share of vectors', scale: 'linear', domain: [0, 1] },
      y: { label: 'unexplained', scale: 'linear', domain: [0, 1] },
      layers: Object.entries(left).map(([name, shares]) => {
        const sorted = shares.toSorted((a, b) => a - b)
        return {
          kind: 'curve',
          name: NAMES[name],
          role: 'measured',
          ink: INKS[name],
          points: Array.from({ length: POINTS }, (_, n) => {
            const x = n / (POINTS - 1)
            return { x, y: Number(sorted[Math.round(x * (sorted.length - 1))].toFixed(4)) }
          }),
        }
      }),
    },
  ],
})
