import { copyFileSync } from 'node:fs'
import { afterAll, vi } from 'vitest'
import { clientPath } from '../io/client-path.js'
import { openSampler, type SamplerOptions } from '../success/workers/open-sampler.js'
import { tempFolder } from './temp-folder.js'
import { findPython } from './tools.js'

const easy = { N: 64, k: 2, d: 256 }

/** A folder for decoders in Python, with the helper that they import, and what writes and runs them. */
export function pythonDecoders() {
  const files = tempFolder()
  const python = findPython()
  copyFileSync(clientPath('python/dims_per_bit.py'), files.path('dims_per_bit.py'))
  afterAll(() => vi.restoreAllMocks())
  let written = 0

  /** The command of a decoder that is right, but for what `top` does as it loads and `body` in decode. */
  function decoder(body: string, top = '', serving = 'serve(decode)'): string {
    const lines = body.split('\n').map((line) => `    ${line}`)
    const name = `mine${written++}.py`
    const text = [
      'import atexit, ctypes, json, os, random, signal, subprocess, sys, threading, time',
      'import numpy as np',
      'from dims_per_bit import serve',
      top,
      'turn, kept = -1, {}',
      'def top(p):',
      '    return np.argsort(-p.dictionary.correlate(p.code), kind="stable")[:p.k]',
      'def decode(p):',
      '    global turn; turn += 1; answer = top(p)',
      ...lines,
      '    return answer',
      serving,
    ]
    return `exec:${python} ${files.write(name, text.join('\n'))}`
  }

  /** Trials 1, 2, … of it at an easy size, and its revision; what it prints is dropped. */
  async function run(given: string, trials = 3, options: SamplerOptions = {}) {
    const err = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
    const sampler = await openSampler(given, {
      workers: 1,
      timeLimit: 1000,
      startupLimit: 20_000,
      ...options,
    })
    try {
      const { values, faults } = await sampler.run(easy, '1', 1, trials)
      return { values: Array.from(values), faults, revision: sampler.revision!() }
    } finally {
      await sampler.close()
      err.mockRestore()
    }
  }

  return { files, python, decoder, run }
}
