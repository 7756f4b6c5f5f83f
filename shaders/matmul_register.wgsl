// Y = epilogue(A · B): each thread computes 4 × 4 outputs in registers and reads A and B through the cache.
//
//   Y[m, n] = Σ_k A[m, k] B[k, n], summed in ascending k            (shapes: matmul_a_vec4, _b_, _y_)
//
// Workgroup: 8 × 8 threads, 32 × 32 outputs. Grid: (⌈N/32⌉, ⌈M/32⌉, R).
// Y is `=` or, if ACCUMULATES, `+=`; dbias[m] = Σ_k A[m, k] likewise, by the threads of the first columns.

@compute @workgroup_size(8, 8)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_id) thread: vec3u) {
  let r = group.z;
  let m = group.y * 32u + thread.y * 4u;
  let n = group.x * 32u + thread.x * 4u;
  var sum: mat4x4f; // column i: Y[m+i, n..n+3]
  var dbias: vec4f;
  // K and 4, but the compiler, which would write the loops out, does not know it.
  let depth = select(K, 0u, arrayLength(&A) == 0u);
  let rows = select(4u, 0u, arrayLength(&A) == 0u);
  for (var k = 0u; k < depth; k += 4u) {
    let a = load_a(r, m, k);
    let b = load_b(r, k, n);
    sum = add_outer(add_outer(add_outer(add_outer(sum, a[0], b[0]), a[1], b[1]), a[2], b[2]), a[3], b[3]);
    if (HAS_DBIAS) { dbias = dbias + a[0] + a[1] + a[2] + a[3]; }
  }
  let added = bias_at(r, n);
  var out = array<vec4f, 4>(sum[0], sum[1], sum[2], sum[3]);
  for (var i = 0u; i < rows; i++) { store(r, m + i, n, out[i] + added); }
  if (HAS_DBIAS && n == 0u) { store_dbias(r, m, dbias); }
}
