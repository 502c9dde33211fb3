"""Tests of the helper by itself: python3 test_dims_per_bit.py. Needs numpy alone."""

import json
import os
import subprocess
import sys
import tempfile
import textwrap
import unittest

import numpy as np

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
sys.dont_write_bytecode = True
import dims_per_bit  # noqa: E402


def packed_signs(signs, stride):
    """N × stride bytes from N × d signs, written out bit by bit."""
    out = np.zeros((len(signs), stride), dtype=np.uint8)
    for i, row in enumerate(signs):
        for j, sign in enumerate(row):
            if sign < 0:
                out[i, j // 8] |= 1 << (j % 8)
    return out


def pair(N=30, d=21, seed=0):
    """One dictionary of signs twice: packed, and as reals."""
    signs = np.where(np.random.default_rng(seed).random((N, d)) < 0.5, -1, 1)
    packed = dims_per_bit.Dictionary(N, d, packed=packed_signs(signs, 8 * -(-d // 64)))
    return signs, packed, dims_per_bit.Dictionary(N, d, rows=signs / np.sqrt(d))


class Dictionaries(unittest.TestCase):
    def test_signs_and_reals_agree_with_the_definition(self):
        for d in (1, 7, 8, 63, 64, 65):
            signs, packed, real = pair(d=d)
            v = np.random.default_rng(1).normal(size=d)
            for dictionary in (packed, real):
                np.testing.assert_allclose(dictionary.matrix, signs.T / np.sqrt(d), rtol=1e-6)
                np.testing.assert_allclose(dictionary.correlate(v), signs @ v / np.sqrt(d), atol=1e-12)
                np.testing.assert_allclose(dictionary.superpose([2, 5]), (signs[2] + signs[5]) / np.sqrt(d))
                np.testing.assert_allclose(dictionary.codeword(4), signs[4] / np.sqrt(d))
            np.testing.assert_array_equal(packed.signs, signs.T)

    def test_scores_of_codes_and_residuals_are_exact(self):
        signs, packed, _ = pair(N=200, d=47)
        code = packed.superpose([1, 2, 3])
        for left, vector in (([1, 2, 3], code), ([2, 3], code - packed.codeword(1))):
            exact = signs @ signs[left].sum(axis=0)
            np.testing.assert_array_equal(packed.correlate(vector), exact / 47)

    def test_arrays_are_read_only_and_mistakes_are_said(self):
        _, packed, real = pair()
        for array in (packed.signs, packed.bits, packed.matrix):
            with self.assertRaisesRegex(ValueError, "read-only"):
                array[0, 0] = 1
        with self.assertRaisesRegex(ValueError, "length 21"):
            packed.correlate(np.zeros(20))
        with self.assertRaisesRegex(IndexError, r"\[0, 30\)"):
            packed.codeword(30)
        with self.assertRaisesRegex(IndexError, "0 to 29"):
            packed.superpose([-1])
        with self.assertRaisesRegex(ValueError, "no signs"):
            real.signs


class Answers(unittest.TestCase):
    def test_right_ones(self):
        for answer in ([3, 1], (3, 1), np.array([3, 1]), np.array([3, 1], np.uint8), [np.int32(3), 1], range(3, 5)):
            self.assertEqual(dims_per_bit._listed(answer, 9, 2), [int(i) for i in answer])
        self.assertEqual(dims_per_bit._listed([1, 0], 2, 2), [1, 0])
        self.assertEqual(dims_per_bit._listed(np.array([0]), 1, 1), [0])

    def test_wrong_ones(self):
        nine = np.zeros(9)
        for answer, wrong in (
            (None, "None, not a list of indices: does decode return?"),
            ("ab", "'ab', a str, not a list"),
            (3, "3, an int, not a list"),
            ({}, "a dict, not a list"),
            (nine == 0, "a mask of length 9; use np.flatnonzero"),
            ([True] * 9, "a mask of length 9; use np.flatnonzero"),
            (nine, "a mask of length 9; use np.flatnonzero"),
            (np.where(nine == 0), "a tuple that holds an array, as np.where gives it; take its first"),
            (np.zeros((1, 2), int), r"an array of shape \(1, 2\), not a flat one of k = 2"),
            (np.array([1.0, 2.0]), r"floats \(float64\), not integers; use .astype\(int\)"),
            ([1.0, 2], r"floats \(float64\), not integers"),
            (np.array([1, np.nan]), "nan as entry 1, not an index"),
            ([1, float("inf")], "inf as entry 1"),
            ([1, "2"], "'2', a str, as entry 1, not an index"),
            ([None, 2], "None, a NoneType, as entry 0"),
            (object(), "an object, not a list of indices$"),
        ):
            said = dims_per_bit._listed(answer, 9, 2)
            self.assertRegex(said["wrong"], f"answered with .*{wrong}")


    def test_scores_and_amplitudes_stand_beside_the_list(self):
        told = dims_per_bit._said_of({"list": [2, 0], "amplitudes": np.array([1.5, 2])}, 3, 2)
        self.assertEqual(told, {"answers": [2, 0], "amplitudes": [1.5, 2.0]})
        scored = dims_per_bit._said_of({"scores": range(3)}, 3, 2)
        self.assertEqual(scored, {"scores": [0.0, 1.0, 2.0]})
        both = dims_per_bit._columns([told, scored])
        self.assertEqual(both["answers"], [[2, 0], None])
        self.assertEqual(both["scores"], [None, [0.0, 1.0, 2.0]])
        self.assertEqual(dims_per_bit._columns([{"answers": [1]}]), {"answers": [[1]]})
        wrong = dims_per_bit._said_of({"list": [2, 0], "score": [1]}, 3, 2)["answers"]["wrong"]
        self.assertEqual(wrong, "answered with a dict that has 'score' beside list, scores and amplitudes")


class Serving(unittest.TestCase):
    """The protocol, spoken to a program."""

    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)

    def serve(self, text, *problems, batch=1):
        path = os.path.join(self.folder.name, "mine.py")
        with open(path, "w") as file:
            file.write(textwrap.dedent(text))
        environment = {**os.environ, "PYTHONPATH": HERE, "PYTHONDONTWRITEBYTECODE": "1", "DIMS_PER_BIT_PROTOCOL": "1"}
        asked = b'{"protocols":[1]}\n' + b"".join(problems)
        run = subprocess.run([sys.executable, path], input=asked, env=environment, capture_output=True, timeout=60)
        return run, [json.loads(line) for line in run.stdout.splitlines()]

    def problem(self, ids, k=2, d=21, **more):
        lines = []
        for id in ids:
            signs, packed, _ = pair(d=d, seed=id)
            path = os.path.join(self.folder.name, str(id))
            packed._packed.tofile(path)
            about = {"id": id, "N": 30, "d": d, "form": "signs", "stride": packed._packed.shape[1], "path": path}
            lines.append(json.dumps({"dictionary": about}))
        codes = np.array([pair(d=d, seed=id)[1].superpose([3, 4]) for id in ids])
        named = {"dictionary": ids[0]} if len(ids) == 1 else {"dictionaries": ids}
        about = {"id": 7, **named, "k": k, "count": len(ids), "seeds": [5] * len(ids), "bytes": codes.nbytes, **more}
        lines.append(json.dumps({"problem": about}))
        return ("\n".join(lines) + "\n").encode() + codes.tobytes()

    def test_dictionaries_within_a_file_are_copied(self):
        text = """
            from dims_per_bit import serve
            import os
            kept = []
            def decode(p):
                kept.append(p.dictionary)
                if p.k == 1: os.pwrite(os.open(os.environ['SHARED'], os.O_WRONLY), bytes(720), 96)
                return [int(kept[0].bits.sum()), int(p.dictionary.bits.sum()), len(set(map(id, kept)))]
            serve(decode, size_varies=True)
        """
        path = os.environ["SHARED"] = os.path.join(self.folder.name, "shared")
        self.addCleanup(os.environ.pop, "SHARED")
        first, second = (pair(seed=seed)[1] for seed in (1, 2))
        with open(path, "wb") as file:
            file.write(bytes(96) + first._packed.tobytes() + second._packed.tobytes())
        about = {"N": 30, "d": 21, "form": "signs", "stride": 8, "path": path}
        lines = [{"dictionary": {"id": id, **about, "offset": 96 + 240 * id}} for id in (0, 1)]
        problems = [{"id": m, "dictionary": id, "k": k, "count": 1, "seeds": [5], "bytes": 168} for m, (id, k) in
                    enumerate([(0, 2), (0, 1), (1, 2)])]
        asked = [lines[0], {"problem": problems[0]}, {"problem": problems[1]}, lines[1], {"problem": problems[2]}]
        said = [json.dumps(line).encode() + b"\n" + (bytes(168) if "problem" in line else b"") for line in asked]
        _, (hello, *answers) = self.serve(text, *said)
        ones = int(first.bits.sum())
        self.assertIs(hello["offset"], True)
        self.assertEqual([answer["answers"][0] for answer in answers], [[ones, ones, 1], [ones, ones, 1], [ones, 0, 2]])

    TOP = "scores = p.dictionary.correlate(p.code); answer = scores.argsort()[-2:]"

    def test_answers_and_ends_with_its_input(self):
        text = f"""
            from dims_per_bit import serve
            import os
            def decode(p):
                {self.TOP}
                print('noise'); os.write(1, b'noise'); os.system('echo noise')
                return answer
            serve(decode, name='top', size_varies=True)
        """
        run, (hello, answer) = self.serve(text, self.problem([1]))
        self.assertEqual(run.returncode, 0, run.stderr)
        self.assertEqual(hello["protocol"], 1)
        self.assertEqual((hello["name"], hello["sizeVaries"], hello["batch"]), ("top", True, 1))
        self.assertEqual([os.path.basename(path) for path in hello["modules"]], ["mine.py"])
        signs = pair(seed=1)[0]
        best = np.argsort(signs @ (signs[3] + signs[4]))[-2:]
        self.assertEqual(sorted(answer["answers"][0]), sorted(best.tolist()))
        self.assertEqual(run.stderr.count(b"noise"), 3)

    def test_a_process_that_decode_forks_is_no_decoder_and_what_it_replaces_is_not_the_helpers(self):
        text = f"""
            from dims_per_bit import serve
            import json, os
            def decode(p):
                {self.TOP}
                os.fork()
                os.write = json.JSONEncoder.encode = json.JSONDecoder.raw_decode = lambda *args: 1 / 0
                return answer
            serve(decode)
        """
        run, (_, *answers) = self.serve(text, self.problem([1]), self.problem([1]))
        self.assertEqual([sorted(answer) for answer in answers], [["answers", "problem"]] * 2)
        self.assertEqual(run.stderr.count(b"in a process that it forked"), 2)

    def test_the_model_is_told(self):
        text = """
            from dims_per_bit import serve
            serve(lambda p: [0 if p.model is None else int(p.model['noise'] * 100)])
        """
        model = {"noise": 0.25, "noiseVariance": 0.1, "amplitudes": "constant", "active": "subset"}
        _, (_, *answers) = self.serve(text, self.problem([1]), self.problem([1], model=model))
        self.assertEqual([answer["answers"] for answer in answers], [[[0]], [[25]]])

    def test_batches(self):
        text = f"""
            from dims_per_bit import serve
            def one(p):
                {self.TOP}
                return answer
            serve(lambda ps: [one(p) for p in ps], batch=8)
        """
        _, (hello, both) = self.serve(text, self.problem([1, 2]))
        _, (_, first) = self.serve(text, self.problem([1]))
        _, (_, second) = self.serve(text, self.problem([2]))
        self.assertEqual(hello["batch"], 8)
        self.assertEqual(both["answers"], first["answers"] + second["answers"])

    def test_errors_have_the_last_line_and_the_users_place(self):
        text = """
            from dims_per_bit import Refusal, serve
            import numpy as np
            def decode(p):
                if p.k == 0: raise Refusal('k is 0')
                if p.k == 1: p.code[0] = 1
                if p.k == 3: raise SystemExit(3)
                return np.linalg.solve(np.zeros((2, 2)), np.ones(2))
            serve(decode)
        """
        _, (_, *answers) = self.serve(text, *(self.problem([1], k=k) for k in range(4)))
        self.assertEqual(answers[0]["refused"], "k is 0")
        self.assertEqual(answers[1]["error"], "ValueError: assignment destination is read-only (mine.py:6)")
        self.assertRegex(answers[2]["error"], r"LinAlgError: Singular matrix \(mine.py:8\)$")
        self.assertEqual(answers[3]["error"], "SystemExit: it asked to exit with 3 (mine.py:7)")

    def test_the_rng_is_seeded_and_the_world_is_watched(self):
        text = """
            from dims_per_bit import serve
            import numpy as np, random, time
            def decode(p):
                if p.k == 2: return p.rng.choice(30, 2, replace=False)
                if p.k == 3: np.random.random()
                if p.k == 4: random.random(); time.time()
                return [0]
            serve(decode)
        """
        world = {"world": {"seed": 3, "ahead": 1e7}}
        asked = [self.problem([1], k=k, **world) for k in (2, 2, 3, 4, 5)]
        _, (_, *answers) = self.serve(text, *asked)
        self.assertEqual(answers[0]["answers"], answers[1]["answers"])
        self.assertEqual([answer.get("drew") for answer in answers], [[True], [True], None, None, None])
        self.assertEqual([answer.get("outside") for answer in answers], [None, None, [[1, 0]], [[1, 1]], None])


if __name__ == "__main__":
    unittest.main()
