import { closeSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { makeFolder } from './folder.js'
import { cannotWrite, draftBeside, writeTarget } from './write-atomic.js'

/**
 * See that these files can be written, before the work whose results they are to hold: a draft is made beside each,
 * and removed. Throws InputError, in one line, for the first that cannot; no file is changed.
 */
export function requireWritable(...paths: readonly string[]): void {
  for (const path of paths) {
    try {
      const target = writeTarget(path)
      if (target.kind === 'file') tryDraft(draftBeside(target.path))
      else if (target.kind === 'device') tryDevice(target.path)
    } catch (error) {
      throw cannotWrite(path, error)
    }
  }
}

/**
 * Make a folder where it is missing, and see that these files can be written in it. Throws InputError where that
 * cannot be.
 */
export function requireFolder(folder: string, names: readonly string[]): void {
  makeFolder(folder)
  requireWritable(...names.map((name) => join(folder, name)))
}

function tryDraft(draft: string): void {
  try {
    writeFileSync(draft, '\n', { flush: true, flag: 'wx' })
  } finally {
    rmSync(draft, { force: true })
  }
}

/** Nothing is written; a full device refuses even that. */
function tryDevice(path: string): void {
  const file = openSync(path, 'w')
  try {
    writeSync(file, new Uint8Array(0))
  } finally {
    closeSync(file)
  }
}
