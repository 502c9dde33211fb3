#!/usr/bin/env node
import { fileError } from '../io/file-error.js'
import { InputError } from '../io/input-error.js'
import { reportError, run } from './run.js'

const end = (error: unknown) => {
  reportError(error)
  process.exit()
}
// A reader that has read enough, as `head` does, is no error; a full disk is one.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') end(new InputError(`cannot write to standard output: ${fileError(error)}`))
})
// What goes to standard error decides nothing.
process.stderr.on('error', () => {})
process.on('uncaughtException', end)

let ended = false
process.on('beforeExit', () => {
  if (!ended) end(new Error('it waits for what will never come'))
})

await run(process.argv.slice(2))
ended = true
