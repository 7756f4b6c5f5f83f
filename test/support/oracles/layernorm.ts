/** Layer normalisation in float64. */
import * as reference from '../../../src/cpu/layernorm.ts';

type Numbers = ArrayLike<number>;

/** x [rows, C], gain and bias [C] → y [rows, C] and stats [rows, 2] (mean, 1/σ). */
export function layernorm(x: Numbers, gain: Numbers, bias: Numbers, epsilon = 1e-5) {
  const y = new Float64Array(x.length);
  const stats = new Float64Array((2 * x.length) / gain.length);
  const [xs, gains, biases] = [x, gain, bias].map((values) => Float64Array.from(values));
  reference.layernorm(xs!, gains!, biases!, y, stats, epsilon);
  return { y, stats };
}

/** Gradients of Σ y ⊙ dy. */
export function layernormBackward(dy: Numbers, x: Numbers, gain: Numbers, epsilon = 1e-5) {
  const { stats } = layernorm(x, gain, gain, epsilon);
  const dx = new Float64Array(x.length);
  const dgain = new Float64Array(gain.length);
  const dbias = new Float64Array(gain.length);
  const [dys, xs, gains] = [dy, x, gain].map((values) => Float64Array.from(values));
  reference.layernormBackward(dys!, xs!, stats, gains!, dx, false);
  reference.layernormBackwardParameters(dys!, xs!, stats, dgain, dbias, false);
  return { dx, dgain, dbias };
}
