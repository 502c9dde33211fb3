// Special functions, one to a name. Those of @stdlib come in several hundred files, a fifth of a second to load: the
// build makes this one of them.
export { default as betainc } from '@stdlib/math-base-special-betainc'
export { default as betaincinv } from '@stdlib/math-base-special-betaincinv'
export { default as betaln } from '@stdlib/math-base-special-betaln'
export { default as gammaln } from '@stdlib/math-base-special-gammaln'
export { default as ln } from '@stdlib/math-base-special-ln'
export { default as normalCdf } from '@stdlib/stats-base-dists-normal-cdf'
export { default as normalLogCdf } from '@stdlib/stats-base-dists-normal-logcdf'
export { default as normalQuantile } from '@stdlib/stats-base-dists-normal-quantile'
export { default as tQuantile } from '@stdlib/stats-base-dists-t-quantile'
