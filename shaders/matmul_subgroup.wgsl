// Y = epilogue(A · B) where subgroups have 8 threads: each computes 16 × 32 outputs, and its threads share what they
// load of A by broadcasts.
//
//   Y[m, n] = Σ_k A[m, k] B[k, n], summed in ascending k            (shapes: matmul_access_vec4.wgsl)
//
// Made for adapters that compute on the CPU: there a load costs as much as twenty multiplications, whatever it hits,
// while a broadcast is almost free. Two vectors per thread hold A's 16 rows for four values of k.
//
// Workgroup: 8 threads, 16 rows × 4 columns each. Grid: (⌈M/16⌉, ⌈N/32⌉, R): B stays in the cache.
// Y is `=` or, if ACCUMULATES, `+=`; dbias[m] = Σ_k A[m, k] likewise, by the first thread of the first columns.

const ROWS = 16u;
const THREADS = 8u;

@compute @workgroup_size(THREADS)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(subgroup_invocation_id) thread: u32) {
  let r = group.z;
  let m = group.x * ROWS;
  let n = (group.y * THREADS + thread) * 4u;
  var sum: array<vec4f, ROWS>; // row i: Y[m+i, n..n+3]
  var dbias: array<vec4f, ROWS / 4u>;
  for (var k = 0u; k < K; k += 4u) {
    let a = array<vec4f, 2>(load_share(r, m, k, thread, 0u), load_share(r, m, k, thread, 1u));
    let b = load_b(r, k, n);
    if (A_TRANSPOSED) {
      for (var h = 0u; h < 2u; h++) {
        for (var x = 0u; x < 4u; x++) {
          let shared_a = of_all_threads(a[h][x]);
          for (var c = 0u; c < 2u; c++) {
            for (var i = 0u; i < 4u; i++) {
              sum[4u * i + x] = fma(vec4f(shared_a[4u * c + i]), b[2u * h + c], sum[4u * i + x]);
              if (HAS_DBIAS) { dbias[i][x] += shared_a[4u * c + i]; }
            }
          }
        }
      }
    } else {
      for (var c = 0u; c < 4u; c++) {
        for (var h = 0u; h < 2u; h++) {
          let shared_a = of_all_threads(a[h][c]);
          for (var i = 0u; i < THREADS; i++) {
            sum[THREADS * h + i] = fma(vec4f(shared_a[i]), b[c], sum[THREADS * h + i]);
            if (HAS_DBIAS) { dbias[2u * h + i / 4u][i % 4u] += shared_a[i]; }
          }
        }
      }
    }
  }
  let added = bias_at(r, n);
  // A bound that the compiler does not know, not even at most, keeps it from writing the epilogue out sixteen times.
  let rows = select(M - m, select(ROWS, 0u, arrayLength(&A) == 0u), m + ROWS <= M);
  var out = sum;
  for (var i = 0u; i < rows; i++) { store(r, m + i, n, out[i] + added); }
  if (HAS_DBIAS && n == 0u) {
    for (var i = 0u; i < ROWS / 4u; i++) { store_dbias(r, m + 4u * i, dbias[i]); }
  }
}

// One of the two vectors that a thread loads of A[m..m+15, k..k+3].
fn load_share(r: u32, m: u32, k: u32, thread: u32, h: u32) -> vec4f {
  // Four rows of column k + 2h in the first four threads and of the next column in the others …
  if (A_TRANSPOSED) { return load_a_vector(r, m + thread % 4u * 4u, k + 2u * h + thread / 4u); }
  // … or four columns of row m + 8h + thread.
  return load_a_vector(r, m + THREADS * h + thread, k);
}

// The value of each thread, known to all. The index must be written out: WGSL wants it constant.
fn of_all_threads(value: f32) -> array<f32, THREADS> {
  return array<f32, THREADS>(
    subgroupBroadcast(value, 0u), subgroupBroadcast(value, 1u), subgroupBroadcast(value, 2u), subgroupBroadcast(value, 3u),
    subgroupBroadcast(value, 4u), subgroupBroadcast(value, 5u), subgroupBroadcast(value, 6u), subgroupBroadcast(value, 7u),
  );
}
