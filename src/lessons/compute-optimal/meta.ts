import type { Text } from '../lesson.ts';
import type { Cost, Sketch } from '../meta.ts';

export const place = 320;
export const title: Text = { en: 'Compute-optimal', zh: '计算最优' };
export const sketch: Sketch = [
  ['line', 's1', 'M6 8C22 34 34 30 52 6'],
  ['line', 's3', 'M32 14C52 40 66 38 86 10'],
  ['ask', 'predict', '90 4 38 36'],
];
export const cost: Cost = {
  flops: { small: 1.55e11, standard: 8.94e11 },
  recorded: { gpu: 0.941, software: 693 },
};
