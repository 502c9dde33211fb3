import { figure2 } from './figure-2.js'
import { figure3 } from './figure-3.js'
import { figure4 } from './figure-4.js'
import { figure5 } from './figure-5.js'
import { figure6 } from './figure-6.js'
import type { FigureMaker } from './figure-maker.js'
import { limits } from './limits.js'
import { readable } from './readable.js'
import { recallPrice } from './recall-price.js'
import { visibleAmplitudes } from './visible.js'

/** Every figure, in the order of the help. */
export const figures: readonly FigureMaker[] = [
  figure2,
  figure3,
  figure4,
  figure5,
  figure6,
  limits,
  visibleAmplitudes,
  readable,
  recallPrice,
]
