// Loads of A in the products, four elements at a time: for A whose rows, as they lie in memory, are multiples of 4 long.
//
//   A  [R, M, K] or, if A_TRANSPOSED, [R, K, M];  A_STRIDE elements from one replica to the next

@group(0) @binding(0) var<storage, read> A: array<vec4f>;

// Where tiles reach beyond M, rows beyond repeat the last: they are never stored.
fn a_row(m: u32) -> u32 { return select(min(m, M - 1u), m, FILLS_TILES) * (K / 4u); }

// Column c of the result is A[m..m+3, k+c].
fn load_a(r: u32, m: u32, k: u32) -> mat4x4f {
  let base = r * (A_STRIDE / 4u);
  if (A_TRANSPOSED) {
    let i = base + select(min(m / 4u, (M - 1u) / 4u), m / 4u, FILLS_TILES);
    return mat4x4f(a_column(i, k), a_column(i, k + 1u), a_column(i, k + 2u), a_column(i, k + 3u));
  }
  let i = base + k / 4u;
  return transpose(mat4x4f(
    A[i + a_row(m)],
    A[i + a_row(m + 1u)],
    A[i + a_row(m + 2u)],
    A[i + a_row(m + 3u)],
  ));
}

// A[.., k] for four rows, of which `i` says where they are in row 0 of the transposed; 0 beyond K.
fn a_column(i: u32, k: u32) -> vec4f {
  if (K % 4u == 0u) { return A[i + k * (M / 4u)]; }
  return select(vec4f(0f), A[i + min(k, K - 1u) * (M / 4u)], k < K);
}
