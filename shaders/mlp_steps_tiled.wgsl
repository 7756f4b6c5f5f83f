// Whole training steps of a small MLP on vectors, as many as the grid is high, by one workgroup per replica: for GPUs,
// as mlp_steps.wgsl is for adapters that compute on the CPU. All between the threads goes through workgroup memory, which
// holds the weights for as long as the dispatch lasts and the activations of CHUNK examples of the batch at a time.
//
//   Xₗ₊₁ = activation(Xₗ Wₗᵀ + bₗ), Dₗ = (Dₗ₊₁ Wₗ) · activation′, dWₗ = Dₗ₊₁ᵀ Xₗ, dbₗ = Σ Dₗ₊₁          as mlp_steps.wgsl
//
//   inputs      [ROWS, INPUT_WIDTH], targets [ROWS, TARGET_WIDTH]   shared by the replicas
//   parameters, m, v  [R, P]  +=      v untouched unless ADAM
//   state [R]  +=,   ring [RING_STEPS, R]  one row per step =
//   gradients   [R, P]  of the chunks so far
//
// In workgroup memory a matrix of activations has a row per neuron, [width, CHUNK] and a vector of padding; of weights a
// row per output, [outs, ins], padded with zeros to an odd number of vectors: neighbours meet different banks. Rows come in
// fours; those of padding stay 0. Dₗ takes the place of Xₗ once dWₗ is known, from the registers of the threads.
//
// A thread has 4 × 4 outputs of a product at a time; those of Dₗ must be no more than there are threads. What a thread reads
// of gradients and moments it alone has written, and it reads all at once, before it computes: memory is far away.
// The second half of the threads, which small products leave idle, draws the next batch during the first product.
// Workgroup: THREADS. Grid: (1, steps, R); but for the first, the workgroups along y return at once.

alias Number = vec4f;

struct Layer {
  ins: u32,
  outs: u32,
  weight: u32, // first element in the replica's parameters, likewise
  bias: u32,
  w: u32,      // first vector in `weights`
  w_stride: u32,
  b: u32,      // first element in `biases`
  x: u32,      // first row in `rows`: what goes in, and its gradient
  kept: u32,   // what `activation_derivative` wants of it
  y: u32,      // what comes out, and its gradient
  y_kept: u32,
}

@group(0) @binding(0) var<storage, read> inputs: array<f32>;
@group(0) @binding(1) var<storage, read> targets: array<u32>;
@group(0) @binding(2) var<storage, read_write> state: array<State>;
@group(0) @binding(3) var<storage, read_write> parameters: array<f32>;
@group(0) @binding(4) var<storage, read_write> ring: array<f32>;
@group(0) @binding(5) var<storage, read_write> gradients: array<f32>;
@group(0) @binding(6) var<storage, read_write> m: array<f32>;
@group(0) @binding(7) var<storage, read_write> v: array<f32>;

const BLOCKS = CHUNK / 4u;              // vectors of a row, and one of padding
const STRIDE = BLOCKS + 1u;
const CHUNKS = (B + CHUNK - 1u) / CHUNK;
const BATCH_BLOCKS = CHUNKS * BLOCKS;

var<workgroup> rows: array<vec4f, ROW_COUNT * STRIDE>;
var<workgroup> weights: array<vec4f, WEIGHT_VECTORS>;
var<workgroup> biases: array<f32, BIAS_COUNT>;
var<workgroup> drawn: array<u32, 2u * B>;                               // this and the next batch's rows in the pool
var<workgroup> wanted: array<vec4f, 2u * TARGET_WIDTH * BATCH_BLOCKS>;  // their targets [2, TARGET_WIDTH, B]
var<workgroup> losses: array<vec4f, BATCH_BLOCKS>;                      // of each example
var<workgroup> now: State;
var<workgroup> rates: Rates;

fn fours(n: u32) -> u32 { return (n + 3u) / 4u; }

fn load_parameters(r: u32, thread: u32) {
  for (var l = 0u; l < DEPTH; l++) {
    let layer = LAYERS[l];
    for (var i = thread; i < layer.outs * layer.ins; i += THREADS) {
      weights[layer.w + i / layer.ins * layer.w_stride + i % layer.ins / 4u][i % layer.ins % 4u] =
        parameters[r * P + layer.weight + i];
    }
    if (HAS_BIAS) {
      for (var o = thread; o < layer.outs; o += THREADS) { biases[layer.b + o] = parameters[r * P + layer.bias + o]; }
    }
  }
}

fn store_parameters(r: u32, thread: u32) {
  for (var l = 0u; l < DEPTH; l++) {
    let layer = LAYERS[l];
    for (var i = thread; i < layer.outs * layer.ins; i += THREADS) {
      parameters[r * P + layer.weight + i] =
        weights[layer.w + i / layer.ins * layer.w_stride + i % layer.ins / 4u][i % layer.ins % 4u];
    }
    if (HAS_BIAS) {
      for (var o = thread; o < layer.outs; o += THREADS) { parameters[r * P + layer.bias + o] = biases[layer.b + o]; }
    }
  }
}

// Where the batch of a step begins in `drawn` and `wanted`.
fn drawn_at(step: u32) -> u32 { return step % 2u * B; }
fn wanted_at(step: u32) -> u32 { return step % 2u * TARGET_WIDTH * BATCH_BLOCKS; }

// A step's rows, as sample_batch, and their targets: examples `first`, first + count, …
fn draw(first: u32, count: u32, step: u32, seed: u32) {
  for (var i = first; i < 4u * BATCH_BLOCKS; i += count) {
    let at = wanted_at(step) + i / 4u;
    if (i >= B) {
      if (INTEGER_TARGETS) { wanted[at][i % 4u] = -1f; }
      continue;
    }
    let within = step % ROWS * B + i;
    var row = within % ROWS;
    if (!IN_ORDER) { row = permute(row, seed, step / ROWS * B + within / ROWS); }
    drawn[drawn_at(step) + i] = row;
    for (var c = 0u; c < TARGET_WIDTH; c++) {
      let word = targets[row * TARGET_WIDTH + c];
      wanted[at + c * BATCH_BLOCKS][i % 4u] = select(bitcast<f32>(word), f32(bitcast<i32>(word)), INTEGER_TARGETS);
    }
  }
}

fn load_inputs(thread: u32, step: u32, chunk: u32) {
  for (var i = thread; i < INPUT_WIDTH * CHUNK; i += THREADS) {
    let c = i % INPUT_WIDTH;
    let example = i / INPUT_WIDTH;
    let n = chunk * CHUNK + example;
    var x = 0f;
    if (n < B) { x = inputs[drawn[drawn_at(step) + n] * INPUT_WIDTH + c]; }
    rows[(LAYERS[0].x + c) * STRIDE + example / 4u][example % 4u] = x;
  }
}

fn forward(thread: u32, layer: Layer, is_last: bool) {
  let quarter = fours(layer.outs);
  for (var tile = thread; tile < quarter * BLOCKS; tile += THREADS) {
    let block = tile % BLOCKS;
    let o = tile / BLOCKS; // and o + quarter, o + 2 quarter, o + 3 quarter
    var sum = mat4x4f();
    for (var k = 0u; k < fours(layer.ins); k++) {
      let at = layer.w + o * layer.w_stride + k;
      let w = mat4x4f(
        weights[at],
        weights[at + quarter * layer.w_stride],
        weights[at + 2u * quarter * layer.w_stride],
        weights[at + 3u * quarter * layer.w_stride],
      );
      let x = (layer.x + 4u * k) * STRIDE + block;
      let by_k = transpose(w);
      sum = add_outer(sum, by_k[0], rows[x]);
      sum = add_outer(sum, by_k[1], rows[x + STRIDE]);
      sum = add_outer(sum, by_k[2], rows[x + 2u * STRIDE]);
      sum = add_outer(sum, by_k[3], rows[x + 3u * STRIDE]);
    }
    put_output(layer, o, block, sum[0], is_last);
    put_output(layer, o + quarter, block, sum[1], is_last);
    put_output(layer, o + 2u * quarter, block, sum[2], is_last);
    put_output(layer, o + 3u * quarter, block, sum[3], is_last);
  }
}

fn put_output(layer: Layer, o: u32, block: u32, product: vec4f, is_last: bool) {
  if (o >= layer.outs) { return; }
  var z = product;
  if (HAS_BIAS) { z += biases[layer.b + o]; }
  if (KEEPS_INPUT && !is_last) { rows[(layer.y_kept + o) * STRIDE + block] = z; }
  rows[(layer.y + o) * STRIDE + block] = select(activate(z), z, is_last);
}

// The losses of a chunk, four examples at a time; the outputs become their gradient.
fn score(thread: u32, step: u32, chunk: u32, count: f32) {
  if (thread >= BLOCKS) { return; }
  let y = LAYERS[DEPTH - 1u].y * STRIDE + thread;
  let block = chunk * BLOCKS + thread;
  if (INTEGER_TARGETS) {
    let label = wanted[wanted_at(step) + block];
    var most = rows[y];
    for (var c = 1u; c < OUTPUT_WIDTH; c++) { most = max(most, rows[y + c * STRIDE]); }
    var sum = vec4f(0f);
    var of_label = vec4f(0f);
    for (var c = 0u; c < OUTPUT_WIDTH; c++) {
      let logit = rows[y + c * STRIDE] - most;
      sum += exp(logit);
      of_label = select(of_label, logit, label == vec4f(f32(c)));
    }
    for (var c = 0u; c < OUTPUT_WIDTH; c++) {
      let at = y + c * STRIDE;
      let hit = select(vec4f(0f), vec4f(1f), label == vec4f(f32(c)));
      rows[at] = select(vec4f(0f), (exp(rows[at] - most) / sum - hit) / count, label >= vec4f(0f));
    }
    losses[block] = select(vec4f(0f), log(sum) - of_label, label >= vec4f(0f));
  } else {
    let exists = vec4u(4u * block) + vec4u(0u, 1u, 2u, 3u) < vec4u(B);
    var squares = vec4f(0f);
    for (var c = 0u; c < TARGET_WIDTH; c++) {
      let difference = rows[y + c * STRIDE] - wanted[wanted_at(step) + c * BATCH_BLOCKS + block];
      squares += difference * difference;
      rows[y + c * STRIDE] = select(vec4f(0f), 2f * difference / f32(B * TARGET_WIDTH), exists);
    }
    losses[block] = select(vec4f(0f), squares / f32(TARGET_WIDTH), exists);
  }
}

// How many of the batch's targets count.
fn scored(step: u32) -> f32 {
  if (!INTEGER_TARGETS) { return f32(B); }
  var count = vec4f(0f);
  for (var block = 0u; block < BATCH_BLOCKS; block++) {
    count += select(vec4f(0f), vec4f(1f), wanted[wanted_at(step) + block] >= vec4f(0f));
  }
  return max(1f, count.x + count.y + count.z + count.w);
}

// The end of a step, by one thread.
fn close(r: u32, count: f32) {
  var sum = vec4f(0f);
  for (var block = 0u; block < BATCH_BLOCKS; block++) { sum += losses[block]; }
  let loss = ((sum.x + sum.y) + (sum.z + sum.w)) / count;
  ring[now.step % RING_STEPS * REPLICAS + r] = loss;
  now.loss = loss;
  if (!is_finite(loss) && now.halted == 0u) { now.halted = now.step + 1u; }
  now.learning_rate = now.peak_learning_rate * factor(now);
  now.step += 1u;
  rates = rates_of(now);
}

// The thread's 4 × 4 of the gradient of a layer's input, before the activation's derivative: rows 4 k to 4 k + 3.
fn input_gradient(thread: u32, layer: Layer) -> mat4x4f {
  var sum = mat4x4f();
  if (thread >= fours(layer.ins) * BLOCKS) { return sum; }
  let w = layer.w + thread / BLOCKS;
  let dy = layer.y * STRIDE + thread % BLOCKS;
  for (var o = 0u; o < layer.outs; o += 4u) { // rows of padding are 0
    sum = add_outer(sum, weights[w + o * layer.w_stride], rows[dy + o * STRIDE]);
    sum = add_outer(sum, weights[w + (o + 1u) * layer.w_stride], rows[dy + (o + 1u) * STRIDE]);
    sum = add_outer(sum, weights[w + (o + 2u) * layer.w_stride], rows[dy + (o + 2u) * STRIDE]);
    sum = add_outer(sum, weights[w + (o + 3u) * layer.w_stride], rows[dy + (o + 3u) * STRIDE]);
  }
  return sum;
}

fn put_input_gradient(thread: u32, layer: Layer, gradient: mat4x4f) {
  if (thread >= fours(layer.ins) * BLOCKS) { return; }
  let k = thread / BLOCKS * 4u;
  put_row(layer, k, thread % BLOCKS, gradient[0]);
  put_row(layer, k + 1u, thread % BLOCKS, gradient[1]);
  put_row(layer, k + 2u, thread % BLOCKS, gradient[2]);
  put_row(layer, k + 3u, thread % BLOCKS, gradient[3]);
}
fn put_row(layer: Layer, k: u32, block: u32, gradient: vec4f) {
  if (k >= layer.ins) { return; }
  rows[(layer.x + k) * STRIDE + block] = gradient * activation_derivative(rows[(layer.kept + k) * STRIDE + block]);
}

// Adds a chunk's gradients of a layer's parameters to those before; after the last chunk the parameters change.
fn update_layer(r: u32, thread: u32, layer: Layer, chunk: u32, halted: bool) {
  let quarter = fours(layer.outs);
  let across = fours(layer.ins);
  let updates = chunk == CHUNKS - 1u && !halted;
  for (var tile = thread; tile < quarter * across; tile += THREADS) {
    let k = tile % across; // and k + across, …
    let o = tile / across; // and o + quarter, …
    let at0 = places(r, layer, o, k);
    let at1 = places(r, layer, o + quarter, k);
    let at2 = places(r, layer, o + 2u * quarter, k);
    let at3 = places(r, layer, o + 3u * quarter, k);
    var sum = mat4x4f(); // column i: output o + i · quarter
    if (chunk > 0u) { sum = mat4x4f(gradients_at(at0), gradients_at(at1), gradients_at(at2), gradients_at(at3)); }
    var means = mat4x4f();
    var squares = mat4x4f();
    if (updates) {
      means = mat4x4f(m_at(at0), m_at(at1), m_at(at2), m_at(at3));
      if (ADAM) { squares = mat4x4f(v_at(at0), v_at(at1), v_at(at2), v_at(at3)); }
    }
    for (var block = 0u; block < BLOCKS; block++) {
      let x = (layer.x + k) * STRIDE + block;
      let dy = (layer.y + o) * STRIDE + block;
      let xs = mat4x4f(rows[x], rows[x + across * STRIDE], rows[x + 2u * across * STRIDE], rows[x + 3u * across * STRIDE]);
      sum[0] += rows[dy] * xs;
      sum[1] += rows[dy + quarter * STRIDE] * xs;
      sum[2] += rows[dy + 2u * quarter * STRIDE] * xs;
      sum[3] += rows[dy + 3u * quarter * STRIDE] * xs;
    }
    put_weights(layer, o, k, at0, sum[0], means[0], squares[0], updates);
    put_weights(layer, o + quarter, k, at1, sum[1], means[1], squares[1], updates);
    put_weights(layer, o + 2u * quarter, k, at2, sum[2], means[2], squares[2], updates);
    put_weights(layer, o + 3u * quarter, k, at3, sum[3], means[3], squares[3], updates);
  }
  if (!HAS_BIAS) { return; }
  for (var o = thread; o < layer.outs; o += THREADS) {
    var sum = vec4f(0f);
    for (var block = 0u; block < BLOCKS; block++) { sum += rows[(layer.y + o) * STRIDE + block]; }
    let at = r * P + layer.bias + o;
    var g = (sum.x + sum.y) + (sum.z + sum.w);
    if (chunk > 0u) { g += gradients[at]; }
    if (chunk < CHUNKS - 1u) { gradients[at] = g; }
    if (!updates) { continue; }
    var old = Parameter(vec4f(biases[layer.b + o]), vec4f(m[at]), vec4f(0f));
    if (ADAM) { old.v = vec4f(v[at]); }
    let after = updated(old, vec4f(g), 0f, rates);
    biases[layer.b + o] = after.p.x;
    m[at] = after.m.x;
    if (ADAM) { v[at] = after.v.x; }
  }
}

// Where the weights of output o from inputs k, k + across, … lie among the parameters; those of padding anywhere.
fn places(r: u32, layer: Layer, o: u32, k: u32) -> vec4u {
  let inputs_of = min(k + fours(layer.ins) * vec4u(0u, 1u, 2u, 3u), vec4u(layer.ins - 1u));
  return r * P + layer.weight + min(o, layer.outs - 1u) * layer.ins + inputs_of;
}
fn gradients_at(at: vec4u) -> vec4f { return vec4f(gradients[at.x], gradients[at.y], gradients[at.z], gradients[at.w]); }
fn m_at(at: vec4u) -> vec4f { return vec4f(m[at.x], m[at.y], m[at.z], m[at.w]); }
fn v_at(at: vec4u) -> vec4f { return vec4f(v[at.x], v[at.y], v[at.z], v[at.w]); }

fn put_weights(layer: Layer, o: u32, k: u32, at: vec4u, g: vec4f, means: vec4f, squares: vec4f, updates: bool) {
  if (o >= layer.outs) { return; }
  let across = fours(layer.ins);
  let w = layer.w + o * layer.w_stride;
  if (!updates) {
    // For the next chunk, or for nobody: the run has halted.
    if (CHUNKS == 1u) { return; }
    gradients[at.x] = g.x;
    if (k + across < layer.ins) { gradients[at.y] = g.y; }
    if (k + 2u * across < layer.ins) { gradients[at.z] = g.z; }
    if (k + 3u * across < layer.ins) { gradients[at.w] = g.w; }
    return;
  }
  let old = vec4f(weight_at(w, k), weight_at(w, k + across), weight_at(w, k + 2u * across), weight_at(w, k + 3u * across));
  let after = updated(Parameter(old, means, squares), g, rates.shrink, rates);
  put_weight(layer, w, k, at.x, after.p.x, after.m.x, after.v.x);
  put_weight(layer, w, k + across, at.y, after.p.y, after.m.y, after.v.y);
  put_weight(layer, w, k + 2u * across, at.z, after.p.z, after.m.z, after.v.z);
  put_weight(layer, w, k + 3u * across, at.w, after.p.w, after.m.w, after.v.w);
}
fn weight_at(w: u32, k: u32) -> f32 { return weights[w + k / 4u][k % 4u]; }
fn put_weight(layer: Layer, w: u32, k: u32, at: u32, p: f32, mean: f32, square: f32) {
  if (k >= layer.ins) { return; }
  weights[w + k / 4u][k % 4u] = p;
  m[at] = mean;
  if (ADAM) { v[at] = square; }
}

@compute @workgroup_size(THREADS)
fn main(
  @builtin(workgroup_id) workgroup: vec3u,
  @builtin(num_workgroups) grid: vec3u,
  @builtin(local_invocation_index) thread: u32,
) {
  if (workgroup.y > 0u) { return; }
  let r = workgroup.z;
  let begun = state[r].step;
  let seed = state[r].seed;
  if (thread == 0u) { now = state[r]; }
  load_parameters(r, thread);
  draw(thread, THREADS, begun, seed);
  workgroupBarrier();
  for (var i = 0u; i < grid.y; i++) {
    let step = begun + i;
    let count = scored(step);
    for (var chunk = 0u; chunk < CHUNKS; chunk++) {
      load_inputs(thread, step, chunk);
      workgroupBarrier();
      for (var l = 0u; l < DEPTH; l++) {
        forward(thread, LAYERS[l], l == DEPTH - 1u);
        if (chunk + l == 0u && thread >= THREADS / 2u) { draw(thread - THREADS / 2u, THREADS / 2u, step + 1u, seed); }
        workgroupBarrier();
      }
      score(thread, step, chunk, count);
      workgroupBarrier();
      if (thread == 0u && chunk == CHUNKS - 1u) { close(r, count); }
      for (var l = DEPTH - 1u; l < DEPTH; l--) {
        var gradient = mat4x4f();
        if (l > 0u) { gradient = input_gradient(thread, LAYERS[l]); }
        workgroupBarrier();
        update_layer(r, thread, LAYERS[l], chunk, now.halted != 0u);
        workgroupBarrier();
        if (l > 0u) { put_input_gradient(thread, LAYERS[l], gradient); }
        workgroupBarrier();
      }
    }
  }
  if (thread == 0u) { state[r] = now; }
  store_parameters(r, thread);
}
