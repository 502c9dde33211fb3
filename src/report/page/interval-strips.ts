import { h } from './dom.js'

/** Intervals as bars on one common axis, linear or another, an element each; undefined where there is none. */
export function intervalStrips(
  intervals: readonly (readonly [number, number] | undefined)[],
  marks: readonly number[] = [],
  axis: (x: number) => number = (x) => x,
): (HTMLElement | undefined)[] {
  const ends = [...intervals.flatMap((interval) => interval ?? []), ...marks].map(axis)
  const low = Math.min(...ends)
  const span = Math.max(...ends) - low || 1
  const percent = (length: number) => `${((100 * length) / span).toFixed(2)}%`
  const left = (x: number) => `left:${percent(axis(x) - low)}`
  return intervals.map(
    (interval) =>
      interval &&
      h(
        'span',
        { class: 'strip', 'aria-hidden': 'true' },
        marks.map((mark) => h('i', { class: 'mark', style: left(mark) })),
        h('i', {
          class: 'bar',
          style: `${left(interval[0])};width:${percent(axis(interval[1]) - axis(interval[0]))}`,
        }),
      ),
  )
}
