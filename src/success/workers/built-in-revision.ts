import { packageVersion } from '../../io/package-version.js'
import { kernelRevision } from '../../kernels/signs.js'
import type { Ties } from '../trials/sampler.js'

/**
 * The revision of every built-in decoder: this package's version and its kernels', and the convention of ties where
 * it is not the usual one.
 */
export const builtInRevision = (ties?: Ties): string =>
  `${packageVersion()} ${kernelRevision()}${ties === 'strict' ? ' strict ties' : ''}`
