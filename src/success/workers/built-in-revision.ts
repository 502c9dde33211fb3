import { packageVersion } from '../../io/package-version.js'
import { kernelRevision } from '../../kernels/signs.js'

/** The revision of every built-in decoder: this package's version and its kernels'. */
export const builtInRevision = (): string => `${packageVersion()} ${kernelRevision()}`
