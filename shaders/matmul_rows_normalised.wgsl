// The rows of A are normalised as they are loaded (layernorm_forward.wgsl), and kept for the backward pass.
//
//   A'[m, k] = (A[m, k] − μ_m) · ρ_m · gain[k] + bias[k],   μ mean of the row,   ρ = 1 / √(mean of (A − μ)² + EPSILON)
//
//   norm        [R, …]      gain [K] and, NORM_BIAS elements behind it, bias [K]
//   normalised  [R, M, K]  =  A', by the workgroups of the first columns
//   stats       [R, M, 2]  =  μ and ρ, by the same
//
// Two threads share a row's sums. A as in matmul_access_vec4.wgsl, not transposed.

@group(0) @binding(6) var<storage, read> norm: array<vec4f>;
@group(0) @binding(7) var<storage, read_write> normalised: array<vec4f>;
@group(0) @binding(8) var<storage, read_write> stats: array<vec2f>;

var<workgroup> row_stats: array<vec2f, TILE_M>;
var<workgroup> halves: array<f32, 2u * TILE_M>;

// Finds μ and ρ of the tile's rows. Every thread of the workgroup must call it.
fn prepare_rows(r: u32, m0: u32, index: u32, writes: bool) {
  let m = m0 + index / 2u;
  let row = r * (A_STRIDE / 4u) + min(m, M - 1u) * (K / 4u);
  var sum = 0f;
  for (var k = index % 2u; k < K / 4u; k += 2u) { sum += dot(A[row + k], vec4f(1f)); }
  let mean = both_halves(index, sum) / f32(K);
  var squares = 0f;
  for (var k = index % 2u; k < K / 4u; k += 2u) {
    let deviation = A[row + k] - mean;
    squares += dot(deviation, deviation);
  }
  let rstd = inverseSqrt(both_halves(index, squares) / f32(K) + EPSILON);
  if (index % 2u == 0u) {
    row_stats[index / 2u] = vec2f(mean, rstd);
    if (writes && m < M) { stats[r * M + m] = vec2f(mean, rstd); }
  }
  workgroupBarrier();
}

fn both_halves(index: u32, half: f32) -> f32 {
  halves[index] = half;
  workgroupBarrier();
  let sum = halves[index] + halves[index ^ 1u];
  workgroupBarrier();
  return sum;
}

// Columns k..k+3 of A' from those of A; rows m0 + 4 · block and the next three.
fn prepared(a: mat4x4f, r: u32, m0: u32, block: u32, k: u32, writes: bool) -> mat4x4f {
  let at = (r * NORM_STRIDE + min(k, K_LAST)) / 4u;
  let gain = norm[at];
  let shift = norm[at + NORM_BIAS / 4u];
  var mean: vec4f;
  var rstd: vec4f;
  for (var i = 0u; i < 4u; i++) {
    mean[i] = row_stats[4u * block + i].x;
    rstd[i] = row_stats[4u * block + i].y;
  }
  var out: mat4x4f;
  for (var c = 0u; c < 4u; c++) { out[c] = (a[c] - mean) * rstd * gain[c] + shift[c]; }
  if (writes && k < K) {
    let rows = transpose(out);
    for (var i = 0u; i < 4u; i++) {
      let m = m0 + 4u * block + i;
      if (m < M) { normalised[(r * M + m) * (K / 4u) + k / 4u] = rows[i]; }
    }
  }
  return out;
}
