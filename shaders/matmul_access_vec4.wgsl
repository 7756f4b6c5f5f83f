// Loads and stores of the tiled products, four elements at a time.
// For products whose rows, in A, B and Y as they lie in memory, are multiples of 4 long.
//
//   A  [R, M, K] or, if A_TRANSPOSED, [R, K, M]
//   B  [R, K, N] or, if B_TRANSPOSED, [R, N, K]
//   Y  [R, M, N]
// A_STRIDE, B_STRIDE, … elements from one replica to the next.

@group(0) @binding(0) var<storage, read> A: array<vec4f>;
@group(0) @binding(1) var<storage, read> B: array<vec4f>;
@group(0) @binding(2) var<storage, read> bias: array<vec4f>;            // [R, N]
@group(0) @binding(3) var<storage, read> operand: array<vec4f>;         // [R, M, N] residual, or what the activation kept
@group(0) @binding(4) var<storage, read_write> Y: array<vec4f>;         // [R, M, N]
@group(0) @binding(5) var<storage, read_write> second: array<vec4f>;    // [R, M, N] input of the activation

// Where tiles reach beyond M or N, rows and columns beyond repeat the last: they are never stored.
fn a_row(m: u32) -> u32 { return select(min(m, M - 1u), m, FILLS_TILES) * (K / 4u); }
fn b_column(n: u32) -> u32 { return select(min(n, N - 1u), n, FILLS_TILES); }

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

// Four values of a row: i is the index of the first in [R, M, N], n its column.
fn load_bias(r: u32, n: u32) -> vec4f { return bias[(r * BIAS_STRIDE + n) / 4u]; }
fn load_operand(i: u32, n: u32) -> vec4f { return operand[i / 4u]; }
fn load_y(i: u32, n: u32) -> vec4f { return Y[i / 4u]; }
fn store_y(i: u32, n: u32, value: vec4f) { Y[i / 4u] = value; }
fn store_second(i: u32, n: u32, value: vec4f) { second[i / 4u] = value; }

// Y[i..i+3], for dbias.
fn store_y_column(i: u32, count: u32, value: vec4f) {
  Y[i / 4u] = select(value, Y[i / 4u] + value, ACCUMULATES);
}
