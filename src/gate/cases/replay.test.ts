import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { ModelDescription } from '../../codes/model/description.js'
import { drawTrial } from '../../codes/trial.js'
import { builtInDecoder } from '../../decoders/built-in.js'
import type { Declared } from '../../decoders/decoder.js'
import { localReader } from '../../success/processes/reader.js'
import { callCli } from '../../testing/call-cli.js'
import { tempFolder } from '../../testing/temp-folder.js'
import { writeArrays } from './case-arrays.js'
import { replay } from './replay.js'
import { saveCase } from './trial-case.js'

const files = tempFolder()
const topK = builtInDecoder('top-k')!
const read = (decoder: Declared) => localReader(decoder, 5000)
const shape = { N: 64, k: 3, d: 20 }
const at = (trial: number) => ({ ...shape, seed: 's', trial })
const inner = (a: Float64Array, b: Float64Array) => a.reduce((sum, x, j) => sum + x * b[j], 0)

const replays = await Promise.all(Array.from({ length: 40 }, (_, trial) => replay(read(topK), at(trial))))
const failed = replays.find(({ success }) => !success)!

test('scores, ranks and what is left are those of the definition, codeword by codeword', () => {
  const { problem, subset } = drawTrial(shape, 's', failed.trial)
  const { dictionary, code } = problem
  const scores = Array.from({ length: 64 }, (_, i) => inner(dictionary.codeword(i), code))
  const rest = code.slice()
  for (const i of subset.filter((member) => failed.answer!.includes(member))) {
    dictionary.codeword(i).forEach((entry, j) => {
      rest[j] -= entry
    })
  }
  expect(failed.subset).toEqual(subset)
  for (const { index, member, chosen, score, rank, residualScore } of failed.codewords) {
    expect(member).toBe(subset.includes(index))
    expect(chosen).toBe(failed.answer!.includes(index))
    expect(score).toBeCloseTo(scores[index], 12)
    expect(residualScore).toBeCloseTo(inner(dictionary.codeword(index), rest), 12)
    expect(rank).toBe(1 + scores.filter((other) => other > scores[index] + 1e-12).length)
  }
  const shown = failed.codewords.map(({ index }) => index)
  for (const i of [...subset, ...failed.answer!]) expect(shown).toContain(i)
})

test('the margin of top-k decoding is positive where it succeeds, and at most 0 where it fails', () => {
  expect(new Set(replays.map(({ success }) => success)).size).toBe(2)
  for (const { success, margin } of replays) expect(margin > 0 || (margin === 0 && success)).toBe(success)
})

test('every codeword sent: there is no rival, and the margin is infinite', async () => {
  const { success, margin, codewords } = await replay(read(topK), { N: 3, k: 3, d: 5, seed: 's', trial: 0 })
  expect({ success, margin, shown: codewords.length }).toEqual({ success: true, margin: Infinity, shown: 3 })
})

test('a decoder that throws, or that spoils the code, is replayed all the same', async () => {
  const broken = (decode: Declared['decode']) => replay(read({ name: 'broken', decode }), at(failed.trial))
  const thrown = await broken(() => {
    throw new Error('no idea\nat all')
  })
  expect(thrown).toMatchObject({
    success: false,
    fault: expect.stringMatching(/^threw: no idea/),
    subset: failed.subset,
  })
  expect(thrown).not.toHaveProperty('answer')
  const spoilt = await broken((problem) => {
    problem.code.fill(0)
    return [0, 1, 2]
  })
  expect(spoilt).toMatchObject({ fault: 'changed the code', margin: failed.margin })
})

const { subset, answer } = failed
const path = saveCase(files.path('cases'), { decoder: 'top-k', ...at(failed.trial), subset, answer })!

test('dpb replay explains a case: the subsets, scores and margin; exit code 1 while it fails, 0 after', async () => {
  const { status, stdout, stderr } = await callCli('replay', path)
  expect({ status, stderr }).toEqual({ status: 1, stderr: '' })
  expect(stdout).toMatch(
    /^top-k at N = 64, k = 3, d = 20, seed s, trial \d+: found another subset\ncodeword +sent +chosen +⟨f, X⟩ +rank +⟨f, rest⟩\n/,
  )
  for (const { index, member, chosen, score, rank } of failed.codewords) {
    const words = [String(index), ...(member ? ['sent'] : []), ...(chosen ? ['chosen'] : [])]
    expect(stdout).toMatch(new RegExp(`^ *${[...words, score.toFixed(4), String(rank)].join(' +')} `, 'm'))
  }
  expect(stdout).toContain(`margin of top-k decoding: ${failed.margin.toFixed(4)} `)
  const json = JSON.parse((await callCli('replay', path, '--json')).stdout)
  expect(json).toEqual(JSON.parse(JSON.stringify(failed)))
  const oracle = files.write(
    'oracle.mjs',
    `export default { name: 'oracle', decode: () => ${JSON.stringify(subset)} }`,
  )
  const resolved = await callCli('replay', path, '--decoder', oracle)
  expect(resolved.status).toBe(0)
  expect(resolved.stdout).toContain('found the subset')
})

const content = { case: 'dims-per-bit', version: 1, decoder: 'top-k', ...at(failed.trial), subset }
test.each([
  ['absent', undefined, /^dpb: cannot read the case '.*': there is no such file/],
  ['cut short', '{"case": "dims', /^dpb: the case '.*' is cut short/],
  ['no case', '{}', /is malformed: case: /],
  ['of another version', JSON.stringify({ ...content, version: 2 }), /is malformed: version: /],
  ['edited', JSON.stringify({ ...content, subset: [0, 1, 2] }), /draw another subset\n$/],
  ['of no such decoder', JSON.stringify({ ...content, decoder: 'tap-k' }), /did you mean 'top-k'/],
  ['impossible', JSON.stringify({ ...content, k: 65 }), /^dpb: /],
  ['too large for any machine', JSON.stringify({ ...content, N: 2 ** 50 }), /^dpb: /],
])('a case that is %s is one line and exit code 2', async (name, text, message) => {
  const file = text === undefined ? files.path(name) : files.write(`${name}.json`, text)
  const { status, stdout, stderr } = await callCli('replay', file)
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
  expect(stderr).toMatch(message)
  expect(stderr.trim().split('\n')).toHaveLength(1)
})

test("what numpy is left of a case has the model of its code, as a program's problem has", async () => {
  const laws = { noise: 0.25, amplitudes: 'half-normal', active: 'subset' } as const
  const model: ModelDescription = { dictionary: 'rademacher', prepare: 'raw', ...laws }
  const path = files.path('noisy.npz')
  await writeArrays(path, { ...at(0), model }, undefined)
  expect(readFileSync(path, 'latin1')).toMatch(
    /\{"noise":0\.25,"noiseVariance":[\d.]+,"amplitudes":"half-normal","active":"subset"\}/,
  )
  await writeArrays(path, at(0), undefined)
  expect(readFileSync(path, 'latin1')).not.toContain('noise')
})
