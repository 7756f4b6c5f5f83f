// What a step changes, for persistent_mlp_tiled.wgsl: gradients kept from chunk to chunk, parameters, and moments.

// The inputs of vector k, and where its weights to output o lie among the parameters; those of padding anywhere.
fn inputs_of(layer: Layer, k: u32) -> vec4u { return k + fours(layer.ins) * vec4u(0u, 1u, 2u, 3u); }
fn places(r: u32, layer: Layer, o: u32, k: u32) -> vec4u {
  let columns = min(inputs_of(layer, k), vec4u(layer.ins - 1u));
  return r * P + layer.weight + min(o, layer.outs - 1u) * layer.ins + columns;
}
fn gradients_at(at: vec4u) -> vec4f { return vec4f(gradients[at.x], gradients[at.y], gradients[at.z], gradients[at.w]); }
fn m_at(at: vec4u) -> vec4f { return vec4f(m[at.x], m[at.y], m[at.z], m[at.w]); }
fn v_at(at: vec4u) -> vec4f { return vec4f(v[at.x], v[at.y], v[at.z], v[at.w]); }

fn put_weights(r: u32, layer: Layer, o: u32, k: u32, g: vec4f, means: vec4f, squares: vec4f, updates: bool) {
  if (o >= layer.outs) { return; }
  let at = places(r, layer, o, k);
  let exists = inputs_of(layer, k) < vec4u(layer.ins);
  if (!updates) {
    // For the next chunk, or for nobody: the run has halted.
    if (CHUNKS == 1u) { return; }
    gradients[at.x] = g.x;
    if (exists.y) { gradients[at.y] = g.y; }
    if (exists.z) { gradients[at.z] = g.z; }
    if (exists.w) { gradients[at.w] = g.w; }
    return;
  }
  let w = layer.w + o * layer.w_stride + k;
  let after = updated(Parameter(weights[w], means, squares), g, rates.shrink, rates);
  weights[w] = select(vec4f(0f), after.p, exists);
  put_moments(at.x, after.m.x, after.v.x);
  if (exists.y) { put_moments(at.y, after.m.y, after.v.y); }
  if (exists.z) { put_moments(at.z, after.m.z, after.v.z); }
  if (exists.w) { put_moments(at.w, after.m.w, after.v.w); }
}
fn put_moments(at: u32, mean: f32, square: f32) {
  m[at] = mean;
  if (ADAM) { v[at] = square; }
}

// What was found takes effect: Dₗ in the place of Xₗ; gradients are kept for the next chunk, or change the parameters.
fn apply(r: u32, thread: u32, layer: Layer, chunk: u32, wants_input: bool, found: Found) {
  let across = fours(layer.ins);
  let quarter = fours(layer.outs);
  let updates = chunk == CHUNKS - 1u && now.halted == 0u;
  if (wants_input && thread < across * BLOCKS) {
    let k = thread / BLOCKS;
    put_row(layer, k, thread % BLOCKS, found.input[0]);
    put_row(layer, k + across, thread % BLOCKS, found.input[1]);
    put_row(layer, k + 2u * across, thread % BLOCKS, found.input[2]);
    put_row(layer, k + 3u * across, thread % BLOCKS, found.input[3]);
  }
  if (thread < quarter * across) {
    let k = thread % across;
    let o = thread / across;
    put_weights(r, layer, o, k, found.weights[0], found.means[0], found.squares[0], updates);
    put_weights(r, layer, o + quarter, k, found.weights[1], found.means[1], found.squares[1], updates);
    put_weights(r, layer, o + 2u * quarter, k, found.weights[2], found.means[2], found.squares[2], updates);
    put_weights(r, layer, o + 3u * quarter, k, found.weights[3], found.means[3], found.squares[3], updates);
  }
  if (!HAS_BIAS) { return; }
  for (var o = thread; o < layer.outs; o += THREADS) {
    let at = r * P + layer.bias + o;
    var old = Parameter(vec4f(biases[layer.b + o]), vec4f(0f), vec4f(0f));
    var g = 0f;
    if (chunk > 0u) { g = gradients[at]; }
    if (updates) {
      old.m = vec4f(m[at]);
      if (ADAM) { old.v = vec4f(v[at]); }
    }
    var sum = vec4f(0f);
    for (var block = 0u; block < end(BLOCKS); block++) { sum += rows[(layer.y + o) * STRIDE + block]; }
    g += (sum.x + sum.y) + (sum.z + sum.w);
    if (chunk < CHUNKS - 1u) { gradients[at] = g; }
    if (!updates) { continue; }
    let after = updated(old, vec4f(g), 0f, rates);
    biases[layer.b + o] = after.p.x;
    m[at] = after.m.x;
    if (ADAM) { v[at] = after.v.x; }
  }
}

fn put_row(layer: Layer, k: u32, block: u32, gradient: vec4f) {
  if (k >= layer.ins) { return; }
  rows[(layer.x + k) * STRIDE + block] = gradient * activation_derivative(rows[(layer.kept + k) * STRIDE + block]);
}
