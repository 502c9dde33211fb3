export type { Decoder, Dictionary, Problem } from './codes/problem.js'
