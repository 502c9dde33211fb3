import { packageVersion } from '../../io/package-version.js'
import { kernelName } from '../../kernels/signs.js'

/** What computes the trials beside the decoder itself. */
export interface Engine {
  /** Version of this package. */
  readonly package: string
  readonly node: string
  readonly v8: string
  readonly architecture: string
  readonly kernel: string
}

/** The engine of this process. */
export function thisEngine(): Engine {
  const { node, v8 } = process.versions
  return { package: packageVersion(), node, v8, architecture: process.arch, kernel: kernelName() }
}

/** What differs between two engines, in a phrase; undefined when nothing does. */
export function engineDifference(recorded: Engine, present: Engine): string | undefined {
  const keys = Object.keys(recorded) as (keyof Engine)[]
  const differing = keys.filter((key) => recorded[key] !== present[key])
  if (differing.length === 0) return undefined
  return differing.map((key) => `${key} ${recorded[key]} then, ${present[key]} now`).join('; ')
}
