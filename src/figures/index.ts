export type { Curve, Figure, HeatMap, Layer, Panel } from '../results/figure.js'
export { auditFigure } from './audit.js'
export { capacityFigure } from './capacity.js'
export { figureSvg, writeFigure } from './write.js'
