// Loads of B in the products, one element at a time: for rows of any length. Shapes as in matmul_b_vec4.wgsl.

@group(0) @binding(1) var<storage, read> B: array<f32>;

fn b_at(r: u32, k: u32, n: u32) -> f32 { return B[r * B_STRIDE + select(k * N + n, n * K + k, B_TRANSPOSED)]; }

fn load_b(r: u32, k: u32, n: u32) -> mat4x4f {
  if (K < 3u) { return mat4x4f(b_row(r, k, n), b_row(r, k + 1u, n), vec4f(), vec4f()); }
  return mat4x4f(b_row(r, k, n), b_row(r, k + 1u, n), b_row(r, k + 2u, n), b_row(r, k + 3u, n));
}
fn b_row(r: u32, k: u32, n: u32) -> vec4f {
  let at = min(k, K - 1u);
  return vec4f(
    b_at(r, at, min(n, N - 1u)),
    b_at(r, at, min(n + 1u, N - 1u)),
    b_at(r, at, min(n + 2u, N - 1u)),
    b_at(r, at, min(n + 3u, N - 1u)),
  );
}
