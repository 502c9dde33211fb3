import fc from 'fast-check'
import { expect, test } from 'vitest'
import { quoted } from '../../io/text/shell.js'
import { tempFolder } from '../../testing/temp-folder.js'
import { commandWords } from './command-words.js'
import { decoderFile, decoderSource } from './decoder-source.js'

const files = tempFolder()

test('words that are quoted for a shell come back, whatever is in them', () => {
  const words = fc
    .array(fc.string({ unit: 'grapheme' }), { minLength: 1, maxLength: 5 })
    .filter(([first]) => first !== '')
  fc.assert(
    fc.property(words, (list) => {
      expect(commandWords(list.map(quoted).join('  '))).toEqual(list)
    }),
    { examples: [[['\ufffc', 'a\u202eb\u0007', "it's \\"]]] },
  )
})

test.each([
  ['python3 mine.py --alpha 0.1', ['python3', 'mine.py', '--alpha', '0.1']],
  [' a\tb\nc ', ['a', 'b', 'c']],
  [`a"b c"'d e'f`, ['ab cd ef']],
  [`"a\\"b" "c\\d" 'e\\f' g\\ h`, ['a"b', 'c\\d', 'e\\f', 'g h']],
  [`a "" ''`, ['a', '', '']],
  [String.raw`a$'\x41\101\n\'\z'b $'π'`, ["aAA\n'\\zb", 'π']],
])('%j is split as a shell splits it', (text, words) => {
  expect(commandWords(text)).toEqual(words)
})

test.each([
  ['', /a command is needed after 'exec:'/],
  ['""', /a command is needed/],
  ["a 'b", /a quotation mark is not closed$/],
  ["a $'b\\'", /a quotation mark is not closed$/],
  ['a | b', /^no shell reads 'a \| b': quote '\|', or put the command into a script$/],
  ['a $HOME', /quote '\$'/],
])('%j is refused', (text, message) => {
  expect(() => commandWords(text)).toThrow(
    expect.objectContaining({ name: 'InputError', message: expect.stringMatching(message) }),
  )
})

test('a file is run by its extension, and stands for a command of more words', () => {
  const [python, julia, weights] = ['mine.py', 'mine.jl', 'w.npz'].map((name) => files.write(name, ''))
  expect(decoderSource(python)).toEqual({ kind: 'command', argv: ['python3', python], files: [python] })
  expect(decoderSource(julia)).toEqual({ kind: 'command', argv: ['julia', julia], files: [julia] })
  const command = `exec:${process.execPath} ${python} --weights=${weights} nothing`
  expect(decoderSource(command)).toMatchObject({ files: [process.execPath, python, weights] })
  expect([decoderFile(command), decoderFile('exec:mine --fast'), decoderFile('top-k')]).toEqual([
    python,
    'mine',
    undefined,
  ])
})
