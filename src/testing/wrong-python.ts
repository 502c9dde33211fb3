// Decoders in Python that are wrong, by what is said of them: bodies for `pythonDecoders`.

/** A name, what goes wrong in one call of decode, and what is said of it. */
type Wrong = readonly [string, string, string | RegExp]

/** Mistakes after which the process goes on. */
export const answers: readonly Wrong[] = [
  [
    'a mask',
    'answer = np.isin(np.arange(64), answer)',
    'answered with a mask of length 64; use np.flatnonzero',
  ],
  [
    'a mask of ints',
    'answer = np.isin(np.arange(64), answer).astype(int)',
    'answered with a mask of length 64; use np.flatnonzero',
  ],
  [
    'a mask of floats',
    'answer = np.isin(np.arange(64), answer) * 1.0',
    'answered with a mask of length 64; use np.flatnonzero',
  ],
  [
    'a mask as a list',
    'answer = [i in answer for i in range(64)]',
    'answered with a mask of length 64; use np.flatnonzero',
  ],
  [
    'floats',
    'answer = answer.astype(float)',
    'answered with floats (float64), not integers; use .astype(int)',
  ],
  [
    'a list of floats',
    'answer = [float(i) for i in answer]',
    'answered with floats (float64), not integers; use .astype(int)',
  ],
  [
    'scores',
    'answer = p.dictionary.correlate(p.code)[answer]',
    /^answered with \d\.\d+ as entry [01], not an index$/,
  ],
  ['NaN', 'answer = np.array([np.nan, 1])', 'answered with nan as entry 0, not an index'],
  ['infinity', 'answer = [1, float("inf")]', 'answered with inf as entry 1, not an index'],
  ['N', 'answer = [1, 64]', 'answered with 64 as entry 1, outside of 0 to N − 1 = 63 (indices count from 0)'],
  ['a negative index', 'answer = [-1, 3]', 'answered with -1 as entry 0, outside of 0 to N − 1 = 63'],
  ['too many', 'answer = list(answer) + [5, 6]', 'answered with 4 indices, not k = 2'],
  ['too few', 'answer = answer[:1]', 'answered with 1 indices, not k = 2'],
  [
    'all scores sorted',
    'answer = np.argsort(p.dictionary.correlate(p.code))',
    'answered with 64 indices, not k = 2',
  ],
  ['repeats', 'answer = [answer[0]] * 2', /^named codeword \d+ twice; /],
  ['a string', 'answer = "3, 17"', "answered with '3, 17', a str, not a list of indices"],
  ['a list of strings', 'answer = ["3", "17"]', "answered with '3', a str, as entry 0, not an index"],
  ['None', 'return', 'answered with None, not a list of indices: does decode return?'],
  ['a list with None', 'answer = [None, 1]', 'answered with None, a NoneType, as entry 0, not an index'],
  ['a number', 'answer = 3', 'answered with 3, an int, not a list of indices'],
  ['a dict', 'answer = {"indices": [1, 2]}', 'answered with a dict, not a list of indices'],
  [
    'amplitudes that are no numbers',
    'answer = {"list": answer, "amplitudes": [1, np.nan]}',
    'answered with nan as entry 1 of its amplitudes, not a finite number',
  ],
  [
    'a row',
    'answer = answer[None]',
    'answered with an array of shape (1, 2), not a flat one of k = 2 indices',
  ],
  [
    'a column',
    'answer = answer[:, None]',
    'answered with an array of shape (2, 1), not a flat one of k = 2 indices',
  ],
  [
    'np.where',
    'answer = np.where(np.isin(np.arange(64), answer))',
    'answered with a tuple that holds an array, as np.where gives it; take its first: [0]',
  ],
  [
    'an exception',
    'answer = np.linalg.inv(np.zeros((2, 2)))',
    /^threw: (numpy\.linalg\.)*LinAlgError: Singular matrix \(mine\d+\.py:\d+\)$/,
  ],
  ['a bad shape', 'p.dictionary.matrix @ p.code', /^threw: ValueError: matmul: .* \(mine\d+\.py:\d+\)$/],
  [
    'writing into the code',
    'p.code[0] = 1',
    /^threw: ValueError: assignment destination is read-only \(mine\d+\.py:\d+\)$/,
  ],
  [
    'subtracting in place',
    'p.code.__isub__(p.dictionary.codeword(1))',
    /^threw: ValueError: output array is read-only \(mine\d+\.py:\d+\)$/,
  ],
  [
    'writing into the signs',
    'p.dictionary.signs[0, 0] = 1',
    /^threw: ValueError: assignment destination is read-only \(mine\d+\.py:\d+\)$/,
  ],
  [
    'writing into the matrix',
    'p.dictionary.matrix *= 2',
    /^threw: (ValueError: output array is read-only|AttributeError: .*) \(mine\d+\.py:\d+\)$/,
  ],
  [
    'a mask of numpy booleans',
    'answer = [np.bool_(i in answer) for i in range(64)]',
    'answered with a mask of length 64; use np.flatnonzero',
  ],
  ['complex numbers', 'answer = answer * 1j', /^answered with \d+j, a complex, as entry 0, not an index$/],
  ['lists in a list', 'answer = [[1, 2], [3, 4]]', 'answered with a list, as entry 0, not an index'],
  ['bytes', 'answer = bytes([1, 2])', "answered with b'\\x01\\x02', a bytes, not a list of indices"],
  ['one index in no array', 'answer = np.array(3)', /^answered with an array of shape \(\), not a flat one/],
  [
    'what is to be awaited',
    'async def later(): return answer\n    (later := later()).close(); return later',
    'answered with a coroutine, not a list of indices',
  ],
  [
    'a generator that fails',
    'return (1 // 0 for _ in answer)',
    /^threw: ZeroDivisionError: .* \(mine\d+\.py:\d+\)$/,
  ],
  [
    'endless recursion',
    'def f(n): return f(n + 1)\n    f(0)',
    /^threw: RecursionError: maximum recursion depth exceeded \(mine\d+\.py:\d+\)$/,
  ],
  [
    'too little memory',
    'np.ones(2**48)',
    /^threw: .*MemoryError: Unable to allocate .* \(mine\d+\.py:\d+\)$/,
  ],
  [
    'making the code writable',
    'p.code.flags.writeable = True',
    /^threw: ValueError: cannot set WRITEABLE flag .* \(mine\d+\.py:\d+\)$/,
  ],
  ['asking the user', 'input()', /^threw: EOFError: .* \(mine\d+\.py:\d+\)$/],
  [
    'an error that has no text',
    'class E(Exception):\n        def __str__(self): raise self\n    raise E()',
    /^threw: .*E: <.* str\(\) failed> \(mine\d+\.py:\d+\)$/,
  ],
]

/** What ends the process, or has it ended. */
export const ends: readonly Wrong[] = [
  ['os._exit', 'os._exit(3)', 'ended its process with exit code 3'],
  ['sys.exit', 'sys.exit(3)', /^threw: SystemExit: it asked to exit with 3 \(mine\d+\.py:\d+\)$/],
  ['a segmentation fault', 'ctypes.string_at(0)', /^ended its process by SIGSEGV \(mine\d+\.py:\d+\)$/],
  ['an endless loop', 'while True: pass', 'did not answer within 1.00 s'],
  [
    'a deadlock',
    'threading.Lock().acquire() and (lock := threading.Lock()).acquire() and lock.acquire()',
    'did not answer within 1.00 s',
  ],
  ['hoarding', 'hoard = [np.ones(2**24) for _ in range(99)]', /^took more than 0.800 GiB of memory$/],
]

/** Decoders that are not ready: the body, and what is done as they load. */
export const loads: readonly (readonly [string, string, string, RegExp])[] = [
  [
    'a missing module',
    '',
    'import scipyy',
    /ended with code 1 before it was ready: ModuleNotFoundError: No module named 'scipyy' \(mine\d+\.py:4\)$/,
  ],
  [
    'a syntax error',
    '',
    'def x(:',
    /ended with code 1 before it was ready: SyntaxError: invalid syntax \(mine\d+\.py:4\)$/,
  ],
  [
    'an error as it loads',
    '',
    '1 / 0',
    /ended with code 1 before it was ready: ZeroDivisionError: division by zero \(mine\d+\.py:4\)$/,
  ],
  ['an exit as it loads', '', 'sys.exit(3)', /ended with code 3 before it was ready$/],
  [
    'a slow import',
    '',
    'time.sleep(100)',
    /was not ready within 3 s; --startup-limit gives it more, in milliseconds$/,
  ],
  ['no serve', '', 'sys.exit()', /ended with code 0 before it was ready: it did not call serve\(\)$/],
  ['a crash as it loads', '', 'ctypes.string_at(0)', /was ended by SIGSEGV before it was ready$/],
]

/** What `check` says of decoders that seem right: by the property that finds them. */
export const finds: readonly (readonly [string, string, string, RegExp])[] = [
  [
    'counts from 1',
    'answer = (answer + 1) % 64 if p.dictionary.size == 64 else (answer + 1) % p.dictionary.size',
    'orthogonal',
    /reads \{\d+\} as \{\d+\} \(indices count from 0\)/,
  ],
  [
    'draws from np.random',
    'answer = np.random.permutation(p.dictionary.size)[:p.k]',
    'same-answer',
    /gives two answers to one problem.*\(it calls a global random generator; only problem.rng is seeded\)/,
  ],
  [
    'draws from random',
    'answer = random.sample(range(p.dictionary.size), p.k)',
    'same-answer',
    /a global random generator; only problem.rng is seeded/,
  ],
  [
    'goes by the clock',
    'answer = np.argsort([hash((time.time(), i)) for i in range(p.dictionary.size)])[:p.k]',
    'same-answer',
    /it calls a clock; only problem.rng is seeded/,
  ],
  [
    'keeps state',
    'if turn > 30: answer = np.arange(p.k)',
    'orthogonal',
    /only after other problems: it carries state/,
  ],
  [
    'goes by the hash seed',
    'answer = sorted(range(p.dictionary.size), key=lambda i: hash(str(i)))[:p.k]',
    'across-processes',
    /answers otherwise in another process/,
  ],
  [
    'goes by its age',
    'if turn > 0: answer = np.arange(p.k)',
    'fresh-process',
    /answers otherwise in a process that has read nothing before/,
  ],
  [
    'keeps what it knows by the id of a dictionary',
    'answer = np.argsort(-kept.setdefault(id(p.dictionary), p.dictionary.matrix).T @ p.code)[:p.k]',
    'no-state',
    /only after other problems: it carries state|ValueError: matmul/,
  ],
  [
    'does not end',
    'turn == 0 and threading.Thread(target=time.sleep, args=(100,)).start()',
    'ends-on-eof',
    /goes on after the end of its input/,
  ],
]
