import { accessSync } from 'node:fs'

/** Whether a path may be used so, a mode of `fs.constants`. */
export function accessible(path: string, mode: number): boolean {
  try {
    accessSync(path, mode)
    return true
  } catch {
    return false
  }
}
