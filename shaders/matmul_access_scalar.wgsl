// Loads and stores of the products, one element at a time: for rows of any length.
// Shapes and strides as in matmul_access_vec4.wgsl. A thread has COLUMNS of the 4 columns that a vector could hold.

@group(0) @binding(0) var<storage, read> A: array<f32>;
@group(0) @binding(1) var<storage, read> B: array<f32>;
@group(0) @binding(2) var<storage, read> bias: array<f32>;
@group(0) @binding(3) var<storage, read> operand: array<f32>;
@group(0) @binding(4) var<storage, read_write> Y: array<f32>;
@group(0) @binding(5) var<storage, read_write> second: array<f32>;

fn a_at(r: u32, m: u32, k: u32) -> f32 { return A[r * A_STRIDE + select(m * K + k, k * M + m, A_TRANSPOSED)]; }
fn b_at(r: u32, k: u32, n: u32) -> f32 { return B[r * B_STRIDE + select(k * N + n, n * K + k, B_TRANSPOSED)]; }

fn load_a(r: u32, m: u32, k: u32) -> mat4x4f {
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

fn load_b(r: u32, k: u32, n: u32) -> mat4x4f {
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

// What of columns n..n+3 lies beyond N is read as 0 and not written.
fn load_bias(r: u32, n: u32) -> vec4f {
  var value: vec4f;
  for (var j = 0u; j < min(COLUMNS, N - n); j++) { value[j] = bias[r * BIAS_STRIDE + n + j]; }
  return value;
}
fn load_operand(i: u32, n: u32) -> vec4f {
  var value: vec4f;
  for (var j = 0u; j < min(COLUMNS, N - n); j++) { value[j] = operand[i + j]; }
  return value;
}
fn load_y(i: u32, n: u32) -> vec4f {
  var value: vec4f;
  for (var j = 0u; j < min(COLUMNS, N - n); j++) { value[j] = Y[i + j]; }
  return value;
}
fn store_y(i: u32, n: u32, value: vec4f) {
  for (var j = 0u; j < min(COLUMNS, N - n); j++) { Y[i + j] = value[j]; }
}
fn store_second(i: u32, n: u32, value: vec4f) {
  for (var j = 0u; j < min(COLUMNS, N - n); j++) { second[i + j] = value[j]; }
}

fn store_y_column(i: u32, count: u32, value: vec4f) {
  for (var j = 0u; j < min(COLUMNS, count); j++) { Y[i + j] = select(value[j], Y[i + j] + value[j], ACCUMULATES); }
}
