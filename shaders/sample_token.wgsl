// Draws the token after position p = state.step of each row, and writes it there.
//
//   tokens[b, p + 1] = the first v with Σ_(w ≤ v) e(w) > u Σ_w e(w),  e(w) = exp((logits[b, p, w] − max) / temperature)
//                      or, if GREEDY, the first v with the largest logit
//   u = hash(seed, TOKEN_STREAM, b, p) in [0, 1): the inverse of the cumulative distribution, one draw per row
//
// A logit of −∞ is never drawn. Where a logit is NaN or +∞, or none is finite, the token is −1.
// Nothing is written where p has no logits (p ≥ T) or nothing follows it (p + 1 ≥ LENGTH).
//
//   logits  [R, B, T, V]
//   tokens  [R, B, LENGTH]   i32, one column =
//
// Workgroup: 64 threads, one row; each takes CHUNK = ⌈V/64⌉ neighbouring classes, so that sums run in the order
// of the classes. Grid: (B, 1, R).

@group(0) @binding(0) var<storage, read> logits: array<f32>;
@group(0) @binding(1) var<storage, read> state: array<State>; // [R], the generator's own
@group(0) @binding(2) var<storage, read_write> tokens: array<i32>;

const THREADS = 64u;
var<workgroup> maxima: array<f32, THREADS>;
var<workgroup> classes: array<u32, THREADS>; // of the maxima
var<workgroup> wrong: array<u32, THREADS>;   // whether a logit is NaN or +∞
var<workgroup> sums: array<f32, THREADS>;

const MINUS_INFINITY_BITS = 0xff800000u;

// By the bits: comparisons may be compiled as if there were no NaN.
fn is_wrong(x: f32) -> bool {
  let bits = bitcast<u32>(x);
  return (bits & 0x7f800000u) == 0x7f800000u && bits != MINUS_INFINITY_BITS;
}

fn weight(x: f32, most: f32) -> f32 { return exp((x - most) * INVERSE_TEMPERATURE); }

// Runs in one thread, after the sums of all chunks are there.
fn draw(first_logit: u32, most: f32, uniform_number: f32) -> u32 {
  var total = 0f;
  for (var i = 0u; i < THREADS; i++) { total += sums[i]; }
  let wanted = uniform_number * total;

  var before = 0f; // sum of the chunks before `chunk`
  var chunk = 0u;
  var sum = 0f;
  for (var i = 0u; i < THREADS; i++) {
    if (sums[i] > 0f) {
      chunk = i;
      before = sum;
      if (sum + sums[i] > wanted) { break; }
    }
    sum += sums[i];
  }

  // Where rounding lets no class exceed `wanted`, the last that has a weight.
  var drawn = chunk * CHUNK;
  for (var v = chunk * CHUNK; v < min(V, (chunk + 1u) * CHUNK); v++) {
    let e = weight(logits[first_logit + v], most);
    if (e > 0f) { drawn = v; }
    before += e;
    if (before > wanted) { break; }
  }
  return drawn;
}

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) thread: u32) {
  let r = group.z;
  let b = group.x;
  let p = state[r].step;
  if (p >= T || p + 1u >= LENGTH) { return; }
  let first_logit = r * LOGITS_STRIDE + (b * T + p) * V;
  let first = min(V, thread * CHUNK);
  let end = min(V, first + CHUNK);

  // Chunks without a class repeat the first logit: with it they change nothing.
  var most = logits[first_logit + select(0u, first, first < V)];
  var class_of_most = select(0u, first, first < V);
  var any_wrong = false;
  for (var v = first; v < end; v++) {
    let x = logits[first_logit + v];
    any_wrong = any_wrong || is_wrong(x);
    if (x > most) {
      most = x;
      class_of_most = v;
    }
  }
  maxima[thread] = most;
  classes[thread] = class_of_most;
  wrong[thread] = u32(any_wrong);
  workgroupBarrier();
  most = maxima[0];
  class_of_most = classes[0];
  any_wrong = wrong[0] != 0u;
  for (var i = 1u; i < THREADS; i++) {
    any_wrong = any_wrong || wrong[i] != 0u;
    if (maxima[i] > most) {
      most = maxima[i];
      class_of_most = classes[i];
    }
  }
  let drawable = !any_wrong && bitcast<u32>(most) != MINUS_INFINITY_BITS;

  var token = i32(class_of_most);
  if (!GREEDY) {
    var sum = 0f;
    for (var v = first; v < end; v++) { sum += weight(logits[first_logit + v], most); }
    sums[thread] = sum;
    workgroupBarrier();
    if (thread == 0u && drawable) {
      let key = mix_word(mix_word(mix_word(0u, state[r].seed), TOKEN_STREAM), b);
      token = i32(draw(first_logit, most, uniform_float(mix_word(key, p))));
    }
  }
  if (thread == 0u) { tokens[r * TOKENS_STRIDE + b * LENGTH + p + 1u] = select(-1, token, drawable); }
}
