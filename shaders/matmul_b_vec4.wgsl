// Loads of B in the products, four elements at a time: for B whose rows, as they lie in memory, are multiples of 4 long.
//
//   B  [R, K, N] or, if B_TRANSPOSED, [R, N, K];  B_STRIDE elements from one replica to the next

@group(0) @binding(1) var<storage, read> B: array<vec4f>;

// Where tiles reach beyond N, columns beyond repeat the last: they are never stored.
fn b_column(n: u32) -> u32 { return select(min(n, N - 1u), n, FILLS_TILES); }
fn b_row(k: u32) -> u32 { return select(min(k, K - 1u), k, K % 4u == 0u) * (N / 4u); }

// Column c of the result is B[k+c, n..n+3].
fn load_b(r: u32, k: u32, n: u32) -> mat4x4f {
  let base = r * (B_STRIDE / 4u);
  if (B_TRANSPOSED) {
    let i = base + k / 4u;
    return transpose(mat4x4f(
      B[i + b_column(n) * (K / 4u)],
      B[i + b_column(n + 1u) * (K / 4u)],
      B[i + b_column(n + 2u) * (K / 4u)],
      B[i + b_column(n + 3u) * (K / 4u)],
    ));
  }
  let i = base + select(min(n / 4u, (N - 1u) / 4u), n / 4u, FILLS_TILES);
  return mat4x4f(
    B[i + b_row(k)],
    B[i + b_row(k + 1u)],
    B[i + b_row(k + 2u)],
    B[i + b_row(k + 3u)],
  );
}
