import { expect, test } from 'vitest'
import { queueAddress } from './address.js'

test('an address has host, port, user and password, and is shown without them', () => {
  expect(queueAddress('rediss://me:p%40ss@host:7000/3')).toEqual({
    host: 'host',
    port: 7000,
    tls: true,
    username: 'me',
    password: 'p@ss',
    db: 3,
    shown: 'rediss://host:7000/3',
  })
  expect(queueAddress('redis://[::1]').host).toBe('::1')
  expect(queueAddress('redis://host').shown).toBe('redis://host:6379')
})

test.each([
  '',
  'host:6379',
  'http://a:secret@host',
  'redis://a:secret@',
  'redis://a:secret@h/x',
  'redis://:secret%@h',
  'redis://a:secret@h?x=1',
])('%j is refused in one line that repeats nothing of it', (url) => {
  const refusal = () => queueAddress(url)
  expect(refusal).toThrow(/the queue's address/)
  expect(refusal).not.toThrow(/secret|\n/)
})
