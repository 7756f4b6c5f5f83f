/**
 * Where the loss on the backoff language (64 symbols, world 1) pauses: the least loss, in nats, of a model that
 * sees only the last 0, 1 or 2 symbols, by context length. A test compares them with the exact computation.
 */
export const PLATEAUS: Readonly<Record<number, readonly [number, number, number]>> = {
  16: [3.2926, 2.8535, 2.2367],
  32: [3.296, 2.8987, 2.2752],
  64: [3.2961, 2.9181, 2.2925],
  128: [3.2957, 2.9266, 2.3004],
};
