/** Stripes in attention: how much of it lies a fixed number of places back. */

export interface Stripe {
  /** how many places back it lies */
  offset: number;
  /** it lies there again so many places further back, as often as there is room; nothing where there is one stripe */
  every?: number;
  /** positions before this do not count */
  first: number;
  /** nor do those from this on; nothing where all do */
  end?: number;
}

/**
 * The mean share of the attention that lies on a stripe.
 * @param shares [T · T], row = the position that looks
 */
export function stripeShare(
  shares: ArrayLike<number>,
  length: number,
  { offset, every = length, first, end = length }: Stripe,
): number {
  let sum = 0;
  const start = Math.max(first, offset);
  for (let t = start; t < end; t++) {
    for (let u = t - offset; u >= 0; u -= every) sum += shares[t * length + u]!;
  }
  return sum / (end - start);
}

/** The head whose attention lies there most. @param heads of one layer */
export function strongestHead(heads: readonly ArrayLike<number>[], length: number, stripe: Stripe): number {
  const shares = heads.map((shares) => stripeShare(shares, length, stripe));
  return shares.indexOf(Math.max(...shares));
}
