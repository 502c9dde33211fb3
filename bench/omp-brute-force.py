"""Recall of orthogonal matching pursuit over whole dictionaries, in numpy alone.

A second opinion on what `dpb success orthogonal-matching-pursuit` says of half-normal amplitudes: it shares no code
with this package. Usage: omp-brute-force.py N k d noise dictionaries codes seed. Prints the mean and the half-width of
its 99 % interval over dictionaries, of `codes` codes each; d is a multiple of 8.
"""

import sys

import numpy as np


def decode(dictionary, codes, k):
    """The k codewords that OMP takes for each code, a column each."""
    residuals = codes.copy()
    count = codes.shape[1]
    basis = np.zeros((count, len(codes), k))
    taken = [[] for _ in range(count)]
    for step in range(k):
        scores = dictionary @ residuals.astype(np.float32)
        for j in range(count):
            scores[taken[j], j] = -np.inf
            best = int(scores[:, j].argmax())
            taken[j].append(best)
            q = dictionary[best].astype(np.float64)
            for _ in range(2):
                q = q - basis[j][:, :step] @ (basis[j][:, :step].T @ q)
            q /= np.linalg.norm(q)
            basis[j][:, step] = q
            residuals[:, j] -= q * (q @ residuals[:, j])
    return taken


def recall(rng, N, k, d, noise, count):
    """Over one dictionary, the mean of `count` codes."""
    bits = np.unpackbits(rng.integers(0, 256, size=(N, d // 8), dtype=np.uint8), axis=1)
    dictionary = (2 * bits.astype(np.float32) - 1) / np.float32(np.sqrt(d))
    subsets = [rng.choice(N, k, replace=False) for _ in range(count)]
    sums = [np.abs(rng.standard_normal(k)) @ dictionary[subset].astype(np.float64) for subset in subsets]
    sigma = np.sqrt(noise / (1 - noise) * k / d)
    codes = np.stack(sums, 1) + sigma * rng.standard_normal((d, count))
    taken = decode(dictionary, codes, k)
    return np.mean([len(set(a) & set(b.tolist())) / k for a, b in zip(taken, subsets)])


N, k, d = map(int, sys.argv[1:4])
dictionaries, count, seed = map(int, sys.argv[5:8])
rng = np.random.default_rng(seed)
means = np.array([recall(rng, N, k, d, float(sys.argv[4]), count) for _ in range(dictionaries)])
print(means.mean(), 2.576 * means.std(ddof=1) / np.sqrt(dictionaries))
