// What both persistent MLP kernels share (persistent_mlp.wgsl, persistent_mlp_tiled.wgsl): the end of loops, the loss, the update.
// Number is what they update at a time, f32 or vec4f; `output(at)`, `target_of(at)` and `put_gradient(at, g)` are their
// vectors of four examples.

// How many rows of the pool, its first, a replica learns from.
fn rows_of(r: u32) -> u32 {
  if (OWN_ROWS) { return state[r].rows; }
  return ROWS;
}

// Whether each example of a block is one of the batch.
fn exists(block: u32) -> vec4<bool> { return vec4u(4u * block) + vec4u(0u, 1u, 2u, 3u) < vec4u(B); }

// The end of a loop. Compilers for GPUs may write it out; those for the CPU would take long over it, and do not know it.
fn end(n: u32) -> u32 {
  if (UNROLLED) { return n; }
  return select(n, 0u, arrayLength(&parameters) == 0u);
}

// The losses of a block, whose outputs become their gradient: output c lies at y + c · by_y, target c at t + c · by_t.
// `count`: targets that count, of all the batch.
fn loss_of(block: u32, y: u32, by_y: u32, t: u32, by_t: u32, count: f32) -> vec4f {
  if (INTEGER_TARGETS) { return cross_entropy_of(y, by_y, target_of(t), count); }
  var squares = vec4f(0f);
  for (var c = 0u; c < end(OUTPUT_WIDTH); c++) {
    let difference = output(y + c * by_y) - target_of(t + c * by_t);
    squares += difference * difference;
    put_gradient(y + c * by_y, select(vec4f(0f), 2f * difference / f32(B * OUTPUT_WIDTH), exists(block)));
  }
  return select(vec4f(0f), squares / f32(OUTPUT_WIDTH), exists(block));
}

fn cross_entropy_of(y: u32, by_y: u32, label: vec4f, count: f32) -> vec4f {
  let counts = label >= vec4f(0f);
  var most = output(y);
  for (var c = 1u; c < end(OUTPUT_WIDTH); c++) { most = max(most, output(y + c * by_y)); }
  var sum = vec4f(0f);
  var of_label = vec4f(0f);
  for (var c = 0u; c < end(OUTPUT_WIDTH); c++) {
    let logit = output(y + c * by_y) - most;
    sum += exp(logit);
    of_label = select(of_label, logit, label == vec4f(f32(c)));
  }
  for (var c = 0u; c < end(OUTPUT_WIDTH); c++) {
    let at = y + c * by_y;
    let hit = select(vec4f(0f), vec4f(1f), label == vec4f(f32(c)));
    put_gradient(at, select(vec4f(0f), (exp(output(at) - most) / sum - hit) / count, counts));
  }
  return select(vec4f(0f), log(sum) - of_label, counts);
}

// The update, as adamw.wgsl or, unless ADAM, sgd.wgsl: what it shares for all parameters.
struct Rates { lr: f32, shrink: f32, step_size: f32, root_scale: f32, first: bool }

// Of a state whose step is closed: the first update has step 1.
fn rates_of(now: State) -> Rates {
  let t = now.step;
  let lr = now.learning_rate;
  let shrink = lr * now.weight_decay;
  if (!ADAM) { return Rates(lr, shrink, lr, 1f, t <= 1u); }
  return Rates(lr, shrink, lr / one_minus_power(LOG_BETA1, f32(t)), 1f / sqrt(one_minus_power(LOG_BETA2, f32(t))), false);
}

// Parameters and their moments. v is untouched unless ADAM.
struct Parameter { p: Number, m: Number, v: Number }

fn updated(old: Parameter, g: Number, shrink: f32, now: Rates) -> Parameter {
  if (ADAM) {
    let m = BETA1 * old.m + ONE_MINUS_BETA1 * g;
    let v = BETA2 * old.v + ONE_MINUS_BETA2 * g * g;
    return Parameter(old.p - (shrink * old.p + now.step_size * m / (sqrt(v) * now.root_scale + EPSILON)), m, v);
  }
  var b = g;
  if (!now.first) { b += MOMENTUM * old.m; }
  return Parameter(old.p - (shrink * old.p + now.lr * b), b, old.v);
}
