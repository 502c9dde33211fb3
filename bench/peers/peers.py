"""Decoders that others wrote, or that were written from the papers alone: peers.py NAME [--log FILE].

With --log each decode appends a line of JSON: the problem's seed, the seconds that it took, and what the method says of itself.
"""

import argparse
import json
import os
import sys
import time
import warnings

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../src/clients/python"))
from dims_per_bit import serve  # noqa: E402

import numpy as np  # noqa: E402

#: Of the objective (1/(2d))‖x − Fy‖² + α‖y‖₁, as in the paper's Appendix G.
ALPHA = 1e-5


def largest(values, k):
    """The k of largest value, the lowest index first among ties."""
    return np.argsort(-values, kind="stable")[:k]


def matching_pursuit(p, note):
    """In integers: the code times √d, and steps of whole codewords."""
    signs = p.dictionary.signs.T.astype(np.int64)
    rest = np.rint(p.code * np.sqrt(p.dictionary.dimension)).astype(np.int64)
    picks = set()
    for _ in range(p.k):
        i = int(np.argmax(signs @ rest))
        picks.add(i)
        rest -= signs[i]
    return sorted(picks)


def matching_pursuit_projection(p, note):
    F = p.dictionary.signs.astype(np.float64) / np.sqrt(p.dictionary.dimension)
    rest, picks = p.code.copy(), set()
    for _ in range(p.k):
        scores = F.T @ rest
        i = int(np.argmax(scores))
        picks.add(i)
        rest -= scores[i] * F[:, i]
    return sorted(picks)


def matching_pursuit_projection_exact(p, note):
    """In integers of any size: the rest times √d and d once a step, so that exact ties stay ties."""
    d = p.dictionary.dimension
    signs = p.dictionary.signs.T.astype(object)
    rest = np.rint(p.code * np.sqrt(d)).astype(np.int64).astype(object)
    picks = set()
    for _ in range(p.k):
        scores = signs.dot(rest)
        i = int(np.argmax(scores))
        picks.add(i)
        rest = d * rest - scores[i] * signs[i]
    return sorted(picks)


def sklearn_omp(p, note):
    from sklearn.linear_model import orthogonal_mp

    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        weights = orthogonal_mp(float_matrix(p), p.code, n_nonzero_coefs=p.k)
    note["early"] = len(caught) > 0
    return np.flatnonzero(weights)


def sklearn_lars(p, note):
    from sklearn.linear_model import lars_path

    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        alphas, _, weights = lars_path(float_matrix(p), p.code, method="lasso", alpha_min=ALPHA)
    note["early"] = bool(alphas[-1] > 1.001 * ALPHA)
    note["warnings"] = sorted({str(warning.message).split(",")[0][:60] for warning in caught})
    return largest(weights[:, -1], p.k)


def sklearn_lasso(p, note):
    from sklearn.linear_model import Lasso

    model = Lasso(alpha=ALPHA, fit_intercept=False, max_iter=200_000, tol=1e-10)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        model.fit(float_matrix(p), p.code)
    note["iterations"] = int(model.n_iter_)
    return largest(model.coef_, p.k)


def float_matrix(p):
    return np.asfortranarray(p.dictionary.signs / np.sqrt(p.dictionary.dimension))


def pruned(p, widen, refit):
    F = float_matrix(p)
    kept, rest = np.arange(0), p.code
    for _ in range(50):
        joined = np.union1d(kept, largest(F.T @ rest, min(widen, F.shape[1])))
        weights = np.linalg.lstsq(F[:, joined], p.code, rcond=None)[0]
        order = np.argsort(-weights, kind="stable")[: p.k]
        chosen, values = joined[order], weights[order]
        if refit:
            values = np.linalg.lstsq(F[:, chosen], p.code, rcond=None)[0]
        left = p.code - F[:, chosen] @ values
        if len(kept) == p.k and left @ left >= rest @ rest:
            break
        kept, rest = chosen, left
        if rest @ rest <= 1e-20 * (p.code @ p.code):
            break
    return kept


def cosamp(p, note):
    return pruned(p, 2 * p.k, refit=False)


def subspace_pursuit(p, note):
    return pruned(p, p.k, refit=True)


def amp(p, note):
    """Approximate message passing with the posterior mean under the prior k/N."""
    F = float_matrix(p)
    d, N = F.shape
    odds = np.log((N - p.k) / p.k)
    y, z, least, since = np.zeros(N), p.code.copy(), np.inf, 0
    for _ in range(100):
        variance = max(z @ z / d, 1e-12)
        mean = 1 / (1 + np.exp(np.clip(odds - (y + F.T @ z - 0.5) / variance, -700, 700)))
        z = p.code - F @ mean + z * (mean * (1 - mean)).sum() / variance / d
        y = mean
        answer = largest(y, p.k)
        if np.abs(F[:, answer].sum(axis=1) - p.code).max() < 1e-9:
            break
        noise = max(z @ z / d, 1e-12)
        since = 0 if noise < least else since + 1
        least = min(least, noise)
        if since >= 30:
            answer = largest(y + F.T @ z, p.k)
            break
    return answer


PEERS = {
    peer.__name__.replace("_", "-"): peer
    for peer in (
        matching_pursuit,
        matching_pursuit_projection,
        matching_pursuit_projection_exact,
        sklearn_omp,
        sklearn_lars,
        sklearn_lasso,
        cosamp,
        subspace_pursuit,
        amp,
    )
}

if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("name", choices=PEERS)
    parser.add_argument("--log")
    options = parser.parse_args()
    if options.name.startswith("sklearn"):
        import sklearn.linear_model  # noqa: F401

    def decode(p):
        p.dictionary.signs  # what all of them start from is not their time
        note = {}
        start = time.perf_counter()
        answer = PEERS[options.name](p, note)
        if options.log:
            with open(options.log, "a") as file:
                about = {"seed": p.seed, "seconds": time.perf_counter() - start, **note}
                file.write(json.dumps(about) + "\n")
        return answer

    serve(decode, name=options.name, size_varies=True)
