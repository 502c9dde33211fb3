/**
 * The last point found on the far side of a boundary: `holds` is true from `inside` up to one switch and
 * false from there to `outside`. Returns a point where it is false (or `outside`), within `tolerance` of the
 * switch.
 */
export function bisectOutward(
  inside: number,
  outside: number,
  holds: (x: number) => boolean,
  tolerance = 0,
): number {
  let near = inside
  let far = outside
  while (Math.abs(far - near) > tolerance) {
    const middle = near + (far - near) / 2
    if (middle === near || middle === far) break
    if (holds(middle)) near = middle
    else far = middle
  }
  return far
}

/**
 * The smallest integer in (low, high] where `holds`, false up to one switch and true from there on; `high` if
 * nowhere below.
 */
export function firstInteger(low: number, high: number, holds: (n: number) => boolean): number {
  let no = low
  let yes = high
  while (yes - no > 1) {
    const middle = no + Math.floor((yes - no) / 2)
    if (holds(middle)) yes = middle
    else no = middle
  }
  return yes
}
