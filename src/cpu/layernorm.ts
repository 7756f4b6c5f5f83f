/** Layer normalisation of each row (shaders/layernorm_forward.wgsl, layernorm_backward.wgsl, …_parameters.wgsl). */
import type { Floats } from './arrays.ts';

/**
 * y = (x − μ) · ρ · gain + bias,   μ = mean of x,   ρ = 1 / √(mean of (x − μ)² + ε)
 *
 * @param x [rows, C]
 * @param gain [C]
 * @param bias [C]
 * @param y [rows, C]
 * @param stats [rows, 2]: μ and ρ
 */
export function layernorm(
  x: Floats,
  gain: Floats,
  bias: Floats,
  y: Floats,
  stats: Floats,
  epsilon: number,
): void {
  const columns = gain.length;
  for (let row = 0, start = 0; start < y.length; row++, start += columns) {
    let sum = 0;
    for (let c = 0; c < columns; c++) sum += x[start + c]!;
    const mean = sum / columns;
    let squares = 0;
    for (let c = 0; c < columns; c++) squares += (x[start + c]! - mean) * (x[start + c]! - mean);
    const rstd = 1 / Math.sqrt(squares / columns + epsilon);
    stats[2 * row] = mean;
    stats[2 * row + 1] = rstd;
    for (let c = 0; c < columns; c++) {
      y[start + c] = (x[start + c]! - mean) * rstd * gain[c]! + bias[c]!;
    }
  }
}

/**
 * dx = ρ · (g − mean of g − x̂ · mean of (g ⊙ x̂)),   g = dy ⊙ gain,   x̂ = (x − μ) · ρ
 *
 * @param dx [rows, C] = or, if `accumulate`, +=
 */
export function layernormBackward(
  dy: Floats,
  x: Floats,
  stats: Floats,
  gain: Floats,
  dx: Floats,
  accumulate: boolean,
): void {
  const columns = gain.length;
  for (let row = 0, start = 0; start < dx.length; row++, start += columns) {
    const mean = stats[2 * row]!;
    const rstd = stats[2 * row + 1]!;
    let sum = 0;
    let sumOfProducts = 0;
    for (let c = 0; c < columns; c++) {
      const g = dy[start + c]! * gain[c]!;
      sum += g;
      sumOfProducts += g * (x[start + c]! - mean) * rstd;
    }
    const meanOfG = sum / columns;
    const meanOfProducts = sumOfProducts / columns;
    for (let c = 0; c < columns; c++) {
      const normalised = (x[start + c]! - mean) * rstd;
      const gradient = rstd * (dy[start + c]! * gain[c]! - meanOfG - normalised * meanOfProducts);
      dx[start + c] = accumulate ? dx[start + c]! + gradient : gradient;
    }
  }
}

/**
 * dgain[c] = Σ_rows dy · x̂,   dbias[c] = Σ_rows dy,   x̂ = (x − μ) · ρ
 *
 * @param dgain [C] = or, if `accumulate`, +=; likewise dbias
 */
export function layernormBackwardParameters(
  dy: Floats,
  x: Floats,
  stats: Floats,
  dgain: Floats,
  dbias: Floats,
  accumulate: boolean,
): void {
  const columns = dgain.length;
  const gains = accumulate ? Float64Array.from(dgain) : new Float64Array(columns);
  const biases = accumulate ? Float64Array.from(dbias) : new Float64Array(columns);
  for (let row = 0, start = 0; start < dy.length; row++, start += columns) {
    const mean = stats[2 * row]!;
    const rstd = stats[2 * row + 1]!;
    for (let c = 0; c < columns; c++) {
      gains[c]! += dy[start + c]! * (x[start + c]! - mean) * rstd;
      biases[c]! += dy[start + c]!;
    }
  }
  dgain.set(gains);
  dbias.set(biases);
}
