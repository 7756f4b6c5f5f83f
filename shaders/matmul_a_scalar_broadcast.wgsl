// What matmul_quad.wgsl and matmul_subgroup.wgsl load of A besides matmul_a_scalar.wgsl.

// A[m, k..k+3] or, if A_TRANSPOSED, A[m..m+3, k]; 0 beyond K.
fn load_a_vector(r: u32, m: u32, k: u32) -> vec4f {
  if (A_TRANSPOSED) { return a_column(r, m, k); }
  return vec4f(a_or_0(r, m, k), a_or_0(r, m, k + 1u), a_or_0(r, m, k + 2u), a_or_0(r, m, k + 3u));
}
fn a_or_0(r: u32, m: u32, k: u32) -> f32 {
  return select(0f, a_at(r, min(m, M - 1u), min(k, K - 1u)), k < K);
}
