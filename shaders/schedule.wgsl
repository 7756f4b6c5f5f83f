// The learning rate over the steps, as a factor on its peak. src/kernels/schedule.ts has the same formula.
//
//   factor = (step + 1) / warmup                             while step < warmup, then by SCHEDULE
//     0 constant      1
//     1 cosine        FINAL + (1 − FINAL) (1 + cos(π (1 − left))) / 2
//     2 linear-decay  FINAL + (1 − FINAL) left
//     3 drop          1 while step + decay_steps < steps, then FINAL
//   left = min(1, (steps − step) / decay_steps), 0 from step number `steps` on

// By the bits: comparisons may be compiled as if there were no NaN.
fn is_finite(x: f32) -> bool { return (bitcast<u32>(x) & 0x7f800000u) != 0x7f800000u; }

// What the ring has of a step: its loss, or NaN from where the replica halted, whether by a loss or by its gradients.
fn told(loss: f32, halted: u32) -> f32 { return select(loss, bitcast<f32>(0x7fc00000u | halted), halted != 0u); }

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
