"""Top-k decoding: the k codewords that correlate best with the code. Try it: npx dpb check ./decoder.py"""

import numpy as np

from dims_per_bit import Problem, serve


def decode(problem: Problem) -> np.ndarray:
    scores = problem.dictionary.correlate(problem.code)  # float64, exact for signs
    return scores.argpartition(-problem.k)[-problem.k :] if problem.k else np.arange(0)


if __name__ == "__main__":
    serve(decode, name="mine")
