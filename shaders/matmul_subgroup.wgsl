// Y = epilogue(A · B) where subgroups have 8 threads: each computes 16 × 32 outputs, and its threads share what they
// load of A by broadcasts.
//
//   Y[m, n] = Σ_k A[m, k] B[k, n], summed in ascending k            (shapes: matmul_a_vec4, _b_, _y_)
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
  // K, but the compiler, which would write the loop out, does not know it.
  let depth = select(K, 0u, arrayLength(&A) == 0u);
  for (var k = 0u; k < depth; k += 4u) {
    let a = array<vec4f, 2>(load_share(r, m, k, thread, 0u), load_share(r, m, k, thread, 1u));
    let b = load_b(r, k, n);
    // Row by row, so that its sum is loaded and stored once for four values of k.
    if (A_TRANSPOSED) {
      for (var x = 0u; x < 4u; x++) {
        let columns = array<array<f32, THREADS>, 2>(of_all_threads(a[0][x]), of_all_threads(a[1][x]));
        for (var i = 0u; i < 4u; i++) {
          let row = vec4f(columns[0][i], columns[0][4u + i], columns[1][i], columns[1][4u + i]);
          sum[4u * i + x] = add_products(sum[4u * i + x], row, b);
          if (HAS_DBIAS) { dbias[i][x] = add_all(dbias[i][x], row); }
        }
      }
    } else {
      for (var h = 0u; h < 2u; h++) {
        let columns = array<array<f32, THREADS>, 4>(
          of_all_threads(a[h][0]), of_all_threads(a[h][1]), of_all_threads(a[h][2]), of_all_threads(a[h][3]),
        );
        for (var i = 0u; i < THREADS; i++) {
          let row = vec4f(columns[0][i], columns[1][i], columns[2][i], columns[3][i]);
          sum[THREADS * h + i] = add_products(sum[THREADS * h + i], row, b);
          if (HAS_DBIAS) { dbias[2u * h + i / 4u][i % 4u] = add_all(dbias[2u * h + i / 4u][i % 4u], row); }
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

// Four values of a row of A times the four rows of B.
fn add_products(sum: vec4f, a: vec4f, b: mat4x4f) -> vec4f {
  return fma(vec4f(a[3]), b[3], fma(vec4f(a[2]), b[2], fma(vec4f(a[1]), b[1], fma(vec4f(a[0]), b[0], sum))));
}

fn add_all(sum: f32, a: vec4f) -> f32 { return sum + a[0] + a[1] + a[2] + a[3]; }

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
