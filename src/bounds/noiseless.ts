/** A variance of the noise below this is no noise: to the passing of messages, to its kernel, and to its laws. */
export const NOISELESS = 1e-12
