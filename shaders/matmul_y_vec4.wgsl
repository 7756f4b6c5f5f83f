// What a product adds to its sums, and its results, four elements at a time: for N, and M where there is a dbias, that are
// multiples of 4. BIAS_STRIDE and Y_STRIDE are elements from one replica to the next.

@group(0) @binding(2) var<storage, read> bias: array<vec4f>;            // [R, N]
@group(0) @binding(3) var<storage, read> operand: array<vec4f>;         // [R, M, N] residual, or what the activation kept
@group(0) @binding(4) var<storage, read_write> Y: array<vec4f>;         // [R, M, N]
@group(0) @binding(5) var<storage, read_write> second: array<vec4f>;    // [R, M, N] input of the activation

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
