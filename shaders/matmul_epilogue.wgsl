// What is fused into a product on its way out. Y is `=` or, if ACCUMULATES, `+=`.
//
//   y = activation(A·B + bias) + residual        forward; `second` keeps the activation's input if KEEPS_INPUT
//   y = (A·B) ⊙ activation'(operand)             backward, if MULTIPLIES_DERIVATIVE

// Y[m, n..n+3]
fn store(r: u32, m: u32, n: u32, product: vec4f) {
  if (m >= M || n >= N) { return; }
  let i = r * (M * N) + m * N + n;
  var y = product;
  if (HAS_BIAS) { y += load_bias(r, n); }
  if (KEEPS_INPUT) { store_second(i, n, y); }
  if (MULTIPLIES_DERIVATIVE) {
    y *= activation_derivative(load_operand(i, n));
  } else {
    y = activate(y);
  }
  if (HAS_RESIDUAL) { y += load_operand(i, n); }
  let out = r * Y_STRIDE + m * N + n;
  if (ACCUMULATES) { y += load_y(out, n); }
  store_y(out, n, y);
}

// dbias[m..m+3], which lies DBIAS_OFFSET elements behind Y in the same buffer.
fn store_dbias(r: u32, m: u32, sum: vec4f) {
  if (m < M) { store_y_column(r * Y_STRIDE + DBIAS_OFFSET + m, M - m, sum); }
}
