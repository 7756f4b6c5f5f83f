// Layer normalisation of each row                                    Ba, Kiros, Hinton, arXiv 1607.06450
//
//   y = (x − μ) · ρ · gain + bias,   μ = mean of x,   ρ = 1 / √(mean of (x − μ)² + EPSILON)
//
//   x      [R, ROWS, C]
//   gain   [R, C]
//   bias   [R, C]
//   y      [R, ROWS, C]  =
//   stats  [R, ROWS, 2]  =   μ and ρ, for the backward pass
//
// Workgroup: ROWS_PER_GROUP rows, LANES threads each (row_reduce.wgsl). Grid: (⌈ROWS / ROWS_PER_GROUP⌉, 1, R).

@group(0) @binding(0) var<storage, read> x: array<f32>;
@group(0) @binding(1) var<storage, read> gain: array<f32>;
@group(0) @binding(2) var<storage, read> bias: array<f32>;
@group(0) @binding(3) var<storage, read_write> y: array<f32>;
@group(0) @binding(4) var<storage, read_write> stats: array<vec2f>;

@compute @workgroup_size(LANES * ROWS_PER_GROUP)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) thread: u32) {
  let r = group.z;
  let row = group.x * ROWS_PER_GROUP + thread / LANES;
  let lane = thread % LANES;
  let columns = select(C, 0u, arrayLength(&x) == 0u); // C, but the compiler, which would write the loops out, does not know it
  let x0 = r * X_STRIDE + min(row, ROWS - 1u) * C;

  var sum = 0f;
  for (var c = lane; c < columns; c += LANES) { sum += x[x0 + c]; }
  let mean = row_sum(thread, vec4f(sum)).x / f32(C);

  // Over the deviations, not as E[x²] − μ²: that cancels where the mean is large.
  var squares = 0f;
  for (var c = lane; c < columns; c += LANES) {
    let deviation = x[x0 + c] - mean;
    squares += deviation * deviation;
  }
  let rstd = inverseSqrt(row_sum(thread, vec4f(squares)).x / f32(C) + EPSILON);

  if (row >= ROWS) { return; }
  if (lane == 0u) { stats[r * (STATS_STRIDE / 2u) + row] = vec2f(mean, rstd); }
  for (var c = lane; c < columns; c += LANES) {
    y[r * Y_STRIDE + row * C + c] =
      (x[x0 + c] - mean) * rstd * gain[r * GAIN_STRIDE + c] + bias[r * BIAS_STRIDE + c];
  }
}
