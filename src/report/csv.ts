import type { Figure, Interval, Layer } from '../results/figure.js'

/**
 * A figure's numbers, one a line: the columns are panel, layer, x, y, value, low, high and trials;
 * low and high are empty where exact, trials for a curve.
 */
export function figureCsv({ panels }: Figure): string {
  const lines = panels.flatMap((panel) =>
    panel.layers.flatMap((layer) =>
      rows(layer).map((row) => [quoted(panel.title), quoted(layer.name), ...row].join(',')),
    ),
  )
  return ['panel,layer,x,y,value,low,high,trials', ...lines, ''].join('\n')
}

/** x, y, value, low, high, trials: of a curve, y is the value. */
function rows(layer: Layer): (number | string)[][] {
  if (layer.kind === 'curve') {
    return layer.points.map(({ x, y, interval }) => [x, '', y, ...ends(interval), ''])
  }
  return layer.x.flatMap((x, i) =>
    layer.y.map((y, j) => [x, y, layer.values[i][j], ...ends(layer.intervals[i][j]), layer.trials[i][j]]),
  )
}

const ends = (interval: Interval | undefined): readonly (number | string)[] => interval ?? ['', '']

const quoted = (text: string): string => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
