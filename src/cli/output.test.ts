import { expect, test } from 'vitest'
import { wantsColours } from './output.js'

test.each<[string, NodeJS.ProcessEnv, boolean, string[], boolean]>([
  ['a terminal', {}, true, [], true],
  ['a pipe', {}, false, [], false],
  ['FORCE_COLOR into a pipe', { FORCE_COLOR: '1' }, false, [], true],
  ['FORCE_COLOR without a value', { FORCE_COLOR: '' }, false, [], true],
  ['FORCE_COLOR=0 on a terminal', { FORCE_COLOR: '0' }, true, [], false],
  ['FORCE_COLOR over TERM=dumb', { FORCE_COLOR: '1', TERM: 'dumb' }, true, [], true],
  ['NO_COLOR on a terminal', { NO_COLOR: '1' }, true, [], false],
  ['NO_COLOR over FORCE_COLOR', { NO_COLOR: '1', FORCE_COLOR: '1' }, true, [], false],
  // https://no-color.org: when present and not an empty string.
  ['an empty NO_COLOR', { NO_COLOR: '' }, true, [], true],
  ['TERM=dumb on a terminal', { TERM: 'dumb' }, true, [], false],
  ['--no-color', { FORCE_COLOR: '1' }, true, ['plan', '--no-color'], false],
])('colours: %s', (_, env, isTTY, args, expected) => {
  expect(wantsColours(env, args, isTTY)).toBe(expected)
})
