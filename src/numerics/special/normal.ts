// Special functions, one to a name. Those of @stdlib come in several hundred files, a fifth of a second to load: the
// build makes one of each file here.
export { default as normalCdf } from '@stdlib/stats-base-dists-normal-cdf'
export { default as normalLogCdf } from '@stdlib/stats-base-dists-normal-logcdf'
export { default as normalQuantile } from '@stdlib/stats-base-dists-normal-quantile'
