// Closes a step: the mean loss, the stop when it is not finite, the learning rate for the optimizer, and the step number.
//
//   loss = Σ losses / divisor                        divisor: max(1, count), or DIVISOR unless DIVIDES_BY_COUNT
//   halted = step + 1 if the loss is not finite and halted was 0
//   ring[step mod RING_STEPS, r] = loss, or NaN if halted
//   learning_rate = peak_learning_rate · factor(state)        factor: schedule.wgsl
//   count = 0, for sample_batch to count in
//   step += 1
//
// If ONLY_ADVANCES, nothing but the last line. A batch without a scored target has loss 0, not 0/0.
// Each thread sums losses index, index + THREADS, …; the sums are added as a tree: always in the same order.
// Workgroup: THREADS (a power of two) for one replica. Grid: (1, 1, R).

@group(0) @binding(0) var<storage, read> losses: array<f32>;        // [R, ROWS]
@group(0) @binding(1) var<storage, read_write> ring: array<f32>;    // [RING_STEPS, R]  one row =
@group(0) @binding(2) var<storage, read_write> state: array<State>; // [R]

var<workgroup> sums: array<f32, THREADS>;

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
    if (!is_finite(loss) && state[r].halted == 0u) { state[r].halted = step + 1u; }
    ring[step % RING_STEPS * REPLICAS + r] = told(loss, state[r].halted);
    state[r].learning_rate = state[r].peak_learning_rate * factor(state[r]);
    state[r].count = 0u;
  }
  state[r].step = step + 1u;
}
