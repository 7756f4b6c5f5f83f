// What a product adds to its sums, and its results, one element at a time: for any N. Shapes as in matmul_y_vec4.wgsl. A
// thread has COLUMNS of the 4 columns that a vector could hold.

@group(0) @binding(2) var<storage, read> bias: array<f32>;
@group(0) @binding(3) var<storage, read> operand: array<f32>;
@group(0) @binding(4) var<storage, read_write> Y: array<f32>;
@group(0) @binding(5) var<storage, read_write> second: array<f32>;

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
