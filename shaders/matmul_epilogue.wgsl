// What is fused into a product on its way out. Y is `=` or, if ACCUMULATES, `+=`.
//
//   y = activation(α (A·B + bias)) + β residual  forward; `second` keeps the activation's input if KEEPS_INPUT
//   y = α (A·B) ⊙ activation'(operand)           backward, if MULTIPLIES_DERIVATIVE
//
// α = SCALE and β = RESIDUAL_SCALE are 1 save in combinations of matrices.

// The bias of columns n..n+3; 0 beyond N and where there is none.
fn bias_at(r: u32, n: u32) -> vec4f {
  if (HAS_BIAS && (FILLS_TILES || n < N)) { return load_bias(r, n); }
  return vec4f(0f);
}

// Y[m, n..n+3], from the product with the bias added.
fn store(r: u32, m: u32, n: u32, product: vec4f) {
  if (!FILLS_TILES && (m >= M || n >= N)) { return; }
  let i = r * (M * N) + m * N + n;
  var y = SCALE * product;
  if (KEEPS_INPUT) { store_second(i, n, y); }
  if (MULTIPLIES_DERIVATIVE) {
    y *= activation_derivative(load_operand(i, n));
  } else {
    y = activate(y);
  }
  if (HAS_RESIDUAL) { y += RESIDUAL_SCALE * load_operand(i, n); }
  let out = r * Y_STRIDE + m * N + n;
  if (ACCUMULATES) { y += load_y(out, n); }
  store_y(out, n, y);
}

// dbias[m..m+3], which lies DBIAS_OFFSET elements behind Y in the same buffer.
fn store_dbias(r: u32, m: u32, sum: vec4f) {
  if (FILLS_TILES || m < M) { store_y_column(r * Y_STRIDE + DBIAS_OFFSET + m, M - m, sum); }
}
