/** Exponents of y ∝ x^e, both ways a curve can be read: over all of it, and from one point to the next. */

/**
 * Least squares of ln y in ln x. Unlike the laws of src/scaling it takes a y that grows, and says nothing of a floor.
 * @throws RangeError for fewer than two different x, or numbers that are not positive
 */
export function exponent(x: readonly number[], y: readonly number[]): number {
  if (![...x, ...y].every((value) => value > 0)) throw new RangeError('An exponent needs positive numbers.');
  const logX = x.map(Math.log);
  const logY = y.map(Math.log);
  const middle = logX.reduce((sum, value) => sum + value, 0) / logX.length;
  const spread = logX.reduce((sum, value) => sum + (value - middle) ** 2, 0);
  if (!(spread > 0)) throw new RangeError('An exponent needs two different sizes.');
  return logX.reduce((sum, value, i) => sum + (value - middle) * logY[i]!, 0) / spread;
}

/** The exponent from each point to the next: one fewer than there are points. */
export function localExponents(x: readonly number[], y: readonly number[]): number[] {
  return x.slice(1).map((_, i) => exponent(x.slice(i, i + 2), y.slice(i, i + 2)));
}
