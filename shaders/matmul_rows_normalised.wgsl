// The rows of A are normalised as they are loaded (layernorm_forward.wgsl), and kept for the backward pass.
//
//   A'[m, k] = (A[m, k] − μ_m) · ρ_m · gain[k] + bias[k],   μ mean of the row,   ρ = 1 / √(mean of (A − μ)² + EPSILON)
//
//   norm        [R, …]      gain [K] and, NORM_BIAS elements behind it, bias [K]
//   normalised  [R, M, K]  =  A', by the workgroups of the first columns
//   stats       [R, M, 2]  =  μ and ρ, by the same
//
// A row is summed in two halves, and once: of its deviations from its own first element, which is near enough to the mean
// that their squares lose little. A as in matmul_a_vec4.wgsl, not transposed.

@group(0) @binding(6) var<storage, read> norm: array<vec4f>;
@group(0) @binding(7) var<storage, read_write> normalised: array<vec4f>;
@group(0) @binding(8) var<storage, read_write> stats: array<vec2f>;

var<workgroup> row_stats: array<vec2f, TILE_M>;
var<workgroup> halves: array<vec2f, 2u * TILE_M>; // Σ and Σ of squares of the deviations

fn sums_of(x: vec4f, origin: f32) -> vec2f {
  let deviation = x - origin;
  return vec2f(dot(deviation, vec4f(1f)), dot(deviation, deviation));
}

// Finds μ and ρ of the tile's rows. Every thread of the workgroup must call it.
fn prepare_rows(r: u32, m0: u32, index: u32, writes: bool) {
  for (var i = index; i < 2u * TILE_M; i += THREADS) {
    let row = row_at(r, m0 + i / 2u);
    let origin = A[row].x;
    var sums = vec2f();
    var k = i % 2u;
    // Four loads at once.
    for (; k + 6u < K / 4u; k += 8u) {
      let sums4 = mat4x2f(
        sums_of(A[row + k], origin),
        sums_of(A[row + k + 2u], origin),
        sums_of(A[row + k + 4u], origin),
        sums_of(A[row + k + 6u], origin),
      );
      sums += (sums4[0] + sums4[1]) + (sums4[2] + sums4[3]);
    }
    for (; k < K / 4u; k += 2u) { sums += sums_of(A[row + k], origin); }
    halves[i] = sums;
  }
  workgroupBarrier();
  for (var i = index; i < TILE_M; i += THREADS) {
    let sums = (halves[2u * i] + halves[2u * i + 1u]) / f32(K);
    let mean = A[row_at(r, m0 + i)].x + sums.x;
    let both = vec2f(mean, inverseSqrt(max(0f, sums.y - sums.x * sums.x) + EPSILON));
    row_stats[i] = both;
    if (writes && m0 + i < M) { stats[r * M + m0 + i] = both; }
  }
  workgroupBarrier();
}
fn row_at(r: u32, m: u32) -> u32 { return r * (A_STRIDE / 4u) + min(m, M - 1u) * (K / 4u); }

// Columns k..k+3 of A' from those of A; rows m0 + 4 · block and the next three.
fn prepared(a: mat4x4f, r: u32, m0: u32, block: u32, k: u32, writes: bool) -> mat4x4f {
  let at = (r * NORM_STRIDE + min(k, K - 4u)) / 4u;
  let gain = norm[at];
  let shift = norm[at + NORM_BIAS / 4u];
  let rows = transpose(mat4x2f(
    row_stats[4u * block],
    row_stats[4u * block + 1u],
    row_stats[4u * block + 2u],
    row_stats[4u * block + 3u],
  ));
  let out = mat4x4f(
    (a[0] - rows[0]) * rows[1] * gain[0] + shift[0],
    (a[1] - rows[0]) * rows[1] * gain[1] + shift[1],
    (a[2] - rows[0]) * rows[1] * gain[2] + shift[2],
    (a[3] - rows[0]) * rows[1] * gain[3] + shift[3],
  );
  if (writes && k < K) {
    let by_row = transpose(out);
    let m = m0 + 4u * block;
    keep(r, m, k, by_row[0]);
    keep(r, m + 1u, k, by_row[1]);
    keep(r, m + 2u, k, by_row[2]);
    keep(r, m + 3u, k, by_row[3]);
  }
  return out;
}
fn keep(r: u32, m: u32, k: u32, value: vec4f) {
  if (m < M) { normalised[(r * M + m) * (K / 4u) + k / 4u] = value; }
}
