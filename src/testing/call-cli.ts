import { vi } from 'vitest'
import { run } from '../cli/run.js'

/** What a call of the command line, in this process, printed, and its exit code. */
export async function callCli(...args: string[]) {
  const caught = { status: 0, stdout: '', stderr: '' }
  const catching = (name: 'stdout' | 'stderr') =>
    vi.spyOn(process[name], 'write').mockImplementation((text) => {
      caught[name] += text
      return true
    })
  const spies = [catching('stdout'), catching('stderr')]
  try {
    await run(args)
    return { ...caught, status: Number(process.exitCode ?? 0) }
  } finally {
    for (const spy of spies) spy.mockRestore()
    process.exitCode = undefined
  }
}
