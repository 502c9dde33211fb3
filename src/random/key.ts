/** Key of a counter-based generator: two unsigned 32-bit words. @since 0.1.0 */
export type Key = readonly [number, number]
