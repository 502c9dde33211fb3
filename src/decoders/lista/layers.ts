import type { ListaLayer } from './layer.js'

/** Learned by `npm run train-lista` (training.ts says on what): 20 layers. */
export const layers: readonly ListaLayer[] = [
  { step: 1.1946, threshold: 1.3638, keep: 2.3333 },
  { step: 0.4975, threshold: 0.4463, keep: 1.9283 },
  { step: 0.3256, threshold: 0.2993, keep: 2.4542 },
  { step: 0.6307, threshold: 0.6614, keep: 1.8592 },
  { step: 0.3849, threshold: 0.3986, keep: 2.4846 },
  { step: 0.6774, threshold: 0.7015, keep: 2.9815 },
  { step: 0.5269, threshold: 0.586, keep: 3.4784 },
  { step: 0.6097, threshold: 0.7032, keep: 2.0705 },
  { step: 0.5323, threshold: 0.6446, keep: 2.4156 },
  { step: 0.6831, threshold: 0.8272, keep: 1.898 },
  { step: 0.5855, threshold: 0.752, keep: 2.2776 },
  { step: 0.7729, threshold: 0.9926, keep: 2.9229 },
  { step: 0.5061, threshold: 0.642, keep: 2.0878 },
  { step: 0.7794, threshold: 0.8988, keep: 2.9229 },
  { step: 0.4598, threshold: 0.5567, keep: 2.3198 },
  { step: 0.8261, threshold: 1.0002, keep: 2.2554 },
  { step: 0.4917, threshold: 0.8335, keep: 1.611 },
  { step: 1.2728, threshold: 1.776, keep: 1.9332 },
  { step: 0.5635, threshold: 0.9885, keep: 1.9332 },
  { step: 1.1742, threshold: 1.4012, keep: 1.9332 },
]
