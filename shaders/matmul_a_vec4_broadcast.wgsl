// What matmul_quad.wgsl and matmul_subgroup.wgsl load of A besides matmul_a_vec4.wgsl.

// A[m, k..k+3] or, if A_TRANSPOSED, A[m..m+3, k].
fn load_a_vector(r: u32, m: u32, k: u32) -> vec4f {
  let base = r * (A_STRIDE / 4u);
  if (A_TRANSPOSED) { return a_column(base + min(m / 4u, (M - 1u) / 4u), k); }
  return A[base + a_row(m) + k / 4u];
}
