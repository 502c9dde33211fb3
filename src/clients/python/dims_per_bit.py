"""Decoders of superposition codes in Python, for the command `dpb` of dims-per-bit.

A decoder is a function that gets a `Problem` and answers with k distinct indices; `serve` hands it the
problems that `dpb check ./decoder.py` and the other commands draw. Needs numpy alone, 1.17 or newer.
Import this module before anything that may print: standard output is the channel of the answers, and from
then on `print` and C code write to standard error.
"""

from __future__ import annotations

import json
import mmap
import operator
import os
import random
import sys
import time
import traceback
from typing import Any, BinaryIO, Callable, Dict, List, Optional, Sequence, Tuple, Union

import numpy as np

__all__ = ["Dictionary", "Problem", "Refusal", "load", "serve"]

#: v·√d counts as integer when no entry is further from one than this.
_LATTICE = 1e-9
#: Bytes of a dictionary that is read rather than mapped.
_SMALL = 1 << 18
_FLOAT64 = np.dtype("<f8")
# Kept from what user code may put in their places.
_read_json = json.JSONDecoder().raw_decode
_write_json = json.JSONEncoder(allow_nan=False, separators=(",", ":")).encode
_write, _pid = os.write, os.getpid


def _channel() -> Tuple[BinaryIO, int]:
    """Where requests come from and answers go; from then on both are out of reach of user code."""
    requests, answers = os.dup(0), os.dup(1)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    os.dup2(2, 1)
    return open(requests, "rb", buffering=1 << 16), answers


# Processes that this one starts are no decoders.
_PROCESS = _pid()
_OPEN = _channel() if os.environ.pop("DIMS_PER_BIT_PROTOCOL", None) else None


class Refusal(Exception):
    """Raise it for a problem of a shape that the decoder is not made for, with the reason."""


class Dictionary:
    """N codewords of length d, the columns of F: d × N, of norm 1. All arrays are read-only."""

    def __init__(self, size: int, dimension: int, *, packed: Any = None, rows: Any = None) -> None:
        """`packed`: N × stride bytes, bit j mod 8 of byte j//8 set iff entry j is −1; or `rows`: N × d reals."""
        self.size: int = size
        self.dimension: int = dimension
        self._packed: Optional[np.ndarray] = packed
        self._rows: Optional[np.ndarray] = rows
        self._kept: Dict[str, np.ndarray] = {}

    def __repr__(self) -> str:
        kind = "reals" if self._packed is None else "signs"
        return f"Dictionary(size={self.size}, dimension={self.dimension}, {kind})"

    @property
    def has_signs(self) -> bool:
        """Whether every entry is ±1/√d."""
        return self._packed is not None

    @property
    def bits(self) -> np.ndarray:
        """N × d, uint8: 1 where an entry is −1/√d. ValueError for a dictionary of reals."""
        if self._packed is None:
            raise ValueError("this dictionary has real entries, no signs; see Dictionary.matrix")
        if "bits" not in self._kept:
            self._kept["bits"] = _frozen(np.unpackbits(self._packed, axis=1, count=self.dimension, bitorder="little"))
        return self._kept["bits"]

    @property
    def signs(self) -> np.ndarray:
        """√d·F: d × N, int8, entries ±1; made once. ValueError for a dictionary of reals."""
        if "signs" not in self._kept:
            self._kept["signs"] = _frozen((1 - 2 * self.bits.view(np.int8)).T)
        return self._kept["signs"]

    @property
    def matrix(self) -> np.ndarray:
        """F: d × N, as float64 for reals and float32 for signs; made once."""
        if self._packed is None:
            return self._rows.T
        if "matrix" not in self._kept:
            entry = np.float32(1 / np.sqrt(self.dimension))
            self._kept["matrix"] = _frozen(np.where(self.bits, -entry, entry).T)
        return self._kept["matrix"]

    def codeword(self, i: int) -> np.ndarray:
        """f_i: float64, length d."""
        i = _index(i, self.size)
        if self._packed is None:
            return self._rows[i].astype(np.float64)
        bits = np.unpackbits(self._packed[i], count=self.dimension, bitorder="little")
        return (1.0 - 2.0 * bits) / np.sqrt(self.dimension)

    def correlate(self, v: Any) -> np.ndarray:
        """Fᵀv: ⟨f_i, v⟩ for every i, float64, length N.

        On signs, inner products that tie in exact arithmetic tie here, for codes and for residuals made by
        subtracting codewords.
        """
        v = np.asarray(v, dtype=np.float64)
        if v.shape != (self.dimension,):
            raise ValueError(f"a vector of length {self.dimension} is needed, not an array of shape {v.shape}")
        if self._packed is None:
            return (self._rows @ v).astype(np.float64)
        scaled = v * np.sqrt(self.dimension)
        lattice = np.rint(scaled)
        if not np.all(np.abs(scaled - lattice) <= _LATTICE):
            return self._products(scaled) / self.dimension
        return self._products(lattice) / self.dimension

    def _products(self, u: np.ndarray) -> np.ndarray:
        """√d·Fᵀu, float64: exact where u is of integers."""
        total = float(np.abs(u).sum())
        # Sums of integers below 2^24 are exact in float32, which takes half the memory.
        narrow = total < 2**24 and np.array_equal(u, np.rint(u))
        kind = np.float32 if narrow else np.float64
        name = f"ones {kind.__name__}"
        if name not in self._kept:
            self._kept[name] = self.bits.astype(kind)
        ones = self._kept[name] @ u.astype(kind)
        return u.sum() - 2.0 * ones.astype(np.float64)

    def superpose(self, subset: Any) -> np.ndarray:
        """Σ f_i over the subset: float64, length d."""
        chosen = np.asarray(list(subset), dtype=np.int64)
        if chosen.size and (chosen.min() < 0 or chosen.max() >= self.size):
            raise IndexError(f"codewords are 0 to {self.size - 1}")
        if self._packed is None:
            return self._rows[chosen].sum(axis=0, dtype=np.float64)
        bits = np.unpackbits(self._packed[chosen], axis=1, count=self.dimension, bitorder="little")
        return (chosen.size - 2.0 * bits.sum(axis=0, dtype=np.int64)) / np.sqrt(self.dimension)


class Problem:
    """One code to be read."""

    def __init__(
        self,
        dictionary: Dictionary,
        code: np.ndarray,
        k: int,
        seed: int,
        model: Optional[Dict[str, Any]] = None,
        **known: Any,
    ) -> None:
        self.dictionary: Dictionary = dictionary
        #: X = Σ f_i over the subset, with amplitudes and noise where there is a model: float64, length d, read-only.
        self.code: np.ndarray = code
        #: Size of the subset; the expected one where `model["active"]` draws each by itself.
        self.k: int = k
        self.seed: int = seed
        #: None for sums of k codewords; else `noise` (share of the code's energy), `noiseVariance` (of a coordinate),
        #: `amplitudes` and `active` (names of laws).
        self.model: Optional[Dict[str, Any]] = model
        #: Of a case that `load` has read: what is known of it, such as its subset.
        self.known: Dict[str, Any] = known
        self._rng: Optional[np.random.Generator] = None

    def __repr__(self) -> str:
        return f"Problem({self.dictionary!r}, k={self.k})"

    @property
    def rng(self) -> np.random.Generator:
        """Seeded by the problem: the only randomness that a decoder may use."""
        if self._rng is None:
            self._rng = np.random.default_rng(self.seed)
        return self._rng

    @property
    def drew(self) -> bool:
        """Whether `rng` was used."""
        return self._rng is not None


#: Indices; or a dict of "list", "scores" of all codewords and "amplitudes" of those of the list: a list or scores.
Answer = Union[Sequence[int], np.ndarray, Dict[str, Any]]


def load(path: str) -> Problem:
    """The problem in a case.npz that `dpb replay` has left, for a debugger; `known` has the rest of the case."""
    with np.load(path) as case:
        stored: Dict[str, Any] = {name: case[name] for name in case.files}
    code, k, seed = stored.pop("code"), int(stored.pop("k")), int(stored.pop("seed"))
    if "model" in stored:
        stored["model"] = json.loads(stored["model"].tobytes())
    if "signs" in stored:
        signs = stored.pop("signs")
        packed = np.packbits(signs < 0, axis=1, bitorder="little")
        dictionary = Dictionary(*signs.shape, packed=_frozen(packed))
    else:
        rows = stored.pop("rows")
        dictionary = Dictionary(*rows.shape, rows=_frozen(rows))
    return Problem(dictionary, _frozen(code), k, seed, **stored)


def serve(
    decode: Callable[..., Any],
    *,
    name: Optional[str] = None,
    size_varies: bool = False,
    batch: int = 1,
) -> None:
    """Answer the problems that come on standard input, until it ends.

    `decode` gets a Problem and returns k distinct indices, or a dict of "list", "scores" (of all codewords, the
    larger the rather active) and "amplitudes" (of those of the list), a list or scores among them; with `batch` above 1 it gets a list of up to so
    many problems, all of one shape, and returns a list of answers. `size_varies`: the rule may answer with
    fewer or more than k; it has then failed, but kept its contract. `name` is that of the file unless given.
    """
    if not callable(decode):
        raise TypeError(f"serve takes a function of a problem, not {_described(decode)}")
    if sys.modules["__main__"].__name__ == "__mp_main__" or _is_child():
        return
    main = getattr(sys.modules["__main__"], "__file__", None) or "decoder"
    label = name or os.path.splitext(os.path.basename(main))[0]
    if _OPEN is None and sys.stdin is not None and sys.stdin.isatty():
        print(f"{label} is a decoder for dims-per-bit: npx dpb check {main}", file=sys.stderr)
        return
    requests, answers = _OPEN or _channel()
    import faulthandler

    faulthandler.enable(file=2, all_threads=False)
    with requests:
        _Server(decode, label, size_varies, batch, requests, answers).run()


def _is_child() -> bool:
    """Whether the decoder has started this process: by a fork before it served, or by multiprocessing."""
    if _pid() != _PROCESS:
        return True
    processes = sys.modules.get("multiprocessing.process")
    return processes is not None and getattr(processes, "parent_process", lambda: None)() is not None


class _Server:
    def __init__(
        self,
        decode: Callable[..., Any],
        name: str,
        size_varies: bool,
        batch: int,
        requests: BinaryIO,
        answers: int,
    ) -> None:
        self._decode, self._batch = decode, operator.index(batch)
        self._requests, self._answers = requests, answers
        self._hello = {"protocol": 1, "name": name, "sizeVaries": bool(size_varies), "batch": self._batch}
        if hasattr(os, "pread"):
            self._hello["offset"] = True
        self._files = _Files()
        self._announced: Dict[int, Dict[str, Any]] = {}
        self._dictionaries: Dict[int, Dictionary] = {}
        self._modules = _Modules()

    def run(self) -> None:
        for line in iter(self._requests.readline, b""):
            request, _ = _read_json(line.decode())
            if "problem" in request:
                self._say(self._answer(request["problem"]))
            elif "dictionary" in request:
                announced = request["dictionary"]
                self._announced[announced["id"]] = announced
            elif "protocols" in request:
                if 1 not in request["protocols"]:
                    raise SystemExit(f"dims_per_bit.py speaks protocol 1, not {request['protocols']}")
                self._say({**self._hello, **self._modules.fresh()})

    def _say(self, line: Dict[str, Any]) -> None:
        if _pid() != _PROCESS:
            # The parent has been asked, and answers.
            _write(2, b"decode has returned in a process that it forked, which is ended\n")
            os._exit(1)
        text = _write_json(line).encode() + b"\n"
        while text:
            text = text[_write(self._answers, text) :]

    def _answer(self, asked: Dict[str, Any]) -> Dict[str, Any]:
        ids = asked.get("dictionaries") or [asked["dictionary"]] * asked["count"]
        # What no problem names will be announced again; its memory is the next one's.
        self._dictionaries = {id: known for id, known in self._dictionaries.items() if id in ids}
        for id, announced in self._announced.items():
            self._dictionaries[id] = self._files.dictionary(announced)
        self._announced.clear()
        payload = self._requests.read(asked["bytes"])
        codes = np.frombuffer(payload, _FLOAT64).reshape(asked["count"], -1)
        problems = [
            Problem(self._dictionaries[id], code, asked["k"], seed, asked.get("model"))
            for id, code, seed in zip(ids, codes, asked["seeds"])
        ]
        about = {"problem": asked["id"]}
        world = _World(asked["world"]) if "world" in asked else None
        try:
            answers = self._answers_to(problems)
        except Refusal as refusal:
            return {**about, "refused": str(refusal)}
        except BaseException as error:  # also what exits: it ends one problem, not the run
            if isinstance(error, KeyboardInterrupt):
                raise
            return {**about, "error": _said(error)}
        finally:
            outside = world.restore() if world else None
        drew = {"drew": [problem.drew for problem in problems]} if any(p.drew for p in problems) else {}
        asked_outside = {"outside": [outside] * len(problems)} if outside and any(outside) else {}
        return {**about, **answers, **drew, **asked_outside, **self._modules.fresh()}

    def _answers_to(self, problems: List[Problem]) -> Dict[str, Any]:
        sizes = [(problem.dictionary.size, problem.k) for problem in problems]
        if self._batch == 1:
            return _columns([_said_of(self._decode(problem), *size) for problem, size in zip(problems, sizes)])
        answers = self._decode(problems)
        count = len(answers) if hasattr(answers, "__len__") else None
        if count != len(problems):
            given = f"{count} answers" if count is not None else f"one {type(answers).__name__}"
            raise TypeError(f"decode was given {len(problems)} problems, and returned {given}")
        return _columns([_said_of(answer, *size) for answer, size in zip(answers, sizes)])


class _Files:
    """The files that dictionaries are in. One that holds many of them, one after the other, is kept open."""

    def __init__(self) -> None:
        self._path, self._file = "", -1

    def dictionary(self, announced: Dict[str, Any]) -> Dictionary:
        """The dictionary that is announced, read-only."""
        N, d, stride = announced["N"], announced["d"], announced["stride"]
        content = self._content(announced, N * stride)
        if announced["form"] == "signs":
            return Dictionary(N, d, packed=np.ndarray((N, stride), np.uint8, content))
        rows = np.frombuffer(content, {"float32": "<f4", "float64": "<f8"}[announced["form"]]).reshape(N, -1)
        return Dictionary(N, d, rows=rows[:, :d])

    def _content(self, announced: Dict[str, Any], size: int) -> Any:
        if "offset" in announced:
            return self._part(announced["path"], size, announced["offset"])
        file = _opened(announced["path"])
        try:
            # Mapped, unless it is so small that reading it is faster.
            content = os.read(file, size) if size <= _SMALL else b""
            return content if len(content) == size else mmap.mmap(file, 0, access=mmap.ACCESS_READ)
        finally:
            os.close(file)

    def _part(self, path: str, size: int, offset: int) -> bytes:
        """A copy: what stands there is written over once this dictionary's problems are answered."""
        if path != self._path:
            if self._path:
                os.close(self._file)
            self._path, self._file = path, _opened(path)
        content = os.pread(self._file, size, offset)
        if len(content) != size:
            raise SystemExit(f"{path} has {len(content)} of {size} bytes at {offset}")
        return content


def _opened(path: str) -> int:
    return os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))


class _World:
    """The world outside of the problem, which must not matter: global randomness and the clock."""

    def __init__(self, world: Dict[str, float]) -> None:
        seed, ahead = int(world["seed"]), world["ahead"]
        self._clock, self._real = 0, (time.time, time.time_ns)
        random.seed(seed)
        np.random.seed(seed)
        if "torch" in sys.modules:
            getattr(sys.modules["torch"], "manual_seed", lambda _: None)(seed)
        self._before = self._state()

        def shifted(real: Callable[[], Any], by: Any) -> Callable[[], Any]:
            def now() -> Any:
                self._clock += 1
                return real() + by

            return now

        time.time = shifted(time.time, ahead)  # type: ignore[assignment]
        time.time_ns = shifted(time.time_ns, int(ahead * 1e9))  # type: ignore[assignment]

    @staticmethod
    def _state() -> Tuple[Any, ...]:
        kind, keys, *rest = np.random.get_state()  # type: ignore[misc]
        return (random.getstate(), kind, keys.tobytes(), *rest)

    def restore(self) -> List[int]:
        """How often a global generator (1 for any) and the clock were asked."""
        time.time, time.time_ns = self._real  # type: ignore[assignment]
        return [int(self._state() != self._before), self._clock]


class _Modules:
    """The user's own modules: what this program has loaded that neither Python nor an installed package brought."""

    def __init__(self) -> None:
        self._count = 0
        self._told: set = set()

    def fresh(self) -> Dict[str, List[str]]:
        if len(sys.modules) == self._count:
            return {}
        self._count = len(sys.modules)
        files = {getattr(module, "__file__", None) for module in list(sys.modules.values())}
        own = {os.path.realpath(file) for file in files if file and _users(file) and os.path.isfile(file)}
        fresh = sorted(own - self._told)
        self._told.update(fresh)
        return {"modules": fresh} if fresh else {}


def _frozen(array: np.ndarray) -> np.ndarray:
    array.flags.writeable = False
    return array


def _index(i: Any, size: int) -> int:
    i = operator.index(i)
    if 0 <= i < size:
        return i
    raise IndexError(f"codeword {i} is not in [0, {size})")


def _said(error: BaseException) -> str:
    """The last line of the traceback, and the innermost place in a file of the user's."""
    text = "".join(traceback.format_exception_only(type(error), error)).strip()
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if _users(frame.filename)]
    if isinstance(error, SyntaxError) and error.filename and _users(error.filename):
        return f"{text.splitlines()[-1]} ({os.path.basename(error.filename)}:{error.lineno})"
    place = f" ({os.path.basename(own[-1].filename)}:{own[-1].lineno})" if own else ""
    if isinstance(error, SystemExit):
        text = f"SystemExit: it asked to exit with {error.code!r}"
    return text.splitlines()[-1 if isinstance(error, SyntaxError) else 0] + place


_HERE = os.path.realpath(__file__)
_LIBRARY = os.path.dirname(os.__file__) + os.sep


def _users(filename: str) -> bool:
    """Whether a file of code is the user's own: neither Python's, nor an installed package's, nor this one."""
    packaged = any(f"{os.sep}{folder}{os.sep}" in filename for folder in ("site-packages", "dist-packages"))
    return not (packaged or filename.startswith((_LIBRARY, "<")) or os.path.realpath(filename) == _HERE)


def _wrong(text: str) -> Dict[str, str]:
    return {"wrong": f"answered with {text}"}


def _columns(said: List[Dict[str, Any]]) -> Dict[str, List[Any]]:
    """What the answers have, name by name: lists, and where any has them scores and amplitudes."""
    names = ["answers"] + [name for name in ("scores", "amplitudes") if any(name in one for one in said)]
    return {name: [one.get(name) for one in said] for name in names}


def _said_of(answer: Any, N: int, k: int) -> Dict[str, Any]:
    """The list of an answer, or what is wrong about it, and what it says beside."""
    if not isinstance(answer, dict):
        return {"answers": _listed(answer, N, k)}
    if answer.get("list") is None and answer.get("scores") is None:
        return {"answers": _wrong("a dict, not a list of indices")}
    unknown = [name for name in answer if name not in ("list", "scores", "amplitudes")]
    if unknown:
        return {"answers": _wrong(f"a dict that has {unknown[0]!r} beside list, scores and amplitudes")}
    said: Dict[str, Any] = {}
    if answer.get("list") is not None:
        said["answers"] = _listed(answer["list"], N, k)
    for name in ("scores", "amplitudes"):
        if answer.get(name) is None:
            continue
        numbers = answer[name]
        if hasattr(numbers, "detach"):
            numbers = numbers.detach().cpu().numpy()
        array = np.asarray(numbers, dtype=np.float64)
        if array.ndim != 1:
            return {"answers": _wrong(f"{name} of shape {array.shape}, not a flat array")}
        if not np.isfinite(array).all():
            m = int(np.flatnonzero(~np.isfinite(array))[0])
            return {"answers": _wrong(f"{array[m]} as entry {m} of its {name}, not a finite number")}
        said[name] = array.tolist()
    return said


def _listed(answer: Any, N: int, k: int) -> Any:
    """An answer as a list of integers, or what is wrong about it."""
    if hasattr(answer, "detach"):  # a tensor of PyTorch's
        answer = answer.detach().cpu().numpy()
    if answer is None:
        return _wrong("None, not a list of indices: does decode return?")
    if isinstance(answer, (str, bytes, dict)) or not hasattr(answer, "__iter__"):
        return _wrong(f"{_described(answer)}, not a list of indices")
    if isinstance(answer, tuple) and len(answer) == 1 and np.ndim(answer[0]) == 1:
        return _wrong("a tuple that holds an array, as np.where gives it; take its first: [0]")
    if isinstance(answer, (list, tuple, set, frozenset)) or not hasattr(answer, "__array__"):
        return _listed_entries(list(answer), N, k)
    array = np.asarray(answer)
    if array.ndim != 1:
        return _wrong(f"an array of shape {array.shape}, not a flat one of k = {k} indices")
    if array.dtype == bool or (len(array) == N != k and N > 2 and _is_mask(array)):
        return _mask(len(array))
    if array.dtype.kind == "f":
        return _floats(array)
    if array.dtype.kind not in "iu":
        return _listed_entries(list(array), N, k)
    return array.tolist()


def _listed_entries(entries: List[Any], N: int, k: int) -> Any:
    if len(entries) == N and (
        all(isinstance(entry, (bool, np.bool_)) for entry in entries)
        or (N != k and N > 2 and all(type(entry) in (int, float) and entry in (0, 1) for entry in entries))
    ):
        return _mask(N)
    indices = []
    for m, entry in enumerate(entries):
        if hasattr(entry, "item") and np.ndim(entry) == 0:
            entry = entry.item()  # a scalar of numpy's, PyTorch's or JAX's
        if isinstance(entry, float):
            return _floats(np.asarray(entries, dtype=np.float64))
        if isinstance(entry, bool) or not isinstance(entry, int):
            return _wrong(f"{_described(entry)}, as entry {m}, not an index")
        indices.append(entry)
    return indices


def _mask(length: int) -> Dict[str, str]:
    return _wrong(f"a mask of length {length}; use np.flatnonzero")


def _is_mask(array: np.ndarray) -> bool:
    return array.dtype.kind in "iuf" and bool(np.all((array == 0) | (array == 1)))


def _floats(array: np.ndarray) -> Dict[str, str]:
    for m, entry in enumerate(array.tolist()):
        if not float(entry).is_integer():
            return _wrong(f"{entry} as entry {m}, not an index")
    return _wrong(f"floats ({array.dtype}), not integers; use .astype(int)")


def _described(value: Any) -> str:
    """A value and its type, in a few words."""
    name = type(value).__name__
    kind = f"{'an' if name[0] in 'aeiou' else 'a'} {name}"
    if hasattr(value, "__iter__") and not isinstance(value, (str, bytes)):
        return kind
    text = repr(value).splitlines()[0]
    if text.startswith("<"):  # an address says nothing
        return kind
    return f"{text if len(text) <= 40 else text[:39] + '…'}, {kind}"
