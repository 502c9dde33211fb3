import { execFileSync } from 'node:child_process'
import { Command, Option } from 'commander'
import { expect, test } from 'vitest'
import { bashCompletion } from './bash.js'
import { fishCompletion } from './fish.js'
import { vocabulary } from './vocabulary.js'
import { zshCompletion } from './zsh.js'

const root = new Command('dpb').option('--no-color', 'plain text')
root
  .command('measure')
  .description("a decoder's dimension")
  .argument('<decoder>')
  .option('-N, --codewords <n>', 'how many')
  .addOption(new Option('--method <method>', 'how').choices(['conditional', 'simulation']))
root.command('verify').option('--claims <ids>', 'which').option('--out <file>', 'where')
const words = vocabulary(root, { decoders: ['threshold', 'top-k'], claims: ['chernoff', 'claim-1'] })

test('what may stand where', () => {
  const [measure, verify] = words
  expect(measure.argument).toEqual({ words: ['threshold', 'top-k'], files: true, list: false })
  expect(measure.options.map(({ flags }) => flags.join(' '))).toEqual([
    '-N --codewords',
    '--method',
    '--no-color',
  ])
  expect(measure.options[1].value?.words).toEqual(['conditional', 'simulation'])
  expect(verify.options[0].value).toEqual({ words: ['chernoff', 'claim-1'], files: false, list: true })
  expect(verify.options[1].value).toMatchObject({ words: [], files: true })
  expect(verify.options[2].value).toBeUndefined()
})

test.each([
  [['dpb', 'm'], 'measure'],
  [['dpb', 'measure', 'th'], 'threshold'],
  [['dpb', 'measure', 'top-k', '--method', ''], 'conditional simulation'],
  [['dpb', 'measure', '--co'], '--codewords'],
  [['dpb', 'verify', '--claims', 'ch'], 'chernoff'],
  [['dpb', 'verify', '--claims', 'chernoff,cl'], 'chernoff,claim-1'],
  [['dpb', 'verify', '--out', 'pack'], 'package-lock.json package.json'],
])('bash completes %j to %s', (line, completed) => {
  const script = `${bashCompletion(words)}\nCOMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _dpb; echo "\${COMPREPLY[@]}"`
  expect(execFileSync('bash', ['-c', script, 'bash', ...line], { encoding: 'utf8' }).trim()).toBe(completed)
})

test('zsh and fish are told the same, with apostrophes escaped', () => {
  const zsh = zshCompletion(words)
  expect(zsh).toContain(`'measure:a decoder'\\''s dimension'`)
  expect(zsh).toContain(`'(-N --codewords)--codewords[how many]: : '`)
  expect(zsh).toContain(`'(--claims)--claims[which]: :_values -s , value chernoff claim-1'`)
  const fish = fishCompletion(words)
  expect(fish).toContain(`-f -a measure -d 'a decoder\\'s dimension'`)
  expect(fish).toContain(`-s N -l codewords -r -f -d 'how many'`)
  expect(fish).toContain(`-l claims -r -f -a '(__fish_append , chernoff claim-1)' -d 'which'`)
})
