export { default as betainc } from '@stdlib/math-base-special-betainc'
export { default as betaincinv } from '@stdlib/math-base-special-betaincinv'
export { default as betaln } from '@stdlib/math-base-special-betaln'
export { default as tQuantile } from '@stdlib/stats-base-dists-t-quantile'
