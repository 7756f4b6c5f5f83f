// Gradient of layer normalisation with respect to its input.
//
//   dx = ρ · (g − mean of g − x̂ · mean of (g ⊙ x̂)),   g = dy ⊙ gain,   x̂ = (x − μ) · ρ
//
//   dy     [R, ROWS, C]
//   x      [R, ROWS, C]
//   stats  [R, ROWS, 2]   μ and ρ of the forward pass
//   gain   [R, C]
//   dx     [R, ROWS, C]  = or, if ACCUMULATES, +=
//
// Workgroup: ROWS_PER_GROUP rows, LANES threads each (row_reduce.wgsl). Grid: (⌈ROWS / ROWS_PER_GROUP⌉, 1, R).

@group(0) @binding(0) var<storage, read> dy: array<f32>;
@group(0) @binding(1) var<storage, read> x: array<f32>;
@group(0) @binding(2) var<storage, read> stats: array<vec2f>;
@group(0) @binding(3) var<storage, read> gain: array<f32>;
@group(0) @binding(4) var<storage, read_write> dx: array<f32>;

@compute @workgroup_size(LANES * ROWS_PER_GROUP)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) thread: u32) {
  let r = group.z;
  let row = group.x * ROWS_PER_GROUP + thread / LANES;
  let lane = thread % LANES;
  let columns = select(C, 0u, arrayLength(&x) == 0u); // C, but the compiler, which would write the loops out, does not know it
  let readable = min(row, ROWS - 1u);
  let dy0 = r * DY_STRIDE + readable * C;
  let x0 = r * X_STRIDE + readable * C;
  let mean = stats[r * (STATS_STRIDE / 2u) + readable].x;
  let rstd = stats[r * (STATS_STRIDE / 2u) + readable].y;

  var sums: vec2f; // Σ g, Σ g x̂
  for (var c = lane; c < columns; c += LANES) {
    let g = dy[dy0 + c] * gain[r * GAIN_STRIDE + c];
    sums += vec2f(g, g * (x[x0 + c] - mean) * rstd);
  }
  let means = row_sum(thread, vec4f(sums, 0f, 0f)).xy / f32(C);

  if (row >= ROWS) { return; }
  for (var c = lane; c < columns; c += LANES) {
    let g = dy[dy0 + c] * gain[r * GAIN_STRIDE + c];
    let normalised = (x[x0 + c] - mean) * rstd;
    let gradient = rstd * (g - means.x - normalised * means.y);
    let i = r * DX_STRIDE + row * C + c;
    if (ACCUMULATES) {
      dx[i] += gradient;
    } else {
      dx[i] = gradient;
    }
  }
}
