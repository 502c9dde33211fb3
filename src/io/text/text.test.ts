import fc from 'fast-check'
import { expect, test } from 'vitest'
import { anyText } from '../../testing/any-text.js'
import { shellWords } from '../../testing/shell-words.js'
import { scriptJson } from './html.js'
import { code, markdown, markdownTable } from './markdown.js'
import { quoted } from './shell.js'
import { errorLine, paint, plainLine, safeLine, terminalLine } from './terminal.js'
import { messageText, visible, visibleJson, visibleLines } from './visible.js'
import { workflowCommand } from './workflow-command.js'

const nasty = [
  'a\nb\r\n::error::c',
  '\u001b[31mred\u001b[0m\u009b31m',
  'abc\u202edef\u2066\u2069\u200e\u200f',
  '\u0000\u0007\u007f\u0085',
  '\u2028\u2029\ufeff',
  '\ud800 half \udc00',
  '<script>alert(1)</script><!-- &amp; `code` | pipe \\| \\',
  'it\'s $HOME `id` "$(id)" !! ~ * ; & > x',
  '100 % :: , %0A ##[error]',
  ']]> <![CDATA[',
  '😀 é ⟨f, X⟩',
]
const piece = fc.oneof(fc.constantFrom(...nasty), anyText(), fc.string())
const texts = fc.array(piece, { maxLength: 6 }).map((pieces) => pieces.join(' '))
const every = (check: (text: string) => void) =>
  fc.assert(fc.property(texts, check), { seed: 1, numRuns: 500, examples: nasty.map((one) => [one]) })

// biome-ignore lint/suspicious/noControlCharactersInRegex: none of them may be left
const HIDDEN = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/

test('in every medium text is one line, in which nothing is hidden', () => {
  const media: readonly ((text: string) => string)[] = [
    visible,
    messageText,
    terminalLine,
    quoted,
    markdown,
    code,
    (text) => errorLine(text).slice(0, -1),
    (text) =>
      markdownTable(['head'], [[text]])
        .split('\n')
        .slice(2)
        .join('\n'),
    (text) => workflowCommand('error', { title: text }, text),
    scriptJson,
  ]
  every((text) => {
    for (const medium of media) {
      const out = medium(text)
      expect(Buffer.from(out).toString()).toBe(out)
      expect(out).not.toMatch(HIDDEN)
    }
  })
})

test('what is safe is left as it is', () => {
  const plain = fc.string({ unit: fc.constantFrom(...'aé😀 ⟨f_i⟩ = 2^20, “k” − 1') })
  fc.assert(
    fc.property(plain, (text) => {
      for (const medium of [visible, terminalLine, markdown, visibleLines]) expect(medium(text)).toBe(text)
    }),
    { seed: 1 },
  )
  expect(visible('a\n\u202e\u001b')).toBe('a\\n\\u202e\\u001b')
})

test('a terminal gets the colours that commands use, and no sequence of anyone else, theirs included', () => {
  const red = paint((text) => `\u001b[31m${text}\u001b[39m`)
  every((text) => {
    const line = `${text} ${red(`${text}\u001b[31m`)} \u001b[1m`
    const shown = `${visible(text)}\\u001b[31m`
    for (const made of [line, safeLine(line)]) {
      expect(terminalLine(made)).toBe(`${visible(text)} \u001b[31m${shown}\u001b[39m \\u001b[1m`)
      expect(plainLine(made)).toBe(`${visible(text)} ${shown} \\u001b[1m`)
    }
  })
})

test('a message is cut to 500 characters, of which the last ones are shown', () => {
  every((text) => {
    expect(messageText(text.repeat(20)).length).toBeLessThanOrEqual(520)
  })
  const long = `start ${'x'.repeat(5000)} why`
  expect(messageText(long)).toMatch(/^start x+ … x+ why$/)
  expect(messageText(long)).toHaveLength(500)
})

test('a shell reads one word, the text itself', () => {
  const words: string[] = []
  every((text) => {
    words.push(text.replaceAll('\0', ''))
  })
  const wellFormed = (text: string) => Buffer.from(text).toString()
  expect(shellWords(words.map(quoted).join(' '))).toEqual(words.map(wellFormed))
})

test('Markdown shows it: no element, no span of code, no cell begins in it', () => {
  every((text) => {
    const unescaped = markdown(text).replace(/\\[\\`|]/g, ' ')
    expect(unescaped).not.toMatch(/[`|]|<[a-z/!?]/i)
    const [, , row] = markdownTable(['a', 'b'], [[text, 'end']]).split('\n')
    expect(row.replace(/\\[\\`|]/g, ' ').match(/\|/g)).toHaveLength(3)
    const inside = /^`([^`]*)`$/.exec(code(text))?.[1] ?? /^<code>([^<`|]*)<\/code>$/.exec(code(text))?.[1]
    expect(inside).toBeDefined()
  })
})

test('JSON is the same document, in a script element and on a terminal', () => {
  every((text) => {
    const value = { text, list: [text] }
    expect(JSON.parse(scriptJson(value))).toEqual(value)
    expect(scriptJson(value)).not.toContain('<')
    const shown = visibleJson(JSON.stringify(value, null, 2))
    expect(JSON.parse(shown)).toEqual(value)
    expect(shown.replaceAll('\n', '')).not.toMatch(HIDDEN)
  })
})

test('a runner of GitHub reads the workflow command as it was meant', () => {
  const decoded = (text: string) => text.replaceAll('%0A', '\n').replaceAll('%25', '%')
  every((text) => {
    const line = workflowCommand('error', { title: text, file: 'a' }, text)
    const [, title, message] = /^::error title=([^:,]*),file=a::(.*)$/.exec(line)!
    expect(decoded(message)).toBe(visibleLines(text))
    expect(decoded(title.replaceAll('%3A', ':').replaceAll('%2C', ','))).toBe(visibleLines(text))
  })
})
