// Closes a step: the mean loss, the stop when it is not finite, the learning rate for the optimizer, and the step number.
//
//   loss = Σ losses / divisor                        divisor: max(1, count), or DIVISOR unless DIVIDES_BY_COUNT
//   ring[step mod RING_STEPS, r] = loss
//   halted = step + 1 if the loss is not finite and halted was 0
//   learning_rate = peak_learning_rate · factor(step), where factor is
//     (step + 1) / warmup                                      while step < warmup, then by SCHEDULE
//     0 constant      1
//     1 cosine        FINAL + (1 − FINAL) (1 + cos(π (1 − left))) / 2
//     2 linear-decay  FINAL + (1 − FINAL) left
//     3 drop          1 while step + decay_steps < steps, then FINAL
//     left = min(1, (steps − step) / decay_steps), 0 from step number `steps` on
//   count = 0, for sample_batch to count in
//   step += 1
//
// src/kernels/step.ts has the same formula of the rate. If ONLY_ADVANCES, nothing but the last line. A batch without a
// scored target has loss 0, not 0/0.
// Each thread sums losses index, index + THREADS, …; the sums are added as a tree: always in the same order.
// Workgroup: THREADS (a power of two) for one replica. Grid: (1, 1, R).

@group(0) @binding(0) var<storage, read> losses: array<f32>;        // [R, ROWS]
@group(0) @binding(1) var<storage, read_write> ring: array<f32>;    // [RING_STEPS, R]  one row =
@group(0) @binding(2) var<storage, read_write> state: array<State>; // [R]

var<workgroup> sums: array<f32, THREADS>;

// By the bits: comparisons may be compiled as if there were no NaN.
fn is_finite(x: f32) -> bool { return (bitcast<u32>(x) & 0x7f800000u) != 0x7f800000u; }

// (1 + cos(π (1 − left))) / 2 = sin²(π left / 2): no cancellation where the rate is small. The series serves
// 0 … π/2 to 1e-9; the built-in sine promises only 2⁻¹¹.
fn half_cosine(left: f32) -> f32 {
  let x = 1.5707963267948966f * left;
  var sine = 1f;
  for (var k = 12f; k > 0f; k -= 2f) { sine = 1f - x * x / (k * (k + 1f)) * sine; }
  sine *= x;
  return sine * sine;
}

fn factor(now: State) -> f32 {
  let step = now.step;
  if (step < now.warmup) { return f32(step + 1u) / f32(now.warmup); }
  let left = min(1f, f32(now.steps - min(step, now.steps)) / f32(now.decay_steps));
  switch SCHEDULE {
    case 1u: { return FINAL + (1f - FINAL) * half_cosine(left); }
    case 2u: { return FINAL + (1f - FINAL) * left; }
    case 3u: { return select(FINAL, 1f, step + now.decay_steps < now.steps); }
    default: { return 1f; }
  }
}

@compute @workgroup_size(THREADS)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) index: u32) {
  let r = group.z;
  if (!ONLY_ADVANCES) {
    var sum = 0f;
    for (var i = index; i < ROWS; i += THREADS) { sum += losses[r * LOSSES_STRIDE + i]; }
    sums[index] = sum;
    for (var half = THREADS / 2u; half > 0u; half /= 2u) {
      workgroupBarrier();
      if (index < half) { sums[index] += sums[index + half]; }
    }
  }
  if (index > 0u) { return; }
  let step = state[r].step;
  if (!ONLY_ADVANCES) {
    var divisor = DIVISOR;
    if (DIVIDES_BY_COUNT) { divisor = f32(max(1u, state[r].count)); }
    let loss = sums[0] / divisor;
    state[r].loss = loss;
    ring[step % RING_STEPS * REPLICAS + r] = loss;
    if (!is_finite(loss) && state[r].halted == 0u) { state[r].halted = step + 1u; }
    state[r].learning_rate = state[r].peak_learning_rate * factor(state[r]);
    state[r].count = 0u;
  }
  state[r].step = step + 1u;
}
