/**
 * The share of a vector’s energy that codewords leave, with these amplitudes, or with those of least squares: by taking
 * from each codeword what those before it explain (Gram and Schmidt).
 */
export function unexplained(dictionary, vector, indices, amplitudes) {
  const rest = vector.slice()
  if (amplitudes !== undefined) {
    indices.forEach((i, m) => {
      subtract(rest, dictionary.codeword(i), amplitudes[m])
    })
    return inner(rest, rest) / inner(vector, vector)
  }
  const basis = []
  for (const i of indices) {
    const direction = dictionary.codeword(i)
    for (const other of basis) subtract(direction, other, inner(direction, other))
    const norm = Math.sqrt(inner(direction, direction))
    if (norm < 1e-9) continue
    const unit = direction.map((entry) => entry / norm)
    basis.push(unit)
    subtract(rest, unit, inner(rest, unit))
  }
  return inner(rest, rest) / inner(vector, vector)
}

const inner = (a, b) => a.reduce((sum, entry, j) => sum + entry * b[j], 0)

function subtract(a, b, weight) {
  for (let j = 0; j < a.length; j++) a[j] -= weight * b[j]
}
