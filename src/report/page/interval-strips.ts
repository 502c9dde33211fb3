import { h } from './dom.js'

/** Intervals as bars on one common axis, an element each; undefined where there is none. */
export function intervalStrips(
  intervals: readonly (readonly [number, number] | undefined)[],
  marks: readonly number[] = [],
): (HTMLElement | undefined)[] {
  const ends = [...intervals.flatMap((interval) => interval ?? []), ...marks]
  const low = Math.min(...ends)
  const span = Math.max(...ends) - low || 1
  const percent = (x: number) => `${((100 * (x - low)) / span).toFixed(2)}%`
  return intervals.map(
    (interval) =>
      interval &&
      h(
        'span',
        { class: 'strip', 'aria-hidden': 'true' },
        marks.map((mark) => h('i', { class: 'mark', style: `left:${percent(mark)}` })),
        h('i', {
          class: 'bar',
          style: `left:${percent(interval[0])};width:${((100 * (interval[1] - interval[0])) / span).toFixed(2)}%`,
        }),
      ),
  )
}
