/** Comparators in which NaN fails. */

/** ‖actual − expected‖ / ‖expected‖ in L2, or the absolute norm where expected is 0. NaN stays NaN. */
export function relativeError(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  if (actual.length !== expected.length) {
    throw new RangeError(`${actual.length} values were compared with ${expected.length}.`);
  }
  let difference = 0;
  let norm = 0;
  for (let i = 0; i < expected.length; i++) {
    difference += (actual[i]! - expected[i]!) ** 2;
    norm += expected[i]! ** 2;
  }
  return Math.sqrt(norm > 0 ? difference / norm : difference);
}

/** Throws unless the relative L2 error is within tolerance; written so that NaN throws. */
export function expectClose(
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
  tolerance: number,
  what = 'values',
): void {
  const error = relativeError(actual, expected);
  if (!(error <= tolerance)) {
    throw new Error(
      `${what}: relative error ${error.toExponential(2)} exceeds ${tolerance.toExponential(0)}`,
    );
  }
}
