import { spawnSync } from 'node:child_process'

/** Whether this Python imports these modules. */
export const imports = (python: string, modules: string): boolean =>
  spawnSync(python, ['-c', `import ${modules}`], { stdio: 'ignore' }).status === 0

/**
 * A Python that has numpy; undefined, said in one line, where there is none. In CI there must be one: throws otherwise.
 */
export function findPython(): string | undefined {
  const python = ['/usr/bin/python3', 'python3'].find((one) => imports(one, 'numpy'))
  if (python === undefined) missing('no python3 with numpy')
  return python
}

/** Say what is not there, and so not tested. Throws in CI. */
export function missing(what: string): void {
  if (process.env.CI === 'true') throw new Error(`${what}: .ci/run must install it`)
  process.stderr.write(`not tested here: there is ${what}\n`)
}
