/** Around the plotted part of a panel, in pixels. */
export const MARGIN = { left: 58, right: 14, top: 26, bottom: 42 }
/** Of a character of a label, at most. */
export const CHARACTER = 6
