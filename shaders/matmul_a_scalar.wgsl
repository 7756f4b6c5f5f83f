// Loads of A in the products, one element at a time: for rows of any length. Shapes as in matmul_a_vec4.wgsl.

@group(0) @binding(0) var<storage, read> A: array<f32>;

fn a_at(r: u32, m: u32, k: u32) -> f32 { return A[r * A_STRIDE + select(m * K + k, k * M + m, A_TRANSPOSED)]; }

fn load_a(r: u32, m: u32, k: u32) -> mat4x4f {
  // Most columns are beyond a shallow product.
  if (K < 3u) { return mat4x4f(a_column(r, m, k), a_column(r, m, k + 1u), vec4f(), vec4f()); }
  return mat4x4f(a_column(r, m, k), a_column(r, m, k + 1u), a_column(r, m, k + 2u), a_column(r, m, k + 3u));
}
fn a_column(r: u32, m: u32, k: u32) -> vec4f {
  let at = min(k, K - 1u);
  let column = vec4f(
    a_at(r, min(m, M - 1u), at),
    a_at(r, min(m + 1u, M - 1u), at),
    a_at(r, min(m + 2u, M - 1u), at),
    a_at(r, min(m + 3u, M - 1u), at),
  );
  return select(vec4f(0f), column, k < K);
}
