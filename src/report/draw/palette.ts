import type { Curve, Ink } from '../../results/figure.js'

/** Mid tones, to be seen on white and on black. */
export const inks: Readonly<Record<Ink, string>> = {
  ink: 'currentColor',
  brick: '#c4483c',
  ochre: '#c98a12',
  teal: '#1f8a85',
  violet: '#8a63c9',
  blue: '#3d7fc4',
  rose: '#d4609a',
  cyan: '#3fd0c9',
  grey: '#8a8880',
}

export const dashes = { dashed: '6 4', dotted: '1.5 3.5' } as const

/** Of a line, in pixels; on a map below. */
const widths: Readonly<Record<Curve['role'], number>> = { measured: 2.2, rule: 2, law: 1.4, bound: 1.4 }
const mapWidths: Readonly<Record<Curve['role'], number>> = { measured: 3, rule: 2, law: 1.1, bound: 1.4 }

/** Colours from failure to success. */
export const ramp = ['#26304f', '#4f6791', '#92a9c6', '#cfdbe6', '#f6f4ec']

/** On a map, whose ground is the same on any page. */
const MAP_INK = '#15161a'
/** Around a line on a map. */
export const HALO = '#ffffff'

/** A curve's colour, on a map or off it. */
export const strokeOf = ({ ink }: Curve, onMap: boolean): string =>
  onMap && ink === 'ink' ? MAP_INK : inks[ink]

export const widthOf = ({ role }: Curve, onMap: boolean): number => (onMap ? mapWidths : widths)[role]

/** Of a rate between 0 and 1. */
export function rampColour(value: number): string {
  const at = value * (ramp.length - 1)
  const i = Math.min(ramp.length - 2, Math.floor(at))
  const channel = (colour: string, c: number) => Number.parseInt(colour.slice(1 + 2 * c, 3 + 2 * c), 16)
  const mixed = [0, 1, 2].map((c) => {
    const [a, b] = [channel(ramp[i], c), channel(ramp[i + 1], c)]
    return Math.round(a + (at - i) * (b - a))
      .toString(16)
      .padStart(2, '0')
  })
  return `#${mixed.join('')}`
}
