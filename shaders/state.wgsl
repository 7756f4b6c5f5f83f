// What changes from step to step, one per replica: src/kernels/state.ts has the same words.
struct State {
  step: u32,
  seed: u32,
  peak_learning_rate: f32,
  weight_decay: f32,
  learning_rate: f32,
  count: u32,
  loss: f32,
  halted: u32,
  gradient_scale: f32,
  gradient_norm: f32,
  warmup: u32,
  steps: u32,
  decay_steps: u32,
  rows: u32,
  reserved: array<u32, 2>,
}
