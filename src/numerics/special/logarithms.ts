export { default as gammaln } from '@stdlib/math-base-special-gammaln'
export { default as ln } from '@stdlib/math-base-special-ln'
