/**
 * The state of each replica that changes from step to step, on the GPU so that a step needs nothing from the
 * CPU: one row of 16 words per replica (shaders/state.wgsl has the same struct).
 */
export const STATE_WORDS = 16;

/** Index of each word. Words marked f32 hold the bits of a float. */
export const STATE = {
  /** steps done; the next batch is drawn with it (u32) */
  step: 0,
  /** seed of the replica's batches (u32) */
  seed: 1,
  /** peak learning rate (f32) */
  peakLearningRate: 2,
  /** weight decay (f32) */
  weightDecay: 3,
  /** learning rate of the step that is being closed, by the schedule (f32) */
  learningRate: 4,
  /** number of targets of this batch that are scored; 0 between steps (u32) */
  count: 5,
  /** mean loss of this batch (f32) */
  loss: 6,
  /** 0, or 1 + the step at which the loss was first not finite: from then on the weights stay (u32) */
  halted: 7,
  /** factor on the gradients: 1, or what brings their norm down to the clipping bound (f32) */
  gradientScale: 8,
  /** L2 norm of the gradients before clipping, where clipping is on (f32) */
  gradientNorm: 9,
  /** the schedule's steps of warm-up, all its steps, and those in which it falls (u32): `scheduleWords` */
  warmup: 10,
  steps: 11,
  decaySteps: 12,
  /** how many rows of the pool, its first, the replica learns from, where replicas differ in that (u32) */
  rows: 13,
} as const;
