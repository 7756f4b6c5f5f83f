/** Layer normalisation in float64, as plain as its definition. */

type Numbers = ArrayLike<number>;

/** x [rows, C], gain and bias [C] → y [rows, C] and stats [rows, 2] (mean, 1/σ). */
export function layernorm(x: Numbers, gain: Numbers, bias: Numbers, epsilon = 1e-5) {
  const columns = gain.length;
  const rows = x.length / columns;
  const y = new Float64Array(x.length);
  const stats = new Float64Array(rows * 2);
  for (let row = 0; row < rows; row++) {
    let mean = 0;
    for (let c = 0; c < columns; c++) mean += x[row * columns + c]! / columns;
    let variance = 0;
    for (let c = 0; c < columns; c++) variance += (x[row * columns + c]! - mean) ** 2 / columns;
    const rstd = 1 / Math.sqrt(variance + epsilon);
    for (let c = 0; c < columns; c++) {
      y[row * columns + c] = (x[row * columns + c]! - mean) * rstd * gain[c]! + bias[c]!;
    }
    stats.set([mean, rstd], row * 2);
  }
  return { y, stats };
}

/** Gradients of Σ y ⊙ dy. */
export function layernormBackward(dy: Numbers, x: Numbers, gain: Numbers, epsilon = 1e-5) {
  const columns = gain.length;
  const rows = x.length / columns;
  const { stats } = layernorm(x, gain, gain, epsilon);
  const dx = new Float64Array(x.length);
  const dgain = new Float64Array(columns);
  const dbias = new Float64Array(columns);
  for (let row = 0; row < rows; row++) {
    const at = (c: number) => row * columns + c;
    const normalised = (c: number) => (x[at(c)]! - stats[row * 2]!) * stats[row * 2 + 1]!;
    let meanOfG = 0;
    let meanOfGX = 0;
    for (let c = 0; c < columns; c++) {
      meanOfG += (dy[at(c)]! * gain[c]!) / columns;
      meanOfGX += (dy[at(c)]! * gain[c]! * normalised(c)) / columns;
      dgain[c]! += dy[at(c)]! * normalised(c);
      dbias[c]! += dy[at(c)]!;
    }
    for (let c = 0; c < columns; c++) {
      dx[at(c)] = stats[row * 2 + 1]! * (dy[at(c)]! * gain[c]! - meanOfG - normalised(c) * meanOfGX);
    }
  }
  return { dx, dgain, dbias };
}
