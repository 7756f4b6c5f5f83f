// Opens a step: counts the targets that are scored and sets the learning rate by the schedule.
//
//   count = number of targets ≥ 0, or ROWS unless HAS_TARGETS
//   learning_rate = peak_learning_rate · factor(step), where factor is
//     (step + 1) / WARMUP                                      while step < WARMUP, then by SCHEDULE
//     0 constant      1
//     1 cosine        FINAL + (1 − FINAL) (1 + cos(π (1 − left))) / 2
//     2 linear-decay  FINAL + (1 − FINAL) left
//     3 drop          1 while step + DECAY_STEPS < STEPS, then FINAL
//   left = min(1, (STEPS − step) / DECAY_STEPS), 0 from STEPS on
//
// src/kernels/step.ts has the same formula. Writes count and learning_rate of each replica's state.
// Workgroup: THREADS (a power of two) for one replica. Grid: (1, 1, R).

@group(0) @binding(0) var<storage, read> targets: array<i32>;       // [R, TARGETS]
@group(0) @binding(1) var<storage, read_write> state: array<State>; // [R]

var<workgroup> counts: array<u32, THREADS>;

// (1 + cos(π (1 − left))) / 2 = sin²(π left / 2): no cancellation where the rate is small. The series serves
// 0 … π/2 to 1e-9; the built-in sine promises only 2⁻¹¹.
fn half_cosine(left: f32) -> f32 {
  let x = 1.5707963267948966f * left;
  var sine = 1f;
  for (var k = 12f; k > 0f; k -= 2f) { sine = 1f - x * x / (k * (k + 1f)) * sine; }
  sine *= x;
  return sine * sine;
}

fn factor(step: u32) -> f32 {
  if (step < WARMUP) { return f32(step + 1u) / f32(WARMUP); }
  let left = min(1f, f32(STEPS - min(step, STEPS)) / f32(DECAY_STEPS));
  switch SCHEDULE {
    case 1u: { return FINAL + (1f - FINAL) * half_cosine(left); }
    case 2u: { return FINAL + (1f - FINAL) * left; }
    case 3u: { return select(FINAL, 1f, step + DECAY_STEPS < STEPS); }
    default: { return 1f; }
  }
}

@compute @workgroup_size(THREADS)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) index: u32) {
  let r = group.z;
  var count = 0u;
  if (HAS_TARGETS) {
    for (var i = index; i < TARGETS; i += THREADS) { count += u32(targets[r * TARGETS_STRIDE + i] >= 0); }
  }
  counts[index] = count;
  for (var half = THREADS / 2u; half > 0u; half /= 2u) {
    workgroupBarrier();
    if (index < half) { counts[index] += counts[index + half]; }
  }
  if (index > 0u) { return; }
  state[r].count = select(ROWS, counts[0], HAS_TARGETS);
  state[r].learning_rate = state[r].peak_learning_rate * factor(state[r].step);
}
