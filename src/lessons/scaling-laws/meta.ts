import type { Text } from '../lesson.ts';
import type { Cost, Sketch } from '../meta.ts';

export const place = 310;
export const title: Text = { en: 'Scaling laws', zh: '规模定律' };
export const sketch: Sketch = [
  ['dots', 'c1', '14 9 36 14 58 20 80 26'],
  ['ask', 'predict', '104 4 24 36'],
];
export const cost: Cost = {
  flops: { small: 1.06e11, standard: 4.41e11 },
  recorded: { gpu: 1.54, software: 68.8 },
};
