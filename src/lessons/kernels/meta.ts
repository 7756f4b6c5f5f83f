import type { Text } from '../lesson.ts';
import type { Cost, Sketch } from '../meta.ts';

export const place = 410;
export const title: Text = { en: 'Kernels', zh: '计算核' };
export const sketch: Sketch = [
  ['dots', 'c2', '18 36 40 30 64 26 96 24'],
  ['ask', 'predict', '30 4 98 15'],
];
export const cost: Cost = {
  flops: { small: 5.66e9, standard: 5.66e9 },
  recorded: { gpu: 0.0255, software: 1.07 },
};
