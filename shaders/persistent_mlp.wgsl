// Whole training steps of a small MLP on vectors, as many as the grid is high, by one workgroup per replica: for adapters
// that compute on the CPU (persistent_mlp_tiled.wgsl is for GPUs).
//
//   X₀ = inputs[π(…)], T = targets[π(…)]                       as sample_batch
//   Xₗ₊₁ = activation(Xₗ Wₗᵀ + bₗ), without activation for the last of the DEPTH layers
//   loss = mean squared error, or mean cross-entropy over the targets ≥ 0 if INTEGER_TARGETS; Dₗ its gradients
//   Dₗ = (Dₗ₊₁ Wₗ) · activation′,  dWₗ = Dₗ₊₁ᵀ Xₗ,  dbₗ = Σ Dₗ₊₁
//   end of the step as end_step, update as adamw or, unless ADAM, sgd: each dW goes no further than its thread
//
//   inputs      [ROWS, INPUT_WIDTH], targets [ROWS, TARGET_WIDTH]   shared by the replicas
//   parameters, m, v  [R, P]  +=      v untouched unless ADAM
//   state [R]  +=,   ring [RING_STEPS, R]  one row per step =
//   scratch     [R, SCRATCH] vectors: T, all Xₗ and all Dₗ. A matrix is [width, BLOCKS], a vector four examples of the
//               batch; those from the B-th on are 0 in X₀ and in the loss's gradient, so that they add nothing.
//
// The threads are one subgroup: a product reads its weights at the same place in all of them, which have different examples.
// Phases that need each other are held apart by barriers; all between the threads goes through storage.
// Workgroup: THREADS. Grid: (1, steps, R); but for the first, the workgroups along y return at once.

alias Number = f32;

struct Layer {
  ins: u32,
  outs: u32,
  weight: u32, // first element in the replica's parameters, likewise
  bias: u32,
  x: u32,      // first vector in the replica's scratch: what goes in, [ins, BLOCKS]
  dx: u32,     // its gradient: before the backward pass what `activation_derivative` wants of it
  y: u32,      // what comes out, and its gradient
  dy: u32,
}

@group(0) @binding(0) var<storage, read> inputs: array<f32>;
@group(0) @binding(1) var<storage, read> targets: array<u32>;
@group(0) @binding(2) var<storage, read_write> state: array<State>;
@group(0) @binding(3) var<storage, read_write> parameters: array<f32>;
@group(0) @binding(4) var<storage, read_write> ring: array<f32>;
@group(0) @binding(5) var<storage, read_write> scratch: array<vec4f>;
@group(0) @binding(6) var<storage, read_write> m: array<f32>;
@group(0) @binding(7) var<storage, read_write> v: array<f32>;

fn draw(r: u32, thread: u32, step: u32) {
  let seed = state[r].seed;
  let pool = rows_of(r);
  let columns = end(INPUT_WIDTH);
  let four = end(4u);
  for (var block = thread; block < BLOCKS; block += THREADS) {
    var rows = vec4u(0u);
    for (var i = 0u; i < four; i++) {
      let within = step % pool * B + min(4u * block + i, B - 1u);
      rows[i] = within % pool;
      if (!IN_ORDER) { rows[i] = permute(rows[i], pool, seed, step / pool * B + within / pool); }
    }
    for (var c = 0u; c < columns; c++) {
      let at = rows * INPUT_WIDTH + c;
      let x = vec4f(inputs[at.x], inputs[at.y], inputs[at.z], inputs[at.w]);
      scratch[r * SCRATCH + LAYERS[0].x + c * BLOCKS + block] = select(vec4f(0f), x, exists(block));
    }
    for (var c = 0u; c < TARGET_WIDTH; c++) {
      let at = rows * TARGET_WIDTH + c;
      let t = vec4u(targets[at.x], targets[at.y], targets[at.z], targets[at.w]);
      var value = bitcast<vec4f>(t);
      if (INTEGER_TARGETS) { value = select(vec4f(-1f), vec4f(bitcast<vec4i>(t)), exists(block)); }
      scratch[r * SCRATCH + c * BLOCKS + block] = value;
    }
  }
}

// One product of a step: out[o, :] = epilogue(Σ_k W[k · by_k + o · by_o] in[k, :]), summed in ascending k.
struct Product {
  ins: u32,
  outs: u32,
  weight: u32,
  by_k: u32,
  by_o: u32,
  source: u32,
}

fn products(r: u32, thread: u32, p: Product, layer: Layer, is_backward: bool, is_last: bool) {
  let base = r * SCRATCH;
  for (var o = 0u; o < p.outs; o += TILE) {
    let tile = min(TILE, p.outs - o);
    for (var block = thread; block < BLOCKS; block += THREADS) {
      var sum = array<vec4f, TILE>();
      for (var k = 0u; k < p.ins; k++) {
        let x = scratch[base + p.source + k * BLOCKS + block];
        let w = r * P + p.weight + k * p.by_k;
        for (var j = 0u; j < TILE; j++) {
          sum[j] = fma(vec4f(parameters[w + min(o + j, p.outs - 1u) * p.by_o]), x, sum[j]);
        }
      }
      var out = sum;
      for (var j = 0u; j < tile; j++) {
        let at = (o + j) * BLOCKS + block;
        if (is_backward) {
          let dx = base + layer.dx + at;
          scratch[dx] = out[j] * activation_derivative(scratch[dx]);
          continue;
        }
        var z = out[j];
        if (HAS_BIAS) { z += parameters[r * P + layer.bias + o + j]; }
        if (is_last) { scratch[base + layer.dy + at] = z; continue; }
        let y = activate(z);
        scratch[base + layer.y + at] = y;
        scratch[base + layer.dy + at] = select(y, z, KEEPS_INPUT);
      }
    }
  }
}

fn output(at: u32) -> vec4f { return scratch[at]; }
fn target_of(at: u32) -> vec4f { return scratch[at]; }
fn put_gradient(at: u32, g: vec4f) { scratch[at] = g; }

// Into T's first row.
fn score(r: u32, thread: u32) {
  let t = r * SCRATCH;
  let y = t + LAYERS[DEPTH - 1u].dy;
  for (var block = thread; block < BLOCKS; block += THREADS) {
    scratch[t + block] = loss_of(block, y + block, BLOCKS, t + block, BLOCKS, f32(state[r].count));
  }
}

fn count_targets(r: u32) {
  var count = vec4u(0u);
  for (var block = 0u; block < BLOCKS; block++) {
    count += select(vec4u(0u), vec4u(1u), scratch[r * SCRATCH + block] >= vec4f(0f));
  }
  state[r].count = count.x + count.y + count.z + count.w;
}

fn close(r: u32, step: u32) {
  var sum = vec4f(0f);
  for (var block = 0u; block < BLOCKS; block++) { sum += scratch[r * SCRATCH + block]; }
  var divisor = f32(B);
  if (INTEGER_TARGETS) { divisor = f32(max(1u, state[r].count)); }
  let loss = ((sum.x + sum.y) + (sum.z + sum.w)) / divisor;
  state[r].loss = loss;
  if (!is_finite(loss) && state[r].halted == 0u) { state[r].halted = step + 1u; }
  ring[step % RING_STEPS * REPLICAS + r] = told(loss, state[r].halted);
  state[r].learning_rate = state[r].peak_learning_rate * factor(state[r]);
  state[r].count = 0u;
  state[r].step = step + 1u;
}

fn update(at: u32, g: f32, shrink: f32, now: Rates) {
  var old = Parameter(parameters[at], m[at], 0f);
  if (ADAM) { old.v = v[at]; }
  let after = updated(old, g, shrink, now);
  parameters[at] = after.p;
  m[at] = after.m;
  if (ADAM) { v[at] = after.v; }
}

fn update_layer(r: u32, thread: u32, layer: Layer, now: Rates) {
  let dy = r * SCRATCH + layer.dy;
  let x = r * SCRATCH + layer.x;
  let blocks = end(BLOCKS);
  for (var o = 0u; o < layer.outs; o += TILE) {
    let tile = min(TILE, layer.outs - o);
    for (var first = 0u; first < layer.ins; first += THREADS) {
      let k = min(first + thread, layer.ins - 1u);
      var sum = array<vec4f, TILE>();
      for (var block = 0u; block < blocks; block++) {
        let four = scratch[x + k * BLOCKS + block];
        for (var j = 0u; j < TILE; j++) {
          sum[j] = fma(scratch[dy + min(o + j, layer.outs - 1u) * BLOCKS + block], four, sum[j]);
        }
      }
      if (first + thread >= layer.ins) { continue; }
      var out = sum;
      for (var j = 0u; j < tile; j++) {
        let g = (out[j].x + out[j].y) + (out[j].z + out[j].w);
        update(r * P + layer.weight + (o + j) * layer.ins + k, g, now.shrink, now);
      }
    }
  }
  if (!HAS_BIAS) { return; }
  for (var o = thread; o < layer.outs; o += THREADS) {
    var sum = vec4f(0f);
    for (var block = 0u; block < blocks; block++) { sum += scratch[dy + o * BLOCKS + block]; }
    update(r * P + layer.bias + o, (sum.x + sum.y) + (sum.z + sum.w), 0f, now);
  }
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
  storageBarrier();
  for (var i = 0u; i < grid.y; i++) {
    draw(r, thread, begun + i);
    storageBarrier();
    for (var l = 0u; l < DEPTH; l++) {
      let layer = LAYERS[l];
      let product = Product(layer.ins, layer.outs, layer.weight, 1u, layer.ins, layer.x);
      if (INTEGER_TARGETS && l == 0u && thread == 0u) { count_targets(r); }
      products(r, thread, product, layer, false, l == DEPTH - 1u);
      storageBarrier();
    }
    score(r, thread);
    storageBarrier();
    if (thread == 0u) { close(r, begun + i); }
    for (var l = DEPTH - 1u; l > 0u; l--) {
      let layer = LAYERS[l];
      let product = Product(layer.outs, layer.ins, layer.weight, layer.ins, 1u, layer.dy);
      products(r, thread, product, layer, true, false);
      storageBarrier();
    }
    if (DEPTH == 1u) { storageBarrier(); }
    if (state[r].halted == 0u) {
      let now = rates_of(state[r]);
      for (var l = 0u; l < DEPTH; l++) { update_layer(r, thread, LAYERS[l], now); }
    }
    storageBarrier();
  }
}
