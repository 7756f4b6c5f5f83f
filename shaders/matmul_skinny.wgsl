// Y = epilogue(A · B) for products with few rows or few columns, where tiles would be mostly empty: one output per thread.
//
//   Y[m, n] = Σ_k A[m, k] B[k, n], summed in ascending k            (shapes: matmul_a_vec4, _b_, _y_; COLUMNS = 1)
//
// Workgroup: 64 threads, 64 consecutive outputs. Grid: (⌈M·N/64⌉, 1, R).
// Y is `=` or, if ACCUMULATES, `+=`; dbias[m] = Σ_k A[m, k] likewise, by the threads of the first column.

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let r = id.z;
  let m = id.x / N;
  let n = id.x % N;
  if (m >= M) { return; }
  var sum = 0f;
  var dbias = 0f;
  // K, but the compiler, which would write the loop out, does not know it.
  let depth = select(K, 0u, arrayLength(&A) == 0u);
  for (var k = 0u; k < depth; k++) {
    let a = a_at(r, m, k);
    sum = fma(a, b_at(r, k, n), sum);
    if (HAS_DBIAS) { dbias += a; }
  }
  store(r, m, n, vec4f(sum, 0f, 0f, 0f) + bias_at(r, n));
  if (HAS_DBIAS && n == 0u) { store_dbias(r, m, vec4f(dbias, 0f, 0f, 0f)); }
}
