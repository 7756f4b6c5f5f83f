// What matmul_subgroup.wgsl loads of A besides matmul_access_vec4.wgsl.

// A[m, k..k+3] or, if A_TRANSPOSED, A[m..m+3, k].
fn load_a_vector(r: u32, m: u32, k: u32) -> vec4f {
  let base = r * (A_STRIDE / 4u);
  if (A_TRANSPOSED) {
    return select(vec4f(0f), A[base + min(k, K - 1u) * (M / 4u) + min(m / 4u, (M - 1u) / 4u)], k < K);
  }
  return A[base + min(m, M - 1u) * (K / 4u) + k / 4u];
}
