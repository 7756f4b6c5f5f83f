// Y = epilogue(A · B) with tiles of A and B in workgroup memory.
//
//   Y[m, n] = Σ_k A[m, k] B[k, n], summed in ascending k            (shapes: matmul_access_*.wgsl)
//
// Workgroup: 8 × THREAD_ROWS (TILE_M/4) threads, TILE_M × TILE_N outputs, 4 × TILE_N/8 per thread; TILE_K values of k at a time.
// Workgroup memory: TILE_K · (TILE_M + TILE_N) numbers. Grid: (⌈N/TILE_N⌉, ⌈M/TILE_M⌉, R).
// Y is `=` or, if ACCUMULATES, `+=`; dbias likewise.

const THREADS = 8u * THREAD_ROWS;
const HAS_RIGHT = TILE_N == 64u; // a thread has four columns more, 32 to the right of the first four

var<workgroup> a_tile: array<vec4f, TILE_K * TILE_M / 4u>; // [k][m/4]
var<workgroup> b_tile: array<vec4f, TILE_K * TILE_N / 4u>; // [k][n/4]

@compute @workgroup_size(8, THREAD_ROWS)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(local_invocation_id) thread: vec3u,
  @builtin(local_invocation_index) index: u32,
) {
  let r = group.z;
  let m0 = group.y * TILE_M;
  let n0 = group.x * TILE_N;
  var left: mat4x4f;  // column i: Y[m+i, n..n+3]
  var right: mat4x4f; // column i: Y[m+i, n+32..n+35]
  var dbias: vec4f;
  prepare_rows(r, m0, index, group.x == 0u);
  for (var k0 = 0u; k0 < K; k0 += TILE_K) {
    // Each thread copies blocks of 4 × 4. Neighbours take neighbours in k.
    for (var i = index; i < TILE_K * TILE_M / 16u; i += THREADS) {
      let k = i % (TILE_K / 4u) * 4u;
      let block = i / (TILE_K / 4u);
      let a = prepared(load_a(r, m0 + block * 4u, min(k0 + k, K_LAST)), r, m0, block, k0 + k, group.x == 0u);
      for (var c = 0u; c < 4u; c++) {
        a_tile[(k + c) * (TILE_M / 4u) + block] = select(vec4f(0f), a[c], k0 + k + c < K);
      }
    }
    for (var i = index; i < TILE_K * TILE_N / 16u; i += THREADS) {
      let k = i % (TILE_K / 4u) * 4u;
      let block = i / (TILE_K / 4u);
      let b = load_b(r, min(k0 + k, K_LAST), n0 + block * 4u);
      for (var c = 0u; c < 4u; c++) { b_tile[(k + c) * (TILE_N / 4u) + block] = b[c]; }
    }
    workgroupBarrier();
    for (var k = 0u; k < TILE_K; k++) {
      let a = a_tile[k * (TILE_M / 4u) + thread.y];
      let b_left = b_tile[k * (TILE_N / 4u) + thread.x];
      left = add_outer(left, a, b_left);
      if (HAS_RIGHT) {
        right = add_outer(right, a, b_tile[k * (TILE_N / 4u) + thread.x + 8u]);
      }
      if (HAS_DBIAS) { dbias += a; }
    }
    workgroupBarrier();
  }
  let m = m0 + thread.y * 4u;
  let n = n0 + thread.x * 4u;
  let added_left = bias_at(r, n);
  for (var i = 0u; i < 4u; i++) { store(r, m + i, n, left[i] + added_left); }
  if (HAS_RIGHT) {
    let added_right = bias_at(r, n + 32u);
    for (var i = 0u; i < 4u; i++) { store(r, m + i, n + 32u, right[i] + added_right); }
  }
  if (HAS_DBIAS && n == 0u) { store_dbias(r, m, dbias); }
}
