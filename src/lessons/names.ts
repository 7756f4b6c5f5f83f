/** The lessons in the order of the path; the sandbox has knobs of its own and no experiment. */
export const LESSON_NAMES = [
  'kernels',
  'learning',
  'emergence-by-size',
  'emergence-in-time',
  'mirage',
  'loss-decides',
  'scaling-laws',
  'compute-optimal',
  'the-bill',
  'efficiency-times-time',
  'specialists',
  'overtraining',
  'sandbox',
] as const;
export type LessonName = (typeof LESSON_NAMES)[number];
