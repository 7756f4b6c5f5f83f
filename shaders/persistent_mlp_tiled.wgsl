// Whole training steps of a small MLP on vectors, as many as the grid is high, by one workgroup per replica: for GPUs,
// as persistent_mlp.wgsl is for adapters that compute on the CPU. All between the threads goes through workgroup memory, which
// holds the weights for as long as the dispatch lasts and the activations of CHUNK examples of the batch at a time.
//
//   Xₗ₊₁ = activation(Xₗ Wₗᵀ + bₗ), Dₗ = (Dₗ₊₁ Wₗ) · activation′, dWₗ = Dₗ₊₁ᵀ Xₗ, dbₗ = Σ Dₗ₊₁          as persistent_mlp.wgsl
//
//   inputs      [ROWS, INPUT_WIDTH], targets [ROWS, TARGET_WIDTH]   shared by the replicas
//   parameters, m, v  [R, P]  +=      v untouched unless ADAM
//   state [R]  +=,   ring [RING_STEPS, R]  one row per step =
//   gradients   [R, P]  of the chunks so far
//
// In workgroup memory a matrix of activations has a row per neuron, [width, CHUNK] and a vector of padding; of weights a
// row per output, [outs, ins], padded with zeros to an odd number of vectors: neighbours meet different banks. Vector k of
// such a row has the weights from inputs k, k + across, k + 2 across, k + 3 across, of which there are across = ⌈ins/4⌉:
// no two threads write parts of one vector, for a write to a part may be one to the whole (WGSL, memory model). Rows come
// in fours; those of padding stay 0. Dₗ takes the place of Xₗ once dWₗ is known, from the registers of the threads.
// `apply` and all that it writes stand in persistent_mlp_tiled_update.wgsl.
//
// A thread has 4 × 4 outputs of a product; those of Dₗ and of dWₗ must be no more than there are threads. What a thread
// reads of gradients and moments it alone has written, and it reads all at once, before it computes: memory is far away.
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

const LAST = DEPTH - 1u;                // at most 4
const BLOCKS = CHUNK / 4u;              // vectors of a row, and one of padding
const STRIDE = BLOCKS + 1u;
const CHUNKS = (B + CHUNK - 1u) / CHUNK;
const BATCH_BLOCKS = CHUNKS * BLOCKS;

var<workgroup> rows: array<vec4f, ROW_COUNT * STRIDE>;
var<workgroup> weights: array<vec4f, WEIGHT_VECTORS>;
var<workgroup> biases: array<f32, BIAS_COUNT>;
var<workgroup> drawn: array<u32, 2u * B>;                               // this and the next batch's rows in the pool
var<workgroup> wanted: array<f32, 8u * TARGET_WIDTH * BATCH_BLOCKS>;    // their targets [2, TARGET_WIDTH, B]
var<workgroup> losses: array<vec4f, BATCH_BLOCKS>;                      // of each example
var<workgroup> now: State;
var<workgroup> rates: Rates;

fn fours(n: u32) -> u32 { return (n + 3u) / 4u; }

fn load_parameters(r: u32, thread: u32) {
  for (var l = 0u; l < DEPTH; l++) {
    let layer = LAYERS[l];
    let across = fours(layer.ins);
    for (var i = thread; i < layer.outs * across; i += THREADS) {
      let o = i / across;
      let k = i % across;
      let at = places(r, layer, o, k);
      let all = vec4f(parameters[at.x], parameters[at.y], parameters[at.z], parameters[at.w]);
      weights[layer.w + o * layer.w_stride + k] = select(vec4f(0f), all, inputs_of(layer, k) < vec4u(layer.ins));
    }
    if (HAS_BIAS) {
      for (var o = thread; o < layer.outs; o += THREADS) { biases[layer.b + o] = parameters[r * P + layer.bias + o]; }
    }
  }
}

fn store_parameters(r: u32, thread: u32) {
  for (var l = 0u; l < DEPTH; l++) {
    let layer = LAYERS[l];
    let across = fours(layer.ins);
    for (var i = thread; i < layer.outs * layer.ins; i += THREADS) {
      let k = i % layer.ins;
      parameters[r * P + layer.weight + i] = weights[layer.w + i / layer.ins * layer.w_stride + k % across][k / across];
    }
    if (HAS_BIAS) {
      for (var o = thread; o < layer.outs; o += THREADS) { parameters[r * P + layer.bias + o] = biases[layer.b + o]; }
    }
  }
}

// Where the batch of a step begins in `drawn` and, in vectors of four examples, in `wanted`.
fn drawn_at(step: u32) -> u32 { return step % 2u * B; }
fn wanted_at(step: u32) -> u32 { return step % 2u * TARGET_WIDTH * BATCH_BLOCKS; }

// A step's rows, as sample_batch, and their targets: examples `first`, first + count, … `pool`: rows to draw from.
fn draw(first: u32, count: u32, step: u32, pool: u32, seed: u32) {
  for (var i = first; i < 4u * BATCH_BLOCKS; i += count) {
    let at = 4u * wanted_at(step) + i;
    if (i >= B) {
      if (INTEGER_TARGETS) { wanted[at] = -1f; }
      continue;
    }
    let within = step % pool * B + i;
    var row = within % pool;
    if (!IN_ORDER) { row = permute(row, pool, seed, step / pool * B + within / pool); }
    drawn[drawn_at(step) + i] = row;
    for (var c = 0u; c < end(TARGET_WIDTH); c++) {
      let word = targets[row * TARGET_WIDTH + c];
      wanted[at + c * 4u * BATCH_BLOCKS] = select(bitcast<f32>(word), f32(bitcast<i32>(word)), INTEGER_TARGETS);
    }
  }
}

fn load_inputs(thread: u32, step: u32, chunk: u32) {
  for (var i = thread; i < INPUT_WIDTH * BLOCKS; i += THREADS) {
    let c = i % INPUT_WIDTH;
    let block = i / INPUT_WIDTH;
    let n = chunk * CHUNK + 4u * block;
    rows[(LAYERS[0].x + c) * STRIDE + block] =
      vec4f(input_of(step, n, c), input_of(step, n + 1u, c), input_of(step, n + 2u, c), input_of(step, n + 3u, c));
  }
}
fn input_of(step: u32, n: u32, c: u32) -> f32 {
  if (n >= B) { return 0f; }
  return inputs[drawn[drawn_at(step) + n] * INPUT_WIDTH + c];
}

fn forward(thread: u32, layer: Layer, is_last: bool) {
  let across = fours(layer.ins);
  let quarter = fours(layer.outs);
  for (var tile = thread; tile < quarter * BLOCKS; tile += THREADS) {
    let block = tile % BLOCKS;
    let o = tile / BLOCKS; // and o + quarter, o + 2 quarter, o + 3 quarter
    var sum = mat4x4f();
    for (var k = 0u; k < end(across); k++) {
      let at = layer.w + o * layer.w_stride + k;
      let w = mat4x4f(
        weights[at],
        weights[at + quarter * layer.w_stride],
        weights[at + 2u * quarter * layer.w_stride],
        weights[at + 3u * quarter * layer.w_stride],
      );
      let x = (layer.x + k) * STRIDE + block;
      let by_k = transpose(w);
      sum = add_outer(sum, by_k[0], rows[x]);
      sum = add_outer(sum, by_k[1], rows[x + across * STRIDE]);
      sum = add_outer(sum, by_k[2], rows[x + 2u * across * STRIDE]);
      sum = add_outer(sum, by_k[3], rows[x + 3u * across * STRIDE]);
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

fn output(at: u32) -> vec4f { return rows[at]; }
fn target_of(at: u32) -> vec4f {
  return vec4f(wanted[4u * at], wanted[4u * at + 1u], wanted[4u * at + 2u], wanted[4u * at + 3u]);
}
fn put_gradient(at: u32, g: vec4f) { rows[at] = g; }

// The losses of a chunk.
fn score(thread: u32, step: u32, chunk: u32, count: f32) {
  if (thread >= BLOCKS) { return; }
  let block = chunk * BLOCKS + thread;
  let y = LAYERS[DEPTH - 1u].y * STRIDE + thread;
  losses[block] = loss_of(block, y, STRIDE, wanted_at(step) + block, BATCH_BLOCKS, count);
}

// How many of the batch's targets count.
fn scored(step: u32) -> f32 {
  if (!INTEGER_TARGETS) { return f32(B); }
  var count = vec4f(0f);
  for (var block = 0u; block < end(BATCH_BLOCKS); block++) {
    count += select(vec4f(0f), vec4f(1f), target_of(wanted_at(step) + block) >= vec4f(0f));
  }
  return max(1f, count.x + count.y + count.z + count.w);
}

// The end of a step, by one thread.
fn close(r: u32, count: f32) {
  var sum = vec4f(0f);
  for (var block = 0u; block < end(BATCH_BLOCKS); block++) { sum += losses[block]; }
  let loss = ((sum.x + sum.y) + (sum.z + sum.w)) / count;
  now.loss = loss;
  if (!is_finite(loss) && now.halted == 0u) { now.halted = now.step + 1u; }
  ring[now.step % RING_STEPS * REPLICAS + r] = told(loss, now.halted);
  now.learning_rate = now.peak_learning_rate * factor(now);
  now.step += 1u;
  rates = rates_of(now);
}

// What a thread finds out of a layer before anything of it may change: 4 × 4 of the gradient of the input, before the
// activation's derivative (rows k, k + across, …), 4 × 4 of that of the weights (column i: output o + i · quarter) of this
// chunk and those before, and the moments of these weights.
struct Found { input: mat4x4f, weights: mat4x4f, means: mat4x4f, squares: mat4x4f }

fn find(r: u32, thread: u32, layer: Layer, chunk: u32, wants_input: bool) -> Found {
  var found = Found();
  let across = fours(layer.ins);
  let quarter = fours(layer.outs);
  let k = thread % across; // and k + across, …
  let o = thread / across; // and o + quarter, …
  let has_weights = thread < quarter * across;
  if (has_weights) {
    let at0 = places(r, layer, o, k);
    let at1 = places(r, layer, o + quarter, k);
    let at2 = places(r, layer, o + 2u * quarter, k);
    let at3 = places(r, layer, o + 3u * quarter, k);
    if (chunk > 0u) { found.weights = mat4x4f(gradients_at(at0), gradients_at(at1), gradients_at(at2), gradients_at(at3)); }
    if (chunk == CHUNKS - 1u) {
      found.means = mat4x4f(m_at(at0), m_at(at1), m_at(at2), m_at(at3));
      if (ADAM) { found.squares = mat4x4f(v_at(at0), v_at(at1), v_at(at2), v_at(at3)); }
    }
  }
  if (wants_input && thread < across * BLOCKS) {
    let w = layer.w + thread / BLOCKS;
    let dy = layer.y * STRIDE + thread % BLOCKS;
    var sum = mat4x4f();
    for (var o4 = 0u; o4 < end(quarter); o4++) { // rows of padding are 0
      let at = w + 4u * o4 * layer.w_stride;
      let row = dy + 4u * o4 * STRIDE;
      sum = add_outer(sum, weights[at], rows[row]);
      sum = add_outer(sum, weights[at + layer.w_stride], rows[row + STRIDE]);
      sum = add_outer(sum, weights[at + 2u * layer.w_stride], rows[row + 2u * STRIDE]);
      sum = add_outer(sum, weights[at + 3u * layer.w_stride], rows[row + 3u * STRIDE]);
    }
    found.input = sum;
  }
  if (has_weights) {
    var sum = found.weights;
    for (var block = 0u; block < end(BLOCKS); block++) {
      let x = (layer.x + k) * STRIDE + block;
      let dy = (layer.y + o) * STRIDE + block;
      let xs = mat4x4f(rows[x], rows[x + across * STRIDE], rows[x + 2u * across * STRIDE], rows[x + 3u * across * STRIDE]);
      sum[0] += rows[dy] * xs;
      sum[1] += rows[dy + quarter * STRIDE] * xs;
      sum[2] += rows[dy + 2u * quarter * STRIDE] * xs;
      sum[3] += rows[dy + 3u * quarter * STRIDE] * xs;
    }
    found.weights = sum;
  }
  return found;
}

// Every thread of the workgroup must call it.
fn backward(r: u32, thread: u32, layer: Layer, chunk: u32, wants_input: bool) {
  let found = find(r, thread, layer, chunk, wants_input);
  workgroupBarrier();
  apply(r, thread, layer, chunk, wants_input, found);
  workgroupBarrier();
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
  let pool = rows_of(r);
  if (thread == 0u) { now = state[r]; }
  load_parameters(r, thread);
  draw(thread, THREADS, begun, pool, seed);
  workgroupBarrier();
  for (var i = 0u; i < grid.y; i++) {
    let step = begun + i;
    let count = scored(step);
    for (var chunk = 0u; chunk < CHUNKS; chunk++) {
      load_inputs(thread, step, chunk);
      workgroupBarrier();
      forward(thread, LAYERS[0], LAST == 0u);
      if (chunk == 0u && thread >= THREADS / 2u) { draw(thread - THREADS / 2u, THREADS / 2u, step + 1u, pool, seed); }
      workgroupBarrier();
      if (UNROLLED) { // what is constant for a layer is so for the compiler
        if (LAST > 0u) { forward(thread, LAYERS[min(1u, LAST)], LAST == 1u); workgroupBarrier(); }
        if (LAST > 1u) { forward(thread, LAYERS[min(2u, LAST)], LAST == 2u); workgroupBarrier(); }
        if (LAST > 2u) { forward(thread, LAYERS[min(3u, LAST)], LAST == 3u); workgroupBarrier(); }
        if (LAST > 3u) { forward(thread, LAYERS[min(4u, LAST)], LAST == 4u); workgroupBarrier(); }
      } else {
        for (var l = 1u; l < DEPTH; l++) { forward(thread, LAYERS[l], l == LAST); workgroupBarrier(); }
      }
      score(thread, step, chunk, count);
      workgroupBarrier();
      if (thread == 0u && chunk == CHUNKS - 1u) { close(r, count); }
      if (UNROLLED) {
        if (LAST > 3u) { backward(r, thread, LAYERS[min(4u, LAST)], chunk, true); }
        if (LAST > 2u) { backward(r, thread, LAYERS[min(3u, LAST)], chunk, true); }
        if (LAST > 1u) { backward(r, thread, LAYERS[min(2u, LAST)], chunk, true); }
        if (LAST > 0u) { backward(r, thread, LAYERS[min(1u, LAST)], chunk, true); }
        backward(r, thread, LAYERS[0], chunk, false);
      } else {
        for (var l = DEPTH; l > 0u; l--) { backward(r, thread, LAYERS[l - 1u], chunk, l > 1u); }
      }
    }
  }
  if (thread == 0u) { state[r] = now; }
  store_parameters(r, thread);
}
